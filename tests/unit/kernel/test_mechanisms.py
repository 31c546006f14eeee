"""What departments do to each other, as pure numbers: within bounds, in the stated direction, off when neutral."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.kernel.mechanisms import (
    acceptance,
    adoption,
    conflict,
    consultation,
    demand,
    distance,
    handover,
    inspection,
    meetings,
    misunderstanding,
    priority,
    service,
    supply,
    trust,
)
from sim.vocab import LEAST_PRODUCTIVITY, Friction
from tests.worlds.probe import plain

share = st.floats(0.0, 1.0)
hours = st.floats(0.0, 1000.0)
ROUNDING = 1e-9


def ordered(*shares: float) -> tuple[float, ...]:
    """Return numbers from small to large."""
    return tuple(sorted(shares))


# submodel 1 and 2: demand and promises


@given(share, share, share, share)
def test_urgency_is_inflated_only_where_goals_differ(base: float, inflation: float, one: float, other: float) -> None:
    """More alignment, less urgency; with full alignment or no inflation only what is truly urgent."""
    low, high = ordered(one, other)
    urgent = plain(demand.urgent_share)
    assert 0.0 <= urgent(base, inflation, high) <= urgent(base, inflation, low) + ROUNDING <= 1.0 + 2 * ROUNDING
    assert urgent(base, inflation, 1.0) == urgent(base, 0.0, low) == base


@given(st.floats(1.0, 1000.0), share, share, share, hours)
def test_promises_are_optimistic_and_see_load(
    standard: float, optimism: float, alignment: float, seen: float, backlog: float
) -> None:
    """Optimism shortens a promise, visible load lengthens it; without either it is the standard."""
    promised = plain(demand.promised_hours)
    assert promised(standard, optimism, alignment, 0.0, backlog) <= standard
    assert promised(standard, optimism, alignment, seen, backlog) >= promised(
        standard, optimism, alignment, 0.0, backlog
    )
    assert (
        promised(standard, optimism, 1.0, 0.0, backlog) == promised(standard, 0.0, alignment, 0.0, backlog) == standard
    )


@given(st.floats(1.0, 1000.0), hours, hours, st.floats(0.0, 10.0))
def test_long_promises_lose_customers(standard: float, one: float, other: float, elasticity: float) -> None:
    """Acceptance is a share that falls with the promise, is sure up to the standard, and always without elasticity."""
    short, long = ordered(one, other)
    accepts = plain(demand.acceptance)
    assert 0.0 <= accepts(standard, long, elasticity) <= accepts(standard, short, elasticity) <= 1.0
    assert accepts(standard, standard, elasticity) == accepts(standard, long, 0.0) == 1.0


# submodel 3: hand-overs


@given(share, share, share, share)
def test_goodwill_needs_one_reason_only(alignment: float, trusted: float, own: float, more: float) -> None:
    """Goodwill is a share, grows with goals, trust and own interest, and any of them in full is enough."""
    will = plain(handover.willingness)
    base = will(alignment, trusted, own)
    assert 0.0 <= base <= 1.0
    assert will(max(alignment, more), trusted, own) >= base - ROUNDING
    assert will(alignment, max(trusted, more), own) >= base - ROUNDING
    assert will(alignment, trusted, max(own, more)) >= base - ROUNDING
    assert will(1.0, trusted, own) == will(alignment, 1.0, own) == will(alignment, trusted, 1.0) == 1.0


@given(hours, st.floats(0.0, 5.0), share, share)
def test_the_unwilling_take_longer(channel: float, reluctance: float, one: float, other: float) -> None:
    """Missing goodwill stretches the latency of the channel; without a channel there is none."""
    low, high = ordered(one, other)
    latency = plain(handover.mean_latency)
    assert channel <= latency(channel, reluctance, high) <= latency(channel, reluctance, low) + ROUNDING
    assert latency(channel, reluctance, 1.0) == latency(channel, 0.0, low) == channel
    assert latency(0.0, reluctance, low) == 0.0


@given(hours, st.floats(0.1, 100.0))
def test_pick_ups_come_at_their_period(time: float, period: float) -> None:
    """The next pick-up is not before now nor a period away; without a period it is now."""
    pickup = plain(handover.next_pickup)
    assert time - ROUNDING <= pickup(time, period) < time + period + ROUNDING
    assert pickup(time, 0.0) == time


# submodel 4: acceptance or dispute


@given(share, share, share, share, share, share)
def test_disputes_need_ambiguity(
    ambiguity: float, honest: float, clarity: float, lived: float, will: float, more: float
) -> None:
    """The chance is a share; clarity and goodwill lower it; goodwill cannot prevent honest mistakes."""
    assume(lived <= clarity)
    chance = plain(acceptance.dispute_probability)
    base = chance(ambiguity, honest, clarity, lived, will)
    assert 0.0 <= base <= ambiguity + ROUNDING
    assert chance(ambiguity, honest, clarity, lived, max(will, more)) <= base + ROUNDING
    assert chance(ambiguity, honest, max(clarity, more), max(lived, more), will) <= base + ROUNDING
    assert chance(ambiguity, honest, clarity, lived, 1.0) == ambiguity * (honest * (1.0 - clarity))
    assert chance(0.0, honest, clarity, lived, will) == chance(ambiguity, honest, 1.0, 1.0, will) == 0.0


@given(share, share, st.floats(0.0, 3.0))
def test_rules_need_trust_and_foresee_no_exceptions(clarity: float, trusted: float, exponent: float) -> None:
    """Lived clarity is what is written at most, all of it with full trust, none of it for an exception."""
    lived = plain(acceptance.lived_clarity)
    assert 0.0 <= lived(clarity, trusted, exponent, False) <= clarity
    assert lived(clarity, 1.0, exponent, False) == lived(clarity, trusted, 0.0, False) == clarity
    assert lived(clarity, trusted, exponent, True) == 0.0


# submodel 5: queue order


weights = st.tuples(share, share, share).filter(lambda w: sum(w) > 0.01).map(lambda w: tuple(x / sum(w) for x in w))


@given(weights, share, st.floats(-2.0, 2.0), st.floats(-2.0, 2.0))
def test_the_company_puts_urgent_valuable_and_late_first(
    w: tuple[float, ...], value: float, one: float, other: float
) -> None:
    """Company priority is a share that grows with urgency, value and lateness."""
    late, early = ordered(one, other)
    points = plain(priority.company_priority)
    assert -ROUNDING <= points(*w, 0.0, value, early) <= points(*w, 0.0, value, late) + ROUNDING
    assert points(*w, 0.0, value, late) <= points(*w, 1.0, value, late) <= points(*w, 1.0, 1.0, late) <= 1.0 + ROUNDING


@given(share, share, share, share, share)
def test_scores_are_shares_of_two_views(
    alignment: float, own: float, company: float, favor: float, trusted: float
) -> None:
    """With full alignment only the company's view counts, with none only the department's, favors included."""
    score = plain(priority.score)
    assert 0.0 <= score(alignment, own, company, favor, trusted) <= 1.0
    assert score(1.0, own, company, favor, trusted) == company
    assert score(0.0, own, company, favor, trusted) == min(1.0, own + favor * trusted)


@given(hours, share, st.floats(0.0, 100.0), st.floats(0.0, 100.0))
def test_head_starts_are_bounded_by_the_boost_unless_agreed(
    boost: float, points: float, allowance: float, limit: float
) -> None:
    """Nobody overtakes by more than the boost; what has a limit ranks by due time, the overdue before everybody."""
    lead = plain(priority.head_start)
    assert 0.0 <= lead(boost, points, 0.0, 0.0, allowance) <= boost
    assert lead(boost, points, limit, 0.0, allowance) >= (max(0.0, allowance - limit) if limit > 0.0 else 0.0)
    if limit > 0.0:
        overdue = lead(boost, points, limit, 1.0, allowance)
        assert overdue >= lead(boost, 1.0, limit, 0.0, allowance) - ROUNDING
    assert lead(0.0, points, 0.0, 0.0, allowance) == 0.0


@given(share, share, hours, hours, st.sampled_from([0.5, 8.0]))
def test_refusals_need_ill_will_and_overload(
    refusal: float, will: float, one: float, other: float, full: float
) -> None:
    """The chance of a refusal is a share that grows with what waits; the willing and the idle do not refuse."""
    less, more = ordered(one, other)
    chance = plain(priority.refusal_probability)
    assert 0.0 <= chance(refusal, will, less, full) <= chance(refusal, will, more, full) <= refusal
    assert chance(refusal, 1.0, more, full) == chance(refusal, will, 0.0, full) == chance(0.0, will, more, full) == 0.0


# submodels 6 and 8: consultation, misunderstanding, rework


@given(share, share, hours, hours)
def test_infeasible_commitments_cost_all_since(one: float, loss: float, work: float, since: float) -> None:
    """Rework is a share of the step, and of all done since where a commitment was infeasible."""
    redone = plain(consultation.infeasible_rework)
    assert redone(one, 0.0, work, since) == one * work <= redone(one, loss, work, since) <= work + since + ROUNDING


@given(share, share, share, share, share)
def test_who_is_not_asked_is_made_up_for_by_papers_understanding_and_news(
    risk: float, novelty: float, papers: float, known: float, fresh: float
) -> None:
    """Papers in full, understanding by half, news by what they are worth; nothing makes a skipped question worse."""
    unknown = plain(consultation.unprotected)
    assert unknown(0.0, 0.0, 1.0) == unknown(0.0, 1.0, 0.0) == 1.0
    assert unknown(1.0, 1.0, 0.0) == 0.5
    assert unknown(1.0, 1.0, 0.25) == 0.375
    assert 0.0 <= unknown(known, fresh, papers) <= unknown(0.0, fresh, papers) <= 1.0
    skipped = plain(consultation.skip_misunderstanding)
    assert skipped(risk, novelty, 1.0, 1.0) == 0.0
    assert 0.0 <= skipped(risk, novelty, papers, unknown(known, fresh, 0.25)) <= risk * novelty
    assert plain(consultation.infeasible_commitment)(risk, 1.0) == risk
    assert plain(consultation.needless_question)(risk, 1.0) == 0.0 <= plain(consultation.needless_question)(risk, known)


@given(share, share, share, share, share)
def test_each_safeguard_alone_prevents_misunderstanding(
    novelty: float, papers: float, known: float, fresh: float, more: float
) -> None:
    """The chance is a share; papers, understanding and freshness lower it, and any of them in full makes it nothing."""
    chance = plain(misunderstanding.defect_probability)
    base = chance(novelty, papers, known, fresh)
    assert 0.0 <= base <= novelty
    assert chance(novelty, max(papers, more), known, fresh) <= base
    assert chance(novelty, papers, max(known, more), fresh) <= base
    assert chance(novelty, papers, known, max(fresh, more)) <= base
    assert chance(0.0, papers, known, fresh) == chance(novelty, 1.0, known, fresh) == 0.0
    assert chance(novelty, papers, 1.0, fresh) == chance(novelty, papers, known, 1.0) == 0.0


@given(share, st.floats(0.0, 2.0), st.floats(0.0, 2.0))
def test_who_is_far_understands_less_and_quarrels_sooner(known: float, one: float, other: float) -> None:
    """Understanding falls and severity rises with distance, both stay shares, and nothing is lost next door."""
    near, far = ordered(one, other)
    across, sharpened = plain(distance.across), plain(distance.sharpened)
    assert 0.0 <= across(known, far) <= across(known, near) <= across(known, 0.0) == known
    assert known == sharpened(known, 0.0) <= sharpened(known, near) <= sharpened(known, far) <= 1.0


@given(share, st.floats(0.0, 100.0), st.floats(0.0, 100.0), share)
def test_who_looks_more_closely_finds_more(detection: float, one: float, other: float, accepted: float) -> None:
    """The chance to find a defect is a share that grows with inspection; acceptance needs both looking and seeing."""
    less, more = ordered(one, other)
    chance = plain(inspection.detection_probability)
    assert 0.0 <= chance(detection, less) <= chance(detection, more) <= 1.0
    assert chance(detection, 1.0) == detection
    accepts = plain(inspection.acceptance_probability)
    assert accepts(accepted, 0.0) == accepts(0.0, detection) == 0.0 <= accepts(accepted, detection)
    assert accepts(1.0, detection) == detection


@given(hours, hours, st.floats(0.1, 10_000.0))
def test_what_was_synchronized_goes_stale(one: float, other: float, decay: float) -> None:
    """Freshness is one at first and falls to 37 % in the stated time."""
    early, late = ordered(one, other)
    fresh = plain(misunderstanding.freshness)
    assert 0.0 <= fresh(late, decay) <= fresh(early, decay) <= fresh(0.0, decay) == 1.0
    assert fresh(decay, decay) == pytest.approx(math.exp(-1.0))


# submodel 7: service


@given(share, share, share, share, share, share)
def test_one_safeguard_in_full_is_enough(
    short: float, fresh: float, seen: float, confirmed: float, reserve: float, more: float
) -> None:
    """The chance is a share that falls with every safeguard; any in full makes it nothing, a confirmation a fifth."""
    chance = plain(supply.shortage_probability)
    base = chance(short, 1.0, fresh, seen, confirmed, reserve)
    assert 0.0 <= base <= short
    assert chance(short, 0.0, fresh, seen, confirmed, reserve) == 0.0
    assert (
        chance(short, 1.0, 1.0, seen, confirmed, reserve) == chance(short, 1.0, fresh, 1.0, confirmed, reserve) == 0.0
    )
    assert chance(short, 1.0, fresh, seen, confirmed, 1.0) == 0.0
    assert chance(short, 1.0, max(fresh, more), seen, max(confirmed, more), reserve) <= base
    fifth = chance(short, 1.0, fresh, seen, 1.0, reserve)
    assert fifth == pytest.approx(0.2 * chance(short, 1.0, fresh, seen, 0.0, reserve))


@given(share, share, share, share)
def test_something_is_always_done(overhead: float, meeting: float, talked: float, more: float) -> None:
    """Productivity falls with overhead, meetings and talking, from one to a small rest."""
    left = plain(service.productivity)
    assert LEAST_PRODUCTIVITY <= left(max(overhead, more), meeting, talked) <= left(overhead, meeting, talked) <= 1.0
    assert left(overhead, meeting, min(talked, more)) <= left(overhead, meeting, talked)
    assert left(overhead, meeting, talked) == left(meeting, overhead, talked)
    assert left(0.0, 0.0, 1.0) == 1.0
    assert left(1.0, meeting, talked) == left(overhead, meeting, 0.0) == LEAST_PRODUCTIVITY


@given(st.floats(-0.5, 1.0), hours, hours, st.sampled_from([0.5, 8.0]))
def test_load_changes_the_pace_up_to_a_full_desk(speedup: float, one: float, other: float, full: float) -> None:
    """People are faster (or slower) by the stated share at most, which they reach with a full desk."""
    less, more = ordered(one, other)
    pace = plain(service.pace)
    assert pace(0.0, more, full) == pace(speedup, 0.0, full) == 1.0
    assert pace(speedup, full, full) == pytest.approx(1.0 + speedup)
    assert (pace(speedup, more, full) - pace(speedup, less, full)) * speedup >= 0.0
    assert 0.5 <= pace(speedup, more, full) <= 2.0


@given(share, share, share, hours)
def test_distrust_checks_twice(weight: float, one: float, other: float, work: float) -> None:
    """Double-checking grows as trust falls, up to the stated share of the work, and is nothing with full trust."""
    less, more = ordered(one, other)
    check = plain(service.double_check)
    assert 0.0 <= check(weight, more, work) <= check(weight, less, work) <= weight * work
    assert check(weight, 1.0, work) == check(0.0, less, work) == 0.0


# submodel 9: conflict


@given(share, st.sampled_from(list(Friction)), share, share, share)
def test_conflicts_need_friction_distrust_and_no_mediator(
    severity: float, kind: Friction, one: float, other: float, calm: float
) -> None:
    """The chance is a share that falls with trust and mediation; either in full prevents every conflict."""
    less, more = ordered(one, other)
    chance = plain(conflict.conflict_probability)
    weight = plain(conflict.friction_weight)(int(kind))
    assert 0.0 < weight <= 1.0
    assert 0.0 <= chance(severity, weight, more, calm) <= chance(severity, weight, less, calm) <= severity
    assert (
        chance(severity, weight, 1.0, calm)
        == chance(severity, weight, less, 1.0)
        == chance(0.0, weight, less, calm)
        == 0.0
    )


def test_being_blamed_weighs_most() -> None:
    """Work sent back or a result that is late is graver than a dispute."""
    weight = plain(conflict.friction_weight)
    assert weight(int(Friction.BLAME)) == weight(int(Friction.LATE_RESULT)) > weight(int(Friction.DISPUTE))


# submodels 10 and 11: trust and understanding


@given(share, st.floats(0.0, 0.5), share, share)
def test_good_dealings_build_trust(trusted: float, gain: float, weight: float, bias: float) -> None:
    """Trust grows, never beyond one; not at all without a step or a weight, or where it is full."""
    better = plain(trust.after_good)
    assert trusted <= better(trusted, gain, weight, bias) <= 1.0
    assert better(trusted, 0.0, weight, bias) == better(trusted, gain, 0.0, bias) == trusted
    assert better(1.0, gain, weight, bias) == 1.0


@given(share, st.floats(0.0, 0.9), share, share)
def test_bad_dealings_cost_trust(trusted: float, loss: float, weight: float, bias: float) -> None:
    """Trust falls, never below nothing; not at all without a step or a weight."""
    worse = plain(trust.after_bad)
    assert 0.0 <= worse(trusted, loss, weight, bias) <= trusted
    assert worse(trusted, 0.0, weight, bias) == worse(trusted, loss, 0.0, bias) == trusted
    assert worse(0.0, loss, weight, bias) == 0.0


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.4), share)
def test_attribution_reads_events_in_the_light_of_trust(trusted: float, step: float, bias: float) -> None:
    """Where trust is high, good news count more and bad news less; at one half it makes no difference."""
    good = plain(trust.after_good)(trusted, step, 1.0, bias) - plain(trust.after_good)(trusted, step, 1.0, 0.0)
    bad = plain(trust.after_bad)(trusted, step, 1.0, bias) - plain(trust.after_bad)(trusted, step, 1.0, 0.0)
    assert good * (trusted - 0.5) >= -ROUNDING
    assert bad * (trusted - 0.5) >= -ROUNDING
    assert plain(trust.after_good)(0.5, step, 1.0, bias) == pytest.approx(plain(trust.after_good)(0.5, step, 1.0, 0.0))


@given(share, st.floats(0.0, 0.1), share)
def test_trust_drifts_to_the_baseline(trusted: float, drift: float, baseline: float) -> None:
    """Days without events move trust a part of the way, never past the baseline, and in pieces as far as at once."""
    drifted = plain(trust.drifted)
    after = drifted(trusted, 3.0, drift, baseline)
    assert min(trusted, baseline) - ROUNDING <= after <= max(trusted, baseline) + ROUNDING
    assert drifted(drifted(trusted, 1.0, drift, baseline), 2.0, drift, baseline) == pytest.approx(after)
    assert drifted(trusted, 3.0, 0.0, baseline) == trusted


@given(share, share, st.floats(0.1, 1000.0), st.floats(0.0, 1000.0))
def test_understanding_is_forgotten_down_to_what_is_written(
    known: float, written: float, half_life: float, weeks: float
) -> None:
    """Half of what goes beyond it is gone after the half-life; what is written stays, and is not learned by waiting."""
    forgotten = plain(trust.forgotten)
    after = forgotten(known, weeks, half_life, written)
    assert min(known, written) - ROUNDING <= after <= known + ROUNDING
    assert forgotten(known, half_life, half_life, written) == pytest.approx(
        known if known <= written else (known + written) / 2
    )
    assert forgotten(forgotten(known, weeks, half_life, written), 1.0, half_life, written) == pytest.approx(
        forgotten(known, weeks + 1.0, half_life, written)
    )


@given(share, share, share)
def test_who_leaves_takes_what_is_not_written(known: float, part: float, written: float) -> None:
    """Newcomers find what is written; where all go, nothing more is left."""
    left = plain(trust.left_with)
    assert left(known, 0.0, written) == known
    assert left(known, 1.0, written) == pytest.approx(min(known, written))
    assert min(known, written) - ROUNDING <= left(known, part, written) <= known


@given(share, st.floats(0.0, 0.5))
def test_understanding_grows_to_one(known: float, step: float) -> None:
    """Every good dealing closes a part of what is missing."""
    assert known <= plain(trust.learned)(known, step) <= 1.0
    assert plain(trust.learned)(known, 0.0) == known


# submodel 12: meetings


@given(hours, hours, share)
def test_meetings_refresh_a_share(one: float, other: float, reach: float) -> None:
    """After a meeting the last synchronization is somewhere between what it was and now."""
    synced, now = ordered(one, other)
    fresh = plain(meetings.refreshed)
    assert synced <= fresh(synced, now, reach) <= now + ROUNDING
    assert fresh(synced, now, 0.0) == synced
    assert fresh(synced, now, 1.0) == pytest.approx(now)


@given(hours, hours)
def test_answers_in_a_meeting_use_its_minutes(work: float, item: float) -> None:
    """What a question needs beyond the meeting's minutes is still to be done."""
    assert plain(meetings.remaining_work)(work, item) == max(0.0, work - item)


