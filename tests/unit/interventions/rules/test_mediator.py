"""Who mediates is hired into management."""

import sim
from sim.interventions import Mediator


def test_people_come_into_management_or_not_at_all() -> None:
    """As many as are said; a committee of those who are there already brings nobody."""
    firm = sim.load("order_delivery")
    (hire,) = Mediator(people=2).recruits(firm)
    assert (hire.department, hire.people) == ("management", 2)
    assert Mediator(people=0).recruits(firm) == ()
