"""One driver at a time: who holds a store is told, and whoever was killed holds nothing."""

import json
import os
import platform
import signal
import threading
import time
from multiprocessing import get_context

import pytest

from sim.experiments.store import lock
from sim.experiments.store.errors import StoreError
from sim.experiments.store.lock import LOCK, locked


def hold(folder, held, go):
    """Hold a store until it is enough."""
    with locked(folder):
        held.set()
        go.wait()


@pytest.fixture
def other(tmp_path):
    """Return another process that holds the store."""
    context = get_context("spawn")
    held, go = context.Event(), context.Event()
    process = context.Process(target=hold, args=(tmp_path, held, go))
    process.start()
    assert held.wait(30)
    yield process
    process.kill()
    process.join()


def test_another_process_is_refused_and_its_holder_is_told(other, tmp_path):
    """While it lives; where it was killed, the lock is free at once, and gone afterwards."""
    with pytest.raises(StoreError, match=f"process {other.pid} on {platform.node()}"), locked(tmp_path):
        pass
    os.kill(other.pid, signal.SIGKILL)
    other.join()
    assert (tmp_path / LOCK).exists()
    with locked(tmp_path):
        assert json.loads((tmp_path / LOCK).read_text())["process"] == os.getpid()
    assert list(tmp_path.iterdir()) == []


def test_the_same_process_is_refused(tmp_path):
    """Two cells of a notebook are two drivers as well; what went wrong under a lock gives it back."""
    with locked(tmp_path):
        with pytest.raises(StoreError, match=f"process {os.getpid()} "), locked(tmp_path):
            pass
        assert (tmp_path / LOCK).exists()
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        raise ZeroDivisionError
    with locked(tmp_path):
        pass


def left_behind(folder, machine, process):
    """Leave a lock behind as another machine does, or as where the system knows no locks."""
    (folder / LOCK).write_text(json.dumps({"process": process, "machine": machine}))


def test_what_another_machine_left_is_listened_to(tmp_path, monkeypatch):
    """A silent one has ended; one that beats is at work."""
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    left_behind(tmp_path, "node17", 4711)
    with locked(tmp_path):
        pass
    left_behind(tmp_path, "node17", 4711)
    ended = threading.Event()
    monkeypatch.setattr(lock, "BEAT", 0.01)
    monkeypatch.setattr(lock, "PATIENCE", 5.0)
    beating = threading.Thread(target=lock._beating, args=(tmp_path / LOCK, ended))
    beating.start()
    try:
        with pytest.raises(StoreError, match="process 4711 on node17"), locked(tmp_path):
            pass
    finally:
        ended.set()
        beating.join()


def test_a_holder_beats(tmp_path, monkeypatch):
    """For as long as it holds."""
    monkeypatch.setattr(lock, "BEAT", 0.01)
    with locked(tmp_path):
        before = (tmp_path / LOCK).stat().st_mtime_ns
        until = time.monotonic() + 5
        while (tmp_path / LOCK).stat().st_mtime_ns == before and time.monotonic() < until:
            time.sleep(0.01)
        assert (tmp_path / LOCK).stat().st_mtime_ns > before


@pytest.mark.parametrize("known", [None, OSError(38, "no locks here")], ids=["no such thing", "not on this disk"])
def test_where_the_system_knows_no_locks(known, tmp_path, monkeypatch):
    """A process of this machine that has ended holds nothing; of one that runs, the beats are listened to."""

    class Refusing:
        LOCK_EX = LOCK_NB = 0

        @staticmethod
        def lockf(_opened, _how):
            raise known

    monkeypatch.setattr(lock, "fcntl", known and Refusing)
    monkeypatch.setattr(lock, "PATIENCE", 60.0)
    ended = get_context("spawn").Process(target=int)
    ended.start()
    ended.join()
    left_behind(tmp_path, platform.node(), ended.pid)
    with locked(tmp_path):
        pass
    left_behind(tmp_path, platform.node(), os.getppid())
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    with locked(tmp_path):
        assert json.loads((tmp_path / LOCK).read_text())["process"] == os.getpid()


def test_a_lock_that_cannot_be_read_is_nobodys(tmp_path):
    """The system decides; half a line says nothing."""
    (tmp_path / LOCK).write_text('{"process": ')
    with locked(tmp_path):
        pass