# submodel 15: adoption


weeks = st.floats(0.0, 10_000.0)


@given(weeks, weeks, share, weeks, share)
def test_adoption_grows_to_fidelity(one: float, other: float, fidelity: float, ramp: float, dip: float) -> None:
    """Nothing before the start; from minus the dip evenly to fidelity at the end of the ramp, and then it stays."""
    early, late = ordered(one, other)

    def lived(hours: float, ramp: float = ramp) -> float:
        return plain(adoption.adoption)(hours, fidelity, ramp, dip, math.inf, 0.0)

    assert lived(-1.0) == 0.0
    assert -dip <= lived(early) <= lived(late) + ROUNDING
    assert lived(ramp + late) == pytest.approx(fidelity)
    assert lived(0.0, ramp=10.0) == -dip


@given(share, st.floats(1.0, 10_000.0))
def test_adoption_halves_in_its_half_life(fidelity: float, half_life: float) -> None:
    """What is not kept up fades: half after one half-life, a quarter after two."""
    lived = plain(adoption.adoption)
    assert lived(half_life, fidelity, 0.0, 0.0, half_life, 0.0) == pytest.approx(fidelity / 2.0)
    assert lived(2.0 * half_life, fidelity, 0.0, 0.0, half_life, 0.0) == pytest.approx(fidelity / 4.0)


