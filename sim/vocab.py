"""Words that every layer shares: kinds of requests and events, parts of the delay ledger, questions of draws, levers.

The numbers behind the names are an agreement between the compiler of scenarios and the kernel; nothing is stored
under them in files, so they may be reordered freely.
"""

from enum import IntEnum
from typing import Literal, Self

from sim.purposes import Purpose as Purpose

WEEK = 168.0
"""Hours in a calendar week; every run starts on Monday 00:00."""

DAY = 24.0
"""Hours in a calendar day."""

LEAST_PRODUCTIVITY = 0.05
"""Share of working time that neither meetings nor overhead take: people always do something."""


BETWEEN_TEAMS = 0.01
"""Share of working time that each further team of a department takes from everybody in it."""


class Kind(IntEnum):
    """What one department asks of another."""

    WORK = 0
    CONSULT = 1
    APPROVE = 2
    INFORM = 3
    TRIAGE = 4
    REWORK = 5
    NEGOTIATE = 6
    MEDIATE = 7
    OWN = 8
    FOLLOW_UP = 9  # what remains of an answer given in a meeting, to close a matter that one owns, a call about it
    STANDSTILL = 10  # a person can do nothing because goods are missing


class Event(IntEnum):
    """What can happen; the order of the members is the order in which simultaneous events are handled."""

    COMPLETE = 0  # somebody finishes a piece of work
    RECEIVE = 1  # a hand-over reaches its receiver
    EXTERNAL = 2  # a supplier, carrier or customer has delivered
    STANDOFF = 3  # the sides of a conflict have cooled down
    RESPONSE_DUE = 4  # an agreed response time is over
    ARRIVAL = 5  # a customer arrives
    OWN_ARRIVAL = 6  # own work of a department arrives
    OPEN = 7  # a department opens
    MEETING = 8
    DAY_END = 9
    SHOCK = 10  # somebody leaves, or a vacancy is filled: at midnight, of the new day
    DEADLINE = 11  # the time limit of a tier of a conflict is over
    NEWS = 12  # a department lets others know that its part is done
    WARNING = 13  # somebody looks whether a case that is watched is behind
    COMPLAINT = 14  # a customer complains of a case, and another case begins
    CHANGE = 15  # a customer wants something else
    LEAVING = 16  # somebody may leave by himself, department by department: at midnight, after shocks
    NEWCOMER = 17  # somebody comes for who has left, or has been there for another day
    RELEASE = 18  # a release closes its list, is due, or may slip no longer: after all that is done by then


class Context(IntEnum):
    """Why a case is where it is: the first axis of the delay ledger."""

    NORMAL = 0
    ANSWER = 1
    PING_PONG = 2
    REWORK = 3
    CONFLICT = 4
    RELEASE = 5  # it is done, and waits for the release it goes out with


class Activity(IntEnum):
    """What happens to a case at a moment: the second axis of the delay ledger."""

    TOUCH = 0
    TAX = 1
    QUEUE = 2
    HANDOVER = 3
    EXTERNAL = 4
    CLOSED = 5
    PARKED = 6  # not on the critical path at present (children carry the clock)


LEDGER_PARTS = (
    "touch",
    "tax",
    "queue",
    "handover",
    "external",
    "closed",
    "answer",
    "ping_pong",
    "rework",
    "conflict",
    "release",
)
"""The published one-way split: the five contexts where one applies, else the activity."""

UNFINISHED = "unfinished"
"""What stands beside the parts of the ledger: all the time of a case that was not finished while it was waited for."""


class Family(IntEnum):
    """How the kernel turns a uniform number into hours."""

    CONSTANT = 0
    EXPONENTIAL = 1
    TABLE = 2


class Friction(IntEnum):
    """Events that may become a conflict."""

    DISPUTE = 0
    BROKEN_RESPONSE = 1
    BLAME = 2
    LATE_RESULT = 3
    REFUSED = 4
    MISSING_GOODS = 5


class Shock(IntEnum):
    """What a dated change does."""

    PARTING = 0  # a relationship loses its people
    STAFF = 1  # people come or go
    ORDER = 2  # something urgent comes in


class Settled(IntEnum):
    """How a conflict ends."""

    SIDES = 0  # both have negotiated, and the stand-off is over
    SUPERIOR = 1  # their superior has cut what was left of the stand-off
    EXECUTIVES = 2
    MEETING = 3


