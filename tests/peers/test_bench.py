"""Everybody who is timed by the benchmark simulates the same network, and gets it right."""

import json

import pytest

from bench import (
    c_peer,
    ciw_peer,
    memory,
    mesa_peer,
    model,
    ours,
    pipelines,
    replication,
    simpy_peer,
    startup,
    table,
    yardstick,
)
from bench.__main__ import arguments, main
from bench.contest import Contestant, Score, agrees, contest, deviations, over, spread
from bench.network import W1, Means, Network, Played, theory
from sim.verify.formulas import jackson

CALM = Network(departments=6, hours=600.0, warmup=100.0, arrivals=1.4)
"""The yardstick at half the load, where a short run is near its means."""


def score(play, read, network=CALM, runs=3):
    """Return what a contestant scores in one round of a few runs."""
    return contest([Contestant("somebody", play, read, runs)], network, 1)[0]


def test_theory_is_the_yardstick_s():
    """The closed form by symmetry is Jackson's, and gives the published figures."""
    onward = [[0.0 if i == j else 0.06 for j in range(6)] for i in range(6)]
    general = jackson([2.38] * 6, onward, [1.0] * 6, [4] * 6)
    assert sum(general.in_system) == pytest.approx(theory(W1).number)
    assert theory(W1) == pytest.approx((43.84, 3.070, 1.149), rel=2e-4)


@pytest.mark.parametrize(
    ("play", "read"),
    [
        (simpy_peer.play, simpy_peer.read),
        (ciw_peer.play, ciw_peer.read),
        (mesa_peer.play_events, mesa_peer.read),
        pytest.param(ours.play_kernel, ours.read_kernel, marks=pytest.mark.compiled),
    ],
    ids=["SimPy", "Ciw", "Mesa", "kernel"],
)
def test_contestants_agree_with_theory(play, read):
    """Mean number, sojourn and wait of a short calm run are near the closed form."""
    off = deviations(score(play, read), CALM)
    assert max(abs(off.number), abs(off.sojourn)) < 0.06
    assert abs(off.wait) < 0.4


def test_c_agrees_with_theory_or_says_why_not():
    """With a compiler the program in C meets theory closely; without one it says what was looked for."""
    if c_peer.missing():
        assert "compiler" in c_peer.missing() or "could not build" in c_peer.missing()
    else:
        assert agrees(score(c_peer.play, c_peer.read, W1, 20), W1)


@pytest.mark.long
@pytest.mark.compiled
@pytest.mark.parametrize("name", [yardstick.KERNEL, yardstick.PATH, "SimPy", "Mesa, scheduled events"])
def test_the_yardstick_itself_is_met(name):
    """At load .85 everybody who claims to be exact is, as far as luck goes."""
    one = next(one for one in yardstick.contestants() if one.name == name)
    assert agrees(contest([one], W1, 2)[0], W1)


def test_fixed_steps_are_biased_and_less_so_when_short():
    """Steps lengthen services, so queues are too long; a tenth of the step is a fraction of that."""
    coarse = deviations(score(lambda n, s: mesa_peer.play_steps(n, s, 0.2), mesa_peer.read), CALM)
    fine = deviations(score(lambda n, s: mesa_peer.play_steps(n, s, 0.02), mesa_peer.read), CALM)
    assert coarse.sojourn > 0.08
    assert abs(fine.sojourn) < coarse.sojourn / 2.0


def test_a_wrong_contestant_is_found_out():
    """Somebody who forgets every second wait does not agree with theory."""
    exact = theory(W1)
    wrong = Score(Contestant("wrong", c_peer.play, c_peer.read))
    wrong.means = [Means(exact.number, exact.sojourn, exact.wait / 2.0)]
    assert not agrees(wrong, W1)
    wrong.means = [exact]
    assert agrees(wrong, W1)


def test_who_is_missing_is_left_out():
    """A contestant that cannot take part has no times, and its row says why."""

    def refuse(_network, _seed):
        raise AssertionError("must not be asked")

    (absent,) = contest([Contestant("absent", refuse, refuse, missing="it is not installed")], CALM, 2)
    assert absent.micros == []
    row = table.not_available("absent", "it is not installed")
    assert (row.value, row.note) == (None, "not available: it is not installed")


def test_turns_are_taken_in_rounds():
    """Contestants alternate, so that a slow minute of the machine hits everybody."""
    asked: list[str] = []

    def play(name):
        return lambda _network, _seed: asked.append(name)

    def read(_network, _product):
        return Played(1.0, theory(CALM))

    contest([Contestant(name, play(name), read) for name in "ab"], CALM, 3)
    assert "".join(asked) == "ab" + 3 * "ab"


def test_spreads_and_ratios():
    """A ratio is taken within a round, and only then summarized."""
    assert over([2.0, 30.0, 4.0], [1.0, 10.0, 4.0])[:1] == (2.0,)
    assert spread([3.0, 1.0, 2.0])[:1] + spread([3.0, 1.0, 2.0])[3:] == (2.0, 1.0, 3.0, 3)


