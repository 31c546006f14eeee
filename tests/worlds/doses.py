"""Settings of every intervention, for tests that hold for all of them: as usual, every preset, and some more."""

from sim.interventions import INTERVENTIONS, Custom, Intervention, Meeting, Raci, Sop, TeamBuilding
from sim.interventions.custom import CustomEdit
from sim.kernel.jit import COMPILED

CUSTOM = Custom(
    name="everything",
    moves=(CustomEdit(lever="clarity", toward=1.0), CustomEdit(lever="tier1_hours", toward=4.0, paid=True)),
    meets=(Meeting(minutes=30.0, staff_share=0.2), Meeting(at=14.0, days=("fri",), minutes=60.0)),
)

PRESETS: dict[str, Intervention] = {
    f"{kind}:preset={name}": cls(kind=kind, preset=name) for kind, cls in INTERVENTIONS.items() for name in cls.presets
}
"""Every preset of every intervention, as a command line says it."""

DOSES: dict[str, Intervention] = {
    **{kind: cls(kind=kind) for kind, cls in INTERVENTIONS.items()},
    **PRESETS,
    "custom that moves and meets": CUSTOM,
    "raci with response times": Raci(response_hours=4.0),
    "sop of ten pages": Sop(pages=10.0),
    "team_building held twice": TeamBuilding(times=2),
}
"""Every intervention at its default dose, every preset, and what does something that neither of them does."""

RUN: dict[str, Intervention] = DOSES if COMPILED else dict(list(DOSES.items())[::8])
"""Those of which runs are made: all, or where the kernel is not compiled, which takes far longer, every eighth."""

DATED = {name: dose for name, dose in RUN.items() if not dose.shapes}
"""Those that may begin and end while a run goes on; what changes the structure holds for all of it."""
