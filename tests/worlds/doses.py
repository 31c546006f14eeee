"""One or two settings of every intervention, for tests that hold for all of them."""

from sim.interventions import INTERVENTIONS, Custom, Intervention, Meeting
from sim.interventions.custom import CustomEdit

CUSTOM = Custom(
    name="everything",
    moves=(CustomEdit(lever="clarity", toward=1.0), CustomEdit(lever="tier1_hours", toward=4.0, paid=True)),
    meets=(Meeting(minutes=30.0, staff_share=0.2), Meeting(at=14.0, days=("fri",), minutes=60.0)),
)

DOSES: dict[str, Intervention] = {
    **{kind: cls(kind=kind) for kind, cls in INTERVENTIONS.items()},
    "custom that moves and meets": CUSTOM,
}
"""Every intervention at its default dose, and a custom one that does something."""
