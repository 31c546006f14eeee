"""The network in C, built with the system's compiler where there is one."""

from __future__ import annotations

import atexit
import ctypes
import functools
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from bench.network import Means, Network, Played

SOURCE = Path(__file__).with_name("network.c")
FLAGS = ("-std=c11", "-O3", "-march=native", "-shared", "-fPIC")


class _Network(ctypes.Structure):
    _fields_ = (
        ("departments", ctypes.c_int64),
        ("people", ctypes.c_int64),
        ("fan", ctypes.c_int64),
        ("arrivals", ctypes.c_double),
        ("goes_on", ctypes.c_double),
        ("warmup", ctypes.c_double),
        ("hours", ctypes.c_double),
        ("seed", ctypes.c_uint64),
    )


class Totals(ctypes.Structure):
    """What one run in C adds up."""

    _fields_ = (
        ("events", ctypes.c_int64),
        ("completions", ctypes.c_int64),
        ("waits", ctypes.c_int64),
        ("finished", ctypes.c_int64),
        ("in_system", ctypes.c_double),
        ("waited", ctypes.c_double),
        ("sojourn", ctypes.c_double),
    )


def compiler() -> str | None:
    """Return the path of a C compiler."""
    names = (os.environ.get("CC", ""), "cc", "gcc", "clang")
    return next((path for name in names if name and (path := shutil.which(name))), None)


@functools.cache
def _library() -> ctypes.CDLL:
    command = compiler()
    if command is None:
        raise FileNotFoundError("no C compiler was found: neither $CC nor cc, gcc or clang")
    folder = tempfile.mkdtemp(prefix="deptsim-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    target = Path(folder) / "network.so"
    built = subprocess.run([command, *FLAGS, str(SOURCE), "-o", str(target), "-lm"], capture_output=True, text=True)
    if built.returncode:
        raise OSError(f"{command} could not build {SOURCE.name}: {built.stderr.strip().splitlines()[-1]}")
    return ctypes.CDLL(str(target))


def missing() -> str:
    """Return why C cannot take part; empty if it can."""
    try:
        _library()
    except OSError as error:
        return str(error)
    return ""


def play(network: Network, seed: int) -> Totals:
    """Run the network once."""
    numbers = (network.arrivals, network.goes_on, network.warmup, network.hours)
    asked = _Network(network.departments, network.people, network.fan, *numbers, seed)
    totals = Totals()
    if not _library().run(ctypes.byref(asked), ctypes.byref(totals)):
        raise MemoryError("the network in C ran out of memory")
    return totals


def micros(network: Network, seed: int) -> float:
    """Return the processor time of an event in one run."""
    begun = time.process_time()
    totals = play(network, seed)
    return 1e6 * (time.process_time() - begun) / totals.events


def read(network: Network, product: Totals) -> Played:
    """Return the means of a run."""
    number = product.in_system / (network.hours - network.warmup)
    return Played(
        product.completions, Means(number, product.sojourn / product.finished, product.waited / product.waits)
    )