class Note(IntEnum):
    """What a line of the log says; `sim.kernel.log` says what its other fields hold."""

    # the life of a request
    SENT = 0
    RECEIVED = 1  # somebody of the department asked has noticed it: it is in the queue
    PARKED = 2  # it is set aside until questions about it are answered
    HELD = 3  # it is set aside because a conflict freezes its case
    QUEUED = 4  # ... and is in the queue again
    BEGUN = 5
    SERVED = 6
    DISPUTED = 7  # the department asked says that it is not its own
    SENT_BACK = 8  # who took it up has found a defect of somebody else
    ANSWERED = 9  # it is a question, and was answered in a meeting
    REPLIED = 10  # the answer has reached whoever asked
    LACKING = 11  # it is set aside until goods are there
    OUTSIDE = 12  # a supplier, carrier or customer has delivered

    # the clock of a case
    STARTED = 13
    BOOKED = 14
    COPIED = 15
    FINISHED = 16

    # conflicts and meetings
    FROZEN = 17
    SETTLED = 18
    MEETING = 19
    PRESENT = 20


class Status(IntEnum):
    """Why the kernel returned."""

    DONE = 0
    NEEDS_ROOM = 1


class Counted(IntEnum):
    """Numbers that are counted up while a run goes on, in the order in which tables show them.

    A member says what sort of number it is and in which unit; what people call it stands in the words of `columns`,
    under its name. From here it goes by itself into daily records or cases, views, tables and files.
    """

    dtype: Literal["number", "whole", "yes or no"]
    unit: str

    def __new__(cls, dtype: Literal["number", "whole", "yes or no"], unit: str = "") -> Self:
        """Return the next member."""
        one = int.__new__(cls, len(cls.__members__))
        one._value_ = len(cls.__members__)
        one.dtype, one.unit = dtype, unit
        return one

    @property
    def column(self) -> str:
        """What its column is called."""
        return self.name.lower()


class Tally(Counted):
    """What an owner of a queue has done since midnight."""

    DONE = "number"  # work requests completed
    RESPONSES = "number"  # requests with a response target answered
    IN_TIME = "number"  # ... within that target
    OWN_DONE = "number"  # pieces of own work completed
    OWN_IN_TIME = "number"
    BLAMED = "number"  # pieces of its work that were sent back
    URGENT_N = "number"  # urgent requests begun
    URGENT_WAIT = "number", "hours"  # from sent to begun of these, on the clock of all
    TAXED = "number", "hours"  # served, of these meetings and overhead
    COORDINATED = "number", "hours"  # served of coordination, without these
    EXTRA = "number", "hours"  # of double-checking, forms and looking up
    BYPASSED = "number"  # of the work requests completed, those in which nobody followed the procedures
    LENT = "number", "hours"  # served of what other departments have to do
    QUITS = "number"  # people who left by themselves


class Judged(IntEnum):
    """What a department may be judged by, in the order in which its KPIs are added up."""

    VOLUME = 0
    RESPONSE = 1
    OWN_WORK = 2
    QUALITY = 3


LOOK_BACK = 4
"""Whole weeks that departments look back on."""


class CaseCount(Counted):
    """What has happened to a case, as whole numbers."""

    LOST = "yes or no"  # did not accept the promise
    URGENT = "yes or no"
    BOUNCES = "whole"  # disputed hand-overs
    CONFLICTS = "whole"
    REWORKS = "whole"
    HANDED_OVER = "yes or no"  # left the department it was with, beyond the planned route
    PING_PONG = "yes or no"  # went A, B, A beyond the planned route
    DEFECTIVE = "yes or no"  # reached the customer with a defect
    MILESTONES = "whole"  # steps with a due date that it has to go through
    MILESTONES_KEPT = "whole"  # ... that were done by then
    WARNED = "yes or no"  # was found behind, and hurried from then on
    PREVENTED = "yes or no"  # did not come, because its cause was removed
    TEAM = "yes or no"  # a team of all departments takes it on
    GOODS_SHORT = "whole"  # times that something was missing when its work was taken up
    COMPLAINTS = "whole"  # cases that it has caused: customers complained of it
    CAUSED = "yes or no"  # it is such a complaint about another case
    CHANGES_ACCEPTED = "whole"  # times that its customer wanted something else, and gets it
    CHANGES_REFUSED = "whole"  # ... and was told that it is too late
    RELEASES_MISSED = "whole"  # releases it was accepted for that left without it, before the one it went with


