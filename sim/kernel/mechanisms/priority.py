"""Queue order (submodel 5): when a request's turn comes, on the clock of the department's open hours."""

from sim.kernel.jit import inline

CLASS = 1e9
"""Head start, in hours, of the upper class under the rule `strict`: longer than any run."""


@inline
def slack_left(milestones, case, step):
    """Return the share of time that is left: of the customer's, or of the step's as far as milestones count."""
    return (1.0 - milestones) * case + milestones * step


@inline
def company_priority(urgency_weight, value_weight, due_weight, urgent, value, slack):
    """Return the company's view in [0, 1]; `slack` is the share of the time that is still left."""
    due = min(1.0, max(0.0, 1.0 - slack))
    return urgency_weight * urgent + value_weight * value + due_weight * due


@inline
def score(alignment, own, company, favor, trust):
    """Return the priority of a request in [0, 1] as the asked department sees it."""
    local = (1.0 - alignment) * (own + favor * trust)
    return min(1.0, max(0.0, local + alignment * company))


@inline
def head_start(boost, points, limit, overdue, allowance):
    """Return by how many open hours a request overtakes its time of arrival.

    Priority counts up to `boost`; what has a time limit ranks by due time (allowance minus limit), whatever the boost;
    what is overdue takes the whole allowance on top.
    """
    lead = boost * points
    if limit > 0.0:
        lead = max(lead, max(0.0, allowance - limit) + overdue * (allowance + boost))
    return lead


@inline
def refusal_probability(refusal, goodwill, hours_ahead, full):
    """Return the chance that urgency is refused: unwilling, and `full` hours of work a head already waiting."""
    return refusal * (1.0 - goodwill) * min(1.0, hours_ahead / full)
