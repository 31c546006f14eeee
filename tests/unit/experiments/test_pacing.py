"""How far an experiment is: rate, time left, failures; a line in notebooks and terminals."""

import sys
from types import SimpleNamespace

import pytest

from sim.experiments import pacing
from sim.experiments.pacing import Line, Speed, Standing, clock, shown, so_far
from sim.words import Text


@pytest.fixture
def now(monkeypatch):
    """A clock that is set by hand."""
    time = SimpleNamespace(now=100.0)
    monkeypatch.setattr(pacing, "time", SimpleNamespace(monotonic=lambda: time.now))
    return time


@pytest.fixture
def cells(monkeypatch):
    """What a notebook without IPython is asked to show."""
    shown_there = []

    def display(told, *, raw, display_id, update):
        shown_there.append((told["text/plain"], raw, display_id, update))

    kernel = SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setitem(sys.modules, "IPython", kernel)
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(display=display))
    return shown_there


@pytest.mark.parametrize(("seconds", "told"), [(0.4, "0:00"), (59.6, "1:00"), (3599, "59:59"), (36061, "10:01:01")])
def test_a_duration(seconds, told):
    """Hours only where there are any."""
    assert clock(seconds) == told


def test_what_was_there_before_is_not_fast(now):
    """Rate and time left are those of this driver; failures are told where there are any."""
    speed = Speed()
    now.now += 60.0  # another experiment was at work before
    assert speed.told(Standing(40, 100, before=40)).en == ""
    now.now += 2.0
    assert speed.told(Standing(60, 100, before=40)).en == "10 runs/s, 0:04 left"
    assert speed.told(Standing(60, 100, failed=3, before=40)).en == "10 runs/s, 0:04 left, 3 failed"


def test_where_fewer_may_do_that_is_said(now):
    """Under a rule the number of runs is a bound, and so is the time."""
    speed = Speed()
    now.now += 2.0
    standing = Standing(20, 100, least=40)
    assert speed.told(standing).en == "10 runs/s, at most 0:08 left"
    assert so_far(standing, "fast").en == "20 runs of at most 100; fast"
    assert so_far(Standing(20, 100, least=100), "fast").en == "20 of 100 runs; fast"
    assert so_far(Standing(20, 100), "") == Text("20 of 100 runs", "已完成 20 次运行，共 100 次")  # no pace yet


def test_a_line_in_a_notebook(now, cells):
    """By default; the same line again, not oftener than twice a second, and the end in any case."""
    line = shown(None)
    for seconds, done in ((0.5, 5), (1.0, 20), (0.1, 22), (0.5, 30), (0.1, 100)):
        now.now += seconds
        line(Standing(done, 100))
    assert [told.split(";")[0] for told, *_ in cells] == ["20 of 100 runs", "30 of 100 runs", "100 of 100 runs"]
    assert [update for *_, update in cells] == [False, True, True]
    assert len({place for _, _, place, _ in cells}) == 1


def test_what_is_quick_needs_no_line(now, cells):
    """Neither the end alone."""
    shown(True)(Standing(100, 100))
    assert cells == []


def test_elsewhere_a_line_is_asked_for(now, monkeypatch, capsys):
    """Nothing unless somebody wants it; without a terminal a line a minute."""
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    assert (shown(None), shown(False)) == (None, None)
    assert shown(print) is print
    line = shown(True)
    assert isinstance(line, Line)
    for seconds, done in ((1.5, 20), (30.0, 40), (31.0, 60), (1.0, 100)):
        now.now += seconds
        line(Standing(done, 100))
    told = capsys.readouterr()
    assert told.out == ""
    assert [one.split(" ")[0] for one in told.err.splitlines()] == ["20", "60", "100"]
