"""What draws of luck are for: every question that the kernel puts to luck, by number."""

from enum import IntEnum


class Purpose(IntEnum):
    """The questions that draws answer: one member for every question, since it is a part of the answer's address."""

    # a case as it comes
    ARRIVAL = 1
    COMPLEXITY = 2
    URGENT = 3
    ACCEPT_PROMISE = 4
    START = 5
    SKIP = 6
    ROUTE = 7
    OWN_ARRIVAL = 8  # ... and what comes to a department by itself

    # hours of work, and of waiting outside
    WORK = 9
    EXTERNAL = 10
    OWN_WORK = 11
    TRIAGE = 12
    CONSULTATION = 14
    APPROVAL = 15
    NOTICE = 16
    NEGOTIATION = 17
    DECISION = 18
    MEDIATION = 19

    # until somebody notices that he is asked
    PICK_UP_WORK = 20
    PICK_UP_RETURNED = 21  # work that was sent back, and is mended now
    PICK_UP_REWORK = 22
    PICK_UP_CONSULTATION = 23
    PICK_UP_APPROVAL = 24
    PICK_UP_NOTICE = 25
    PICK_UP_DECISION = 26
    PICK_UP_MEDIATION = 27

    # whose task it is
    EXCEPTION = 28
    DISPUTE = 29
    CONTESTANT = 30
    OWNERSHIP = 31
    ESCALATE_DISPUTE = 32
    REFUSE = 33

    # whether the roles are lived
    CONSULT = 34
    APPROVE = 35
    INFORM = 36
    AGREEMENT = 37

    # defects: how they arise, and who finds them
    MISREAD = 38
    SKIPPED = 39
    INFEASIBLE = 40
    DETECT = 41
    CHECK = 42

    # whether a friction becomes a conflict
    CONFLICT_DISPUTE = 43
    CONFLICT_LATE_WORK = 44
    CONFLICT_LATE_ANSWER = 45
    CONFLICT_LATE_APPROVAL = 46
    CONFLICT_BROKEN_AGREEMENT = 47
    CONFLICT_BLAME = 48
    CONFLICT_REFUSAL = 49

    # how a conflict goes on
    STANDOFF = 50
    ESCALATE_CONFLICT = 51
    SETTLE = 52

    # questions, and who owns a matter
    ON_THE_SPOT = 53
    NEEDLESS = 54
    NEEDLESS_WHOM = 55
    AGREEMENT_APPROVAL = 56
    REACHED = 57
    REACHED_APPROVAL = 58
    ATTEND = 59
    FOLLOW_UP = 60

    # before a case ends
    ACCEPT = 61

    # rules on answers
    STEP_AGREEMENT = 62
    EXPRESS = 63
    CONFLICT_BROKEN_WORK = 64
    CONFLICT_BROKEN_REWORK = 65

    # questions that nobody is asked
    LOOKUP = 66

    # what others are told, and when
    WITHHOLD = 67

    # how many have to sign
    SIGNATURES = 68

    # who is watched
    WATCH = 69

    # whether a case comes at all
    PREVENT = 70

    # whether a team takes it on
    TEAM = 71

    # goods that are missing
    SHORT = 72
    SHORT_WAIT = 73
    CONFLICT_SHORT = 74

    # who complains
    COMPLAIN_LATE = 75
    COMPLAIN_FAULTY = 76

    # whether somebody helps out with it
    HELP = 77

    # what customers want after all
    CHANGE = 78
    CORE_CHANGE = 79
    CONFLICT_CHANGE = 80
    CHANGED_WORK = 81

    # whether somebody leaves, who, and whose relationships
    QUIT = 82
    WHO_QUITS = 83
    HELD = 84

    # whether a case has to go back
    SEND_BACK = 85
