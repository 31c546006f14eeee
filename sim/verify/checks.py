"""The checks of the theory self-test: what theory says, and where the experiments say it."""

from sim.kernel.mechanisms.changes import CORE
from sim.kernel.people import VACANCY_WEEKS
from sim.verify import formulas
from sim.verify.experiments import (
    APART,
    BETWEEN,
    CHANGES,
    CLASSES,
    COMPLAIN_FAULTY,
    COMPLAIN_LATE,
    CUT_OFF,
    DISPUTED,
    FREEZE,
    GAIN,
    GOOD,
    LATENCY,
    LEAVING,
    LOAD,
    LOADS,
    LOSS,
    NETWORK,
    ON_TIME,
    PAIR_LOAD,
    PEOPLE,
    PERIOD,
    PROJECT_HOURS,
    PROJECT_NEEDS,
    RETURNS,
    REWORK,
    SERVERS,
    SERVICES,
    SPAN,
    TAX,
)
from sim.verify.intervals import Check, Reading, column, per_case, quotient, ratio
from sim.vocab import BETWEEN_TEAMS, DAY, WEEK
from sim.words import Text, words

texts = words("theory")


def _said(name: Text, expected: float, value: Reading, *, exact: bool = False) -> Check:
    return Check(name, expected, value, exact)


def _class_wait(name: str) -> Reading:
    return quotient("priority", f"waits_{name}", f"cases_{name}")


def _wait_checks() -> list[Check]:
    """Return the waits of single departments."""
    servers = [
        _said(texts.M_M_WAIT_AT_LOAD_8.format(c=c),
              formulas.mmc_wait(LOAD * c, 1.0, c), per_case(f"mm{c}", "ledger_queue"))
        for c in SERVERS
    ]  # fmt: skip
    return [
        *servers,
        _said(texts.M_D_1_WAIT_AT_LOAD_8,
              formulas.mg1_wait(LOAD, 1.0, 0.0), per_case("md1", "ledger_queue")),
        _said(texts.M_G_1_SQUARED_VARIATION_4_WAIT,
              formulas.mg1_wait(LOAD, 1.0, 4.0), per_case("mg1", "ledger_queue")),
        _said(texts.M_G_1_BY_CASE_COMPLEXITY_WAIT,
              formulas.mg1_wait(0.5, 1.0, 1.0), per_case("complex", "ledger_queue")),
        _said(texts.OWN_WORK_IS_TRAFFIC_LIKE_ANY_OTHER,
              formulas.mmc_wait(0.6, 1.0, 1), per_case("own", "ledger_queue")),
    ]  # fmt: skip


def _priority_checks() -> list[Check]:
    """Return the waits of two classes."""
    services = scvs = (1.0, 1.0)
    first, second = formulas.cobham_waits(CLASSES, services, scvs)
    return [
        _said(texts.PRIORITY_WAIT_OF_THE_FIRST_CLASS,
              first, _class_wait("first")),
        _said(texts.PRIORITY_WAIT_OF_THE_SECOND_CLASS,
              second, _class_wait("second")),
        _said(texts.PRIORITY_CONSERVED_WAIT,
              formulas.conserved_wait(CLASSES, services, scvs), _class_wait("all")),
        _said(texts.EXPRESS_CONSERVED_WAIT,
              formulas.conserved_wait(LOADS, SERVICES, scvs), quotient("express", "weighted_waits", "weighted_cases")),
    ]  # fmt: skip


def _sojourn_checks() -> list[Check]:
    """Return times in a single department, and what follows from them."""
    full, half = formulas.mmc_sojourn(LOAD, 1.0, 1), formulas.mmc_sojourn(0.5, 1.0, 1)
    taxed = formulas.taxed_sojourn(0.9, 1.0, TAX) / formulas.taxed_sojourn(0.9, 1.0, 0.0)
    return [
        _said(texts.M_M_1_TIME_IN_SYSTEM_AT,
              full, per_case("mm1", "lead_time_mean")),
        _said(texts.POOLING_TWO_M_M_1_INTO_M,
              formulas.pooled_sojourn(LOAD, 1.0, 2), per_case("mm2", "lead_time_mean")),
        _said(texts.HELPING_OUT_MAKES_M_M_2,
              formulas.pooled_sojourn(LOAD, 1.0, 2), per_case("neighbors", "lead_time_mean")),
        _said(texts.CAPACITY_TAX_OF_3_1_AT_LOAD,
              taxed, ratio(("taxed", "lead_time_mean"), ("untaxed", "lead_time_mean"))),
        _said(texts.M_M_1_IN_OFFICE_HOURS_OPEN,
              half, per_case("office", "ledger_queue", "ledger_touch")),
        _said(texts.M_M_1_90TH_PERCENTILE_OF_TIME,
              formulas.exponential_quantile(0.9, half), column("half", "lead_time_p90")),
        _said(texts.M_M_1_SHARE_ON_TIME, ON_TIME, column("half", "on_time_target")),
        _said(texts.M_M_1_THROUGHPUT_PER_WEEK, 0.5 * WEEK, column("half", "throughput")),
    ]  # fmt: skip


