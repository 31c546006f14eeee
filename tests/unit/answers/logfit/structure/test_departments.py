from sim.answers.logfit.structure.departments import departments_of, told_apart
from sim.answers.logfit.structure.settings import Settings
from sim.eventlog.log import EVERYBODY
from tests.worlds.learnable import table


def test_a_rare_group_is_merged_with_the_one_it_is_most_like():
    rows = [(n, "sell", "sales", 2.0 * n) for n in range(30)]
    rows += [(n, "ship", "store", 2.0 * n + 1) for n in range(30)]
    rows += [(n, "ship", "depot", 2.0 * n + 1) for n in range(30, 33)]
    found = departments_of(table(rows), Settings(departments=2))
    assert set(found.labels) == {"sales", "store"}
    assert found.of_group["depot"] == found.of_group["store"]
    assert "1 rare group " in found.notes[0].en


def test_people_who_do_like_things_are_a_role():
    rows = [(n, "sell" if n % 2 else "ship", f"p{n % 4}", 2.0 * n) for n in range(80)]
    found = departments_of(table(rows, "case activity resource end"), Settings())
    assert set(found.labels) == {"sell", "ship"}
    assert found.of_group["p0"] == found.of_group["p2"] != found.of_group["p1"]


def test_without_groups_and_people_all_is_one():
    found = departments_of(table([(0, "a", 1.0), (0, "b", 2.0)], "case activity end"), Settings())
    assert found.labels == (EVERYBODY,)


def test_labels_that_look_alike_are_told_apart():
    assert told_apart(["a", "a\u200b", ""]) == ("a", "a 2", "-")