def test_verdicts_say_by_how_much_a_target_is_missed():
    """Less is better for times, more for speed-ups."""
    slow, fast = spread([3.0]), spread([1.2])
    assert table.Row("a", slow, target=table.Target(1.5)).verdict == "≤ 1.5: missed, 2.00 of it"
    assert table.Row("a", slow, ratio=fast, target=table.Target(1.5)).verdict == "≤ 1.5: met"
    assert table.Row("a", None, ratio=fast, target=table.Target(1.8, least=True)).verdict == "≥ 1.8: missed, 0.67 of it"


def test_what_was_expected_stands_together_in_the_end():
    """Rows with a target, of whatever section, in their order."""
    first = table.Row("a", spread([3.0]), target=table.Target(1.5), note="a remark")
    last = table.Row("c", spread([1.0]), target=table.Target(2.0))
    sections = [table.Section("one", (first, table.Row("b", spread([2.0])))), table.Section("two", (last,))]
    assert [(one.name, one.note) for one in table.summary(sections).rows] == [("a", ""), ("c", "")]


def test_results_are_written_as_json(tmp_path):
    """Everything that was measured can be read back; a section that failed stands there as a sentence."""

    def fail():
        raise RuntimeError("no luck today")

    sections = [
        table.Section("times", (table.Row("a", spread([1.0, 2.0]), "s", target=table.Target(3.0)),)),
        table.attempted("broken", fail),
    ]
    table.write_json(tmp_path / "deep" / "results.json", sections, table.environment())
    found = json.loads((tmp_path / "deep" / "results.json").read_text(encoding="utf-8"))
    (row,) = found["sections"][0]["rows"]
    assert (row["value"]["median"], row["target"], row["verdict"]) == (1.5, "≤ 3", "≤ 3: met")
    assert found["sections"][1]["rows"][0]["note"] == "not available: RuntimeError no luck today"
    assert found["environment"]["python"]


@pytest.mark.compiled
def test_all_combinations_are_scaled_from_a_few(monkeypatch):
    """Of seven switches there are 128, of which three are run in a round."""
    monkeypatch.setattr(replication, "RUNS", 1)
    (row,) = replication.combinations(1)
    assert replication.ALL == 128
    assert row.value.least > 0.0


@pytest.mark.compiled
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize(("name", "runs"), [(one, 8) for one in (pipelines.OURS, pipelines.BARE, pipelines.MESA)]
                         + [(one, 2) for one in (pipelines.OUR_NETWORK, pipelines.SIMPY)])  # fmt: skip
def test_everybody_makes_the_runs_that_are_counted(name, runs, monkeypatch):
    """One replication of each point; all but the bare kernel leave something on disk."""
    monkeypatch.setattr(pipelines, "REPLICATIONS", 1)
    monkeypatch.setattr(pipelines, "FEW", 1)
    monkeypatch.setattr(pipelines, "NETWORK", pipelines.NETWORK._replace(hours=300.0))
    cost = pipelines.taken(name, 1)
    assert cost.runs == runs
    assert cost.wall > 0.0
    assert (cost.disk > 0) == (name != pipelines.BARE)


def test_pipelines_are_compared_by_the_time_of_processors():
    """With that of ours for the same number of workers, a run of each."""
    costs = {(pipelines.OURS, 1): [pipelines.Cost(10, 4.0, 2.0, 1.0, 0)],
             (pipelines.MESA, 1): [pipelines.Cost(5, 2.0, 3.0, 1.0, 0)]}  # fmt: skip
    row = pipelines._speed(pipelines.MESA, 1, costs)
    assert (row.value.median, row.ratio.median) == (2.5, pytest.approx(3.0))


@pytest.mark.compiled
def test_an_overloaded_network_fills_its_tables():
    """Requests that wait are counted, and every one of them has a row."""
    found = memory.overloaded(memory.OVERLOADED._replace(hours=20.0))
    assert found["open"] > 1500
    assert found["requests"] < found["tables"]
    assert found["requests"] / found["open"] > 100.0


@pytest.mark.parametrize("text", ["0", "-1", "many"])
def test_rounds_are_whole_numbers(text, capsys):
    """A wrong number of rounds is answered with a sentence."""
    with pytest.raises(SystemExit):
        arguments(["--rounds", text])
    assert f"found '{text}', expected a whole number of at least 1" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_said_first(tmp_path, capsys):
    """Nobody waits ten minutes to hear that a folder is no file."""
    assert main(["--out", str(tmp_path)]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_processes_of_their_own_are_timed():
    """Wall and processor time are those of the child, and a failing child is told from a quick one."""
    taken = startup.run(["-c", "sum(range(10**6))"])
    assert 0.0 < taken.processor < 60.0
    failed = table.attempted("broken", lambda: [startup.run(["-c", "raise SystemExit(3)"])])
    assert "exit status 3" in failed.rows[0].note


@pytest.mark.compiled
def test_what_compiles_the_kernel_runs():
    """A program that is written in a string is one that nobody checks."""
    assert startup.run(["-c", startup.FIRST]).processor > 0.0


@pytest.mark.compiled
def test_hooks_are_timed_where_there_are_hooks():
    """Either a department's daily look at itself has a price, or the row says why not."""
    (row,) = model.hooks(1)
    assert row.value is not None or row.note == "not available: sim.run takes no `department`"
