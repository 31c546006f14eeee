"""What is computed next, and the processes that compute it."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from sim.web.agenda import MOST_ASKED, MOST_HELD, MOST_OPEN, PIECE, STEPS, Agenda, Subject, Unit
from sim.web.studies import Studies
from sim.web.worker import Desk, DiedError, Far, Grown, RefusedError, Worker
from tests import ROOT
from tests.worlds.fakes import small_scenario
from tests.worlds.page import DIES, FAILS, NO_SURE, fake_studies

BASE = Subject("small", "")
RACI, GOALS, BOTH = (Subject("small", key) for key in ("raci", "shared_kpi", "shared_kpi+raci"))


class Working:
    """An agenda whose pieces are done as they come."""

    def __init__(self, wanted=20, near=(), rest=()):
        self.known = set()
        self.agenda = Agenda(
            lambda kind, subject: (kind, subject) in self.known, lambda _: near, lambda _: rest, "small", wanted
        )
        self.agenda.play("small", 3)
        self.done = []

    def step(self, lane="numbers"):
        """Do the next piece, and return it."""
        unit = getattr(self.agenda, lane)()
        if unit is not None:
            self.done.append(unit)
            if unit.do == "week" or unit.replications >= self.agenda.wanted:
                self.known.add(("answer" if unit.do == "grow" else unit.do, unit.subject))
            self.agenda.done(unit, unit.replications)
        return unit

    def all(self, lane="numbers", most=500):
        """Do everything there is to do, and return the subjects in order, each once in a row."""
        begun = len(self.done)
        while self.step(lane) is not None:
            assert len(self.done) - begun < most
        subjects = [unit.subject for unit in self.done[begun:]]
        return [one for n, one in enumerate(subjects) if n == 0 or subjects[n - 1] != one]


def test_a_first_estimate_needs_one_piece_of_each():
    """A handful of replications of the baseline, and as many of what is asked."""
    working = Working()
    working.agenda.ask("Ann", RACI)
    first, second = working.step(), working.step()
    assert (first.subject, first.replications) == (BASE, STEPS[0])
    assert (second.subject, second.replications, second.tell) == (RACI, STEPS[0], True)


def test_pieces_are_small_and_end():
    """However many are wanted, nobody waits for more than a few replications; what is done is not done again."""
    working = Working(wanted=200)
    working.agenda.ask("Ann", RACI)
    working.all()
    for subject in (BASE, RACI):
        grown = [unit.replications for unit in working.done if unit.subject == subject]
        assert grown == sorted(set(grown))
        assert grown[-1] == 200
        assert max(b - a for a, b in pairwise([0, *grown])) <= max(PIECE, STEPS[0])
        assert {4, 8, 20, 50, 100, 200} <= set(grown)


def test_what_is_asked_comes_before_the_rest():
    """First estimate, growth, baseline, one switch away, the other combinations."""
    working = Working(near=(GOALS,), rest=(GOALS, BOTH))
    working.agenda.ask("Ann", RACI)
    for _ in range(500):
        if working.step() is None and working.step("weeks") is None:
            break
    order = list(dict.fromkeys(unit.subject for unit in working.done if unit.do == "grow"))
    assert order == [BASE, RACI, GOALS, BOTH]
    weeks = [unit.subject for unit in working.done if unit.do == "week"]
    assert weeks == [BASE, RACI, GOALS, BOTH]


def test_a_newer_question_goes_first():
    """In the middle of what was asked before, which goes on later."""
    working = Working(wanted=50)
    working.agenda.ask("Ann", RACI)
    for _ in range(8):
        working.step()
    working.agenda.ask("Ann", GOALS)
    assert working.step().subject == GOALS
    assert working.all()[-1] == RACI


def test_what_is_not_known_yet_is_not_forgotten():
    """However much somebody asks afterwards that is known; of too much that is not, the oldest goes."""
    working = Working()
    working.agenda.ask("Ann", GOALS)
    for n in range(2 * MOST_ASKED):
        known = Subject("small", f"known{n}")
        working.known |= {("answer", known), ("week", known)}
        working.agenda.ask("Ann", known)
    assert GOALS in working.all()
    for n in range(MOST_ASKED + 1):
        working.agenda.ask("Ann", Subject("small", f"unknown{n}"))
    assert [one.key for one in working.agenda._asked["Ann"]][:1] == ["unknown1"]


def test_first_estimates_come_before_anything_grows():
    """Many who press at once all see something before anybody sees more; the latest first."""
    working = Working(wanted=200)
    subjects = [Subject("small", f"raci:start_week={n}") for n in range(20)]
    for number, subject in enumerate(subjects):
        working.agenda.ask(number, subject)
    working.step()
    assert len(subjects) > MOST_HELD
    assert [working.step().subject for _ in subjects] == subjects[::-1]
    working.all(most=(len(subjects) + 1) * 200)
    assert {("answer", subject) for subject in subjects} <= working.known


def test_what_nobody_wants_is_not_computed():
    """Dropped, or left."""
    working = Working()
    for client, subject in (("Ann", RACI), ("Bob", GOALS)):
        working.agenda.ask(client, subject)
    working.agenda.drop("Ann", RACI)
    working.agenda.leave("Bob")
    assert working.all() == [BASE]


def estimated(working, *subjects):
    """Return it with a first estimate of what Ann asks."""
    for subject in subjects:
        working.agenda.ask("Ann", subject)
        while working.step().subject != subject:
            pass
    return working


def test_weeks_wait_for_first_estimates_and_for_the_frame():
    """Which replication is played is known from the frame; the baseline's week is shown beside every other."""
    working = Working()
    working.agenda.ask("Ann", RACI)
    assert working.step("weeks") is None
    working = estimated(working, RACI)
    working.agenda._played.clear()
    assert working.step("weeks") is None
    working.agenda.play("small", 11)
    assert working.step("weeks") == Unit("week", BASE, played=11)
    assert working.step("weeks") == Unit("week", RACI, played=11)