@given(share, st.floats(1.0, 10_000.0), weeks, share, share)
def test_leaders_who_set_an_example_help_adoption(
    fidelity: float, half_life: float, hours: float, one: float, other: float
) -> None:
    """More of an example is never less adoption; full example is full and lasting adoption, whatever people thought."""
    little, much = ordered(one, other)
    lived = plain(adoption.adoption)
    assert (
        lived(hours, fidelity, 0.0, 0.0, half_life, little)
        <= lived(hours, fidelity, 0.0, 0.0, half_life, much) + ROUNDING
    )
    assert lived(hours, fidelity, 0.0, 0.0, half_life, 1.0) == pytest.approx(1.0)


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), share, share)
def test_edits_close_gaps_without_order(value: float, toward: float, one: float, other: float) -> None:
    """Two edits with one aim close the gap to (1 − a)(1 − b) of it, either first; none and all of it are exact."""
    moved = plain(adoption.moved)
    both = moved(moved(value, toward, one), toward, other)
    assert both == pytest.approx(moved(moved(value, toward, other), toward, one), abs=1e-9)
    assert toward - both == pytest.approx((toward - value) * (1.0 - one) * (1.0 - other), abs=1e-9)
    assert moved(value, toward, 0.0) == value
    assert moved(value, toward, 1.0) == toward