class CaseHours(Counted):
    """What a case has cost so far, in hours."""

    FROZEN_HOURS = "number", "hours"  # held up by conflict
    WORKED = "number", "hours"  # of work content done
    REWORKED = "number", "hours"  # ... of these, of rework


class Group(IntEnum):
    """Mechanisms that a request skips at once where no lever of theirs is on; a lever's entry says which it is in."""

    SLOW = 0  # work and questions are not noticed at once
    RANKED = 1  # not first come, first served
    REFUSING = 2  # what comes from others may be turned down
    CAREFUL = 3  # a hand-over takes time, or may be misread
    PACED = 4  # people work at another speed under load
    RULED = 5  # what is asked may be under a rule that says by when
    SIGNED = 6  # results have to be signed
    HELPING = 7  # people who have nothing to do may work for other departments


class Lever(IntEnum):
    """Settings that mechanisms read and interventions move; `sim.spec.levers` gives each its meaning."""

    LEADERSHIP = 0  # first: it decides how far every other move is lived
    ALIGNMENT = 1
    INFLATION = 2
    OPTIMISM = 3
    TRANSPARENCY = 4
    LATENCY = 5
    RELUCTANCE = 6
    PICKUP_PERIOD = 7
    AMBIGUITY = 8
    MISROUTING = 9
    CLARITY = 10
    CLARITY_TRUST = 11
    EXCEPTIONS = 12
    ESCALATION = 13
    ESCALATION_BOUNCES = 14
    TIER1_HOURS = 15
    TIER2_HOURS = 16
    BOOST = 17
    FAVOR = 18
    REFUSAL = 19
    ADHERENCE = 20
    SKIP_RISK = 21
    INFEASIBLE = 22
    INFEASIBLE_LOSS = 23
    APPROVAL_CHECK = 24
    OVERHEAD = 25
    FORM_HOURS = 26
    SPEEDUP = 27
    NOVELTY = 28
    DOCUMENTS = 29
    SYNC_DECAY = 30
    DETECTION = 31
    REWORK_SHARE = 32
    SEVERITY = 33
    MEDIATION = 34
    STANDOFF_HOURS = 35
    STANDOFF_SPREAD = 36
    TRUST_GAIN = 37
    TRUST_LOSS = 38
    ROUTINE_WEIGHT = 39
    ATTRIBUTION = 40
    TRUST_DRIFT = 41
    TRUST_BASELINE = 42
    RECIPROCITY = 43
    DOUBLE_CHECK = 44
    LEARNING = 45
    AGREEMENT = 46
    AGREEMENT_HOURS = 47
    ALLOWANCE = 48
    OWNERSHIP = 49
    OWNERSHIP_BOUNCES = 50
    TRUST_COUPLING = 51
    CONTACT = 52
    KNOWLEDGE_BASE = 53
    LATENCY_SPREAD = 54
    ANSWER_LATENCY = 55
    ANSWER_SPREAD = 56
    ON_THE_SPOT = 57
    NEEDLESS = 58
    SKIP_FRESHNESS = 59
    NOTICE = 60
    AUTHORITY = 61
    LATENESS_WIDTH = 62
    UNDERSTANDING_HALF_LIFE = 63
    CREDIT = 64
    ACCEPTANCE = 65
    FOLLOW_THROUGH = 66
    STEP_AGREEMENT = 67
    EXPRESS = 68
    EXPRESS_HOURS = 69
    TEACHING = 70
    LOOKUP = 71
    DISTANCE = 72
    WITHHOLDING = 73
    MILESTONES = 74
    SIGNATURES = 75
    TOLERANCE = 76
    WARNING = 77
    AUTOMATION = 78
    SCOPE = 79
    PREVENTION = 80
    TEAMWORK = 81
    PAIR_LOAD = 82
    TEAM_SIZE = 83
    DISPLACEMENT = 84
    SHORTAGES = 85
    CONFIRMATION = 86
    BACKUP = 87
    CROSS_TRAINING = 88
    CROSS_SKILL = 89
    HELP_RULE = 90
    CHANGES = 91
    CHANGE_LOSS = 92
    FREEZE_DAYS = 93
    QUIT_RATE = 94
    STRAIN = 95
    CONCENTRATION = 96
    ONBOARDING_WEEKS = 97