def test_nothing_is_done_ahead_while_somebody_waits():
    """Neither numbers while a week is waited for, nor weeks while numbers are."""
    working = Working(near=(GOALS,))
    working.agenda.ask("Ann", RACI)
    numbers = working.all()
    assert GOALS not in numbers
    working.all("weeks")
    assert working.step().subject == GOALS


def test_how_sure_comes_after_weeks_that_are_asked():
    """And goes on until it is done, or nobody asks any more."""
    working = estimated(Working(), RACI)
    working.agenda.ask_sure(RACI)
    assert [working.step("weeks").do for _ in range(3)] == ["week", "week", "sure"]
    working.agenda.ask_sure(GOALS)
    working.agenda.forget_sure(GOALS)
    assert working.all("weeks") == []


def test_nothing_is_computed_ahead_while_somebody_waits_for_how_sure():
    """Numbers that are asked go on; the rest comes afterwards."""
    working = Working(near=(GOALS,), rest=(BOTH,))
    working.agenda.ask("Ann", RACI)
    working.agenda.ask_sure(RACI)
    assert not {GOALS, BOTH} & set(working.all())
    working.all("weeks")
    assert {GOALS, BOTH} <= set(working.all())


def test_what_was_refused_is_not_tried_again_before_it_is_asked_again():
    """Nor is what depends on a baseline that cannot be run."""
    working = Working()
    working.agenda.ask("Ann", RACI)
    working.step()
    working.agenda.refused(working.agenda.numbers())
    assert RACI not in working.all()
    working.agenda.ask("Ann", RACI)
    assert RACI in working.all()


def test_after_a_loss_everything_that_is_missing_is_made_again():
    """The replications of a process that ended are gone with it."""
    working = Working(wanted=20)
    working.agenda.ask("Ann", RACI)
    for _ in range(4):
        working.step()
    working.agenda.lost()
    assert working.step() == Unit("grow", BASE, STEPS[0], tell=True, wanted=20)
    working.all()
    assert ("answer", RACI) in working.known


def test_the_baseline_is_made_ready_also_where_its_answer_is_known():
    """What is asked later stands beside it."""
    working = Working(wanted=20)
    working.known.add(("answer", BASE))
    assert working.all() == [BASE]
    assert not any(unit.tell for unit in working.done)
    assert working.done[-1].replications == 20


def test_what_cannot_be_kept_is_not_made_over_and_over():
    """A disk that is full ends the work ahead, and whoever asks still gets an answer."""
    working = Working(wanted=8, rest=(RACI, GOALS))

    class Forgetful(set):
        def add(self, _):
            """Keep nothing."""

    working.known = Forgetful()
    working.all()
    working.all("weeks")
    assert not working.known
    working.agenda.ask("Ann", BASE)
    assert working.agenda.numbers().tell


def test_few_alternatives_and_scenarios_are_held():
    """Whatever is asked, memory stays bounded."""
    working = Working(wanted=200)
    for number in range(3 * MOST_HELD):
        working.agenda.ask("Ann", Subject("small", f"raci:start_week={number}"))
        working.step()
        working.step()
    assert len(working.agenda._held) <= MOST_HELD + 1
    closed = []
    for number in range(2 * MOST_OPEN):
        working.agenda.ask("Ann", Subject(f"other{number}", ""))
        closed += working.step().close
    assert closed[0] == "small"
    assert len(working.agenda._open) <= MOST_OPEN


