"""Patterns that must emerge: what practice and theory expect of an organization, looked for by running the model.

None of them is written into the model. Each says what is varied and what is claimed of it; whether it emerges is found
under paired luck. One that does not emerge is declared so, with the formula that refuses it.
"""

from sim.patterns.conservation import Conservation
from sim.patterns.displaced_goals import DisplacedGoals
from sim.patterns.erp_dips import ErpDips
from sim.patterns.found import Claim, Found
from sim.patterns.free_riding import FreeRiding
from sim.patterns.freeze import Freeze
from sim.patterns.helping import Helping
from sim.patterns.inflation import Inflation
from sim.patterns.meetings_without_slack import MeetingsWithoutSlack
from sim.patterns.outcome import Outcome
from sim.patterns.pattern import Pattern, Setting
from sim.patterns.people_without_rules import PeopleWithoutRules
from sim.patterns.quits import Quits
from sim.patterns.reassignments import Reassignments
from sim.patterns.rules_without_economy import RulesWithoutEconomy
from sim.patterns.rules_without_trust import RulesWithoutTrust
from sim.patterns.scope import Scope
from sim.patterns.small_teams import SmallTeams
from sim.patterns.two_states import TwoStates
from sim.patterns.upstream import Upstream
from sim.patterns.wrong_update import WrongUpdate

__all__ = ["PATTERNS", "Claim", "Found", "Outcome", "Pattern", "Setting"]

PATTERNS: dict[str, Pattern] = {
    one.key: one
    for one in (
        PeopleWithoutRules(),
        RulesWithoutEconomy(),
        RulesWithoutTrust(),
        MeetingsWithoutSlack(),
        TwoStates(),
        Reassignments(),
        Upstream(),
        Conservation(),
        ErpDips(),
        FreeRiding(),
        Inflation(),
        DisplacedGoals(),
        Freeze(),
        WrongUpdate(),
        Quits(),
        SmallTeams(),
        Helping(),
        Scope(),
    )
}
"""Every pattern by its key, in the order in which people see them."""
