import math
from dataclasses import replace

import pytest

from sim.answers.logfit.structure import learn
from sim.answers.logfit.structure.load import waiting
from tests.worlds.learnable import desks


@pytest.mark.parametrize(("staff", "busy", "hours"), [(1, 0.5, 1.0), (2, 0.8, 1.7778), (3, 0.0, 0.0)])
def test_the_wait_is_that_of_the_formula(staff, busy, hours):
    assert waiting(staff, busy, 1.0) == pytest.approx(hours, abs=1e-4)


def test_people_are_as_many_as_a_file_lists_where_their_work_allows_it():
    log = replace(desks(100), listed={"a": 9, "nobody": 3})
    plain, found = learn(desks(100)), learn(log)
    staff = {str(one.label): one.staff for one in found.scenario.departments.values()}
    assert staff == {str(one.label): one.staff for one in plain.scenario.departments.values()} | {"a": 9}
    assert [note.en for note in found.notes if note not in plain.notes] == [
        "People are as many as the file of groups lists: a 9."
    ]


def test_people_are_more_than_a_file_lists_where_work_needs_them():
    found = learn(replace(desks(400, hours=100.0), listed={"a": 1}))
    load, here = found.parts.load, found.parts.departments.labels.index("a")
    capacity = found.parts.clocks.departments[here].hours_per_week
    assert load.staff[here] == math.ceil(load.hours[here] / capacity / 0.8) > 1
    assert any("In a the work of the log needs more people" in one.en for one in found.notes)