def _loop_checks() -> list[Check]:
    """Return times through departments that send cases on and back."""
    network = formulas.jackson(*NETWORK)
    rework = [
        _said(texts.REWORK_RETURN_TIME_IN_SYSTEM.format(again=again),
              formulas.feedback_sojourn(0.75, 1.0, again), per_case(f"rework{again}", "lead_time_mean"))
        for again in REWORK
    ]  # fmt: skip
    rows = [
        _said(texts.FOUR_IN_A_ROW_SENT_BACK_LEAD.format(back=back),
              formulas.tandem_lead_time(0.6, 1.0, 4, back), per_case(f"tandem{back}", "lead_time_mean"))
        for back in RETURNS
    ]  # fmt: skip
    return [
        *rework,
        *rows,
        _said(texts.JACKSON_NETWORK_LEAD_TIME, network.lead_time, per_case("network", "lead_time_mean")),
        _said(texts.JACKSON_NETWORK_WAIT, network.wait, per_case("network", "ledger_queue")),
    ]


def _mechanism_checks() -> list[Check]:
    """Return what one mechanism alone does."""
    return [
        _said(texts.PICK_UP_EVERY_8_HOURS_MEAN_EXTRA,
              formulas.periodic_pickup_wait(PERIOD), per_case("pickup", "ledger_handover")),
        _said(texts.HAND_OVER_LATENCY_MEAN, LATENCY, per_case("latency", "ledger_handover")),
        _said(texts.ANSWERS_GIVEN_IN_A_MEETING,
              formulas.periodic_pickup_wait(BETWEEN * WEEK), per_case("meeting", "ledger_answer")),
        _said(texts.THREE_BRANCHES_AND_A_JOIN_MEAN_OF,
              formulas.slowest_of(3, 1.0), per_case("fork", "lead_time_mean")),
        _said(texts.EXTERNAL_WAIT_OCCUPIES_NOBODY_LEAD_TIME,
              4.0, per_case("external", "lead_time_mean")),
        _said(texts.CONSULTATION_QUEUES_AT_THE_EXPERT_MEAN_ANSWER,
              formulas.mmc_sojourn(0.5, 1.0, 1), per_case("consultation", "ledger_answer")),
        _said(texts.DISPUTES_OF_A_CONTESTED_STEP_PER_100,
              100.0 * formulas.geometric_extra(DISPUTED), per_case("contested", "bounces_per_100")),
        _said(texts.CHANGES_ACCEPTED_UNDER_A_FREEZE,
              100.0 * formulas.accepted_changes(CHANGES, FREEZE, SPAN, CORE), per_case("changes", "changes_accepted")),
        _said(texts.COMPLAINTS_THAT_CASES_CAUSE,
              formulas.complaints(1.0 - ON_TIME, COMPLAIN_LATE, COMPLAIN_FAULTY),
              quotient("complaints", "complaints", "orders")),
        _said(texts.WAIT_FOR_A_RELEASE,
              formulas.wait_for_release(APART, CUT_OFF), column("releases", "lead_time_mean")),
        _said(texts.POSTS_THAT_ARE_VACANT,
              formulas.stationary_vacancy(LEAVING, VACANCY_WEEKS * WEEK / DAY), column("people", "vacant_share")),
        _said(texts.TRUST_WHERE_GAINS_AND_LOSSES_BALANCE,
              formulas.trust_equilibrium(GOOD, GAIN, LOSS), column("trust", "trust")),
    ]  # fmt: skip


def _certain_checks() -> list[Check]:
    """Return what leaves nothing to chance."""
    return [
        _said(texts.A_PROJECT_WITHOUT_FRICTION_ENDS_WITH_ITS,
              formulas.critical_path(PROJECT_HOURS, PROJECT_NEEDS), column("project", "lead_time"), exact=True),
        _said(texts.TWENTY_HOURS_OF_WORK_IN_AN_OFFICE,
              52.0, column("closing", "lead_time"), exact=True),
        _said(texts.WORK_UNDER_DUE_DATES_IS_BEGUN_IN,
              1.0, column("due", "in_order"), exact=True),
        _said(texts.BEST_TEAM_SIZE.format(people=PEOPLE),
              formulas.best_team(PEOPLE, PAIR_LOAD, BETWEEN_TEAMS), column("teams", "size"), exact=True),
        _said(texts.LITTLE_S_LAW_ON_EVERY_SAMPLE_PATH,
              1.0, column("little", "ratio"), exact=True),
    ]  # fmt: skip


CHECKS: tuple[Check, ...] = (
    *_wait_checks(),
    *_priority_checks(),
    *_sojourn_checks(),
    *_loop_checks(),
    *_mechanism_checks(),
    *_certain_checks(),
)
"""Every check, in the order in which people see them."""