def test_a_desk_tells_answers_at_certain_numbers():
    """Also where more replications were there already than are asked for."""
    desk = Desk(fake_studies, {"small": small_scenario()})
    told = {}
    for n in range(4, 24, 4):
        grown = desk.do(Unit("grow", RACI, n, tell=True, wanted=20))
        told[n] = grown.answer is not None
    assert told == {4: True, 8: True, 12: False, 16: False, 20: True}
    assert desk.do(Unit("grow", RACI, 8, tell=True, wanted=20)).answer is not None
    assert desk.do(Unit("grow", GOALS, 4, tell=False, wanted=20)) == Grown(4)


def test_a_desk_goes_through_assumptions_step_by_step():
    """Two at the same time as well."""
    desk = Desk(fake_studies, {"small": small_scenario()})
    units = [Unit("sure", RACI), Unit("sure", GOALS)]
    assert [desk.do(unit) for unit in units] == [Far(1, 3), Far(1, 3)]
    assert [desk.do(unit) for unit in units] == [Far(2, 3), Far(2, 3)]
    assert [desk.do(unit) for unit in units] == [b'{"points":3,"of":"raci"}', b'{"points":3,"of":"shared_kpi"}']


def test_a_frame_is_made_in_pieces_too():
    """Others ask meanwhile; once it is there, it is there at once."""
    desk = Desk(fake_studies, {"small": small_scenario()})
    unit = Unit("frame", BASE)
    assert [desk.do(unit) for _ in range(4)] == [Far(n, 20) for n in (4, 8, 12, 16)]
    assert b'"switches"' in desk.do(unit)


def test_a_first_estimate_goes_before_a_frame():
    """And the frame before anything grows."""
    working = Working()
    working.agenda.ask_frame("small")
    working.agenda.ask("Ann", RACI)
    assert [working.step().do for _ in range(4)] == ["grow", "grow", "frame", "grow"]


@pytest.fixture
def worker():
    """A process that computes nothing."""
    made = Worker(fake_studies, {"small": small_scenario()})
    yield made
    made.close()


def test_a_process_does_what_it_is_told(worker):
    """And says in a sentence what it cannot do, after which it goes on."""

    async def work():
        assert await worker.do(Unit("grow", RACI, 4)) == Grown(4)
        for unit in (Unit("grow", Subject("small", FAILS), 4), Unit("sure", Subject("small", NO_SURE))):
            with pytest.raises(RefusedError) as refused:
                await worker.do(unit)
            assert "no luck" in refused.value.sentence.en
            assert "no luck" in refused.value.sentence.zh
        with pytest.raises(RefusedError, match="did you mean 'raci'"):
            await worker.do(Unit("grow", Subject("small", "rcai"), 4))
        assert await worker.do(Unit("grow", RACI, 8)) == Grown(8)

    asyncio.run(work())


def test_a_process_that_dies_is_replaced(worker):
    """Whether by itself or by somebody else's hand."""

    async def work():
        with pytest.raises(DiedError):
            await worker.do(Unit("grow", Subject("small", DIES), 4))
        assert await worker.do(Unit("grow", RACI, 4)) == Grown(4)
        os.kill(worker.pid, signal.SIGKILL)
        with pytest.raises(DiedError):
            await worker.do(Unit("grow", RACI, 8))
        assert await worker.do(Unit("grow", RACI, 8)) == Grown(8)

    asyncio.run(work())


def test_closing_ends_the_process(worker):
    """Nothing can be done afterwards."""

    async def work():
        await worker.do(Unit("grow", RACI, 4))
        pid = worker.pid
        worker.close()
        assert gone(pid)

    asyncio.run(work())


def gone(pid):
    """Tell whether there is no such process, as soon as that is so."""
    for _ in range(600):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and ") Z " in Path(f"/proc/{pid}/stat").read_text():
            return True
        time.sleep(0.05)
    return False


PARENT = """
import asyncio, sys
from sim.web.agenda import Subject, Unit
from sim.web.worker import Worker
from tests.worlds.fakes import small_scenario
from tests.worlds.page import fake_studies

async def main():
    worker = Worker(fake_studies, {"small": small_scenario()})
    await worker.do(Unit("grow", Subject("small", "raci"), 4))
    print(worker.pid, flush=True)
    sys.stdin.read()

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
def test_no_process_outlives_the_server(tmp_path):
    """However the server ends: nobody is left who computes for nobody."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, str(script)], cwd=ROOT, env=environment, **pipes) as server:
        pid = int(server.stdout.readline())
        server.kill()
        assert gone(pid)


@pytest.mark.compiled
def test_a_frame_that_is_prepared_is_the_same():
    """Made in pieces or at once, the same replication is played."""
    scenario = small_scenario(warmup_weeks=0.0, horizon_weeks=2.0)
    pieces, at_once = Studies(scenario), Studies(scenario)
    steps = [pieces.prepare() for _ in range(6)]
    assert steps == [(4, 20), (8, 20), (12, 20), (16, 20), (20, 20), (20, 20)]
    assert pieces.frame() == at_once.frame()
