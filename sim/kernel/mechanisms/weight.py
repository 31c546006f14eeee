"""The weight of procedures (submodel 13): the more there is to fill in and to sign, the less of it people observe."""

from sim.kernel.jit import inline


@inline
def weight(form_hours, signatures, each):
    """Return the hours that procedures add to a hand-over, where every signature weighs `each`."""
    return form_hours + each * signatures


@inline
def observed(heavy, tolerance):
    """Return the share of the procedures that people observe; half of it where they weigh what people put up with.

    How much of a rule is observed differs: mandated double checks are done in 52 to 97 % of cases (Koyama et al. 2020).
    That it goes with what the rule takes, and in this form, is an assumption.
    """
    return 1.0 / (1.0 + (heavy / tolerance) ** 2)


@inline
def as_observed(base, moved, share):
    """Return where a lever stands of whose move a share is observed."""
    return base + (moved - base) * share


@inline
def signatures_due(signatures, u):
    """Return how many have to sign: the whole ones, and one more with a chance of what remains."""
    whole = int(signatures)
    return whole + 1 if u < signatures - whole else whole
