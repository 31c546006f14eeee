"""A small story about the shipped order process, as text and as data."""

GOOD = """\
scenario: order_delivery
title: {en: Late, zh: 逾期}
pages:
  - title: "{on_time_target.now} on time"
    text: |
      Of {hours.now} only {hours.touch.now} are work: *less than a fifth*.

      {people} people, {runs} runs, {weeks} weeks.
    show: [case, hours]
    expects:
      hours.touch.now: below {hours.now}
  - id: roles
    title: {en: Roles, zh: 职责}
    with: [raci, shared_kpi]
    show: on_time_target
    at: tue 11:00
    bet:
      kind: direction
      measure: on_time_target
      question: {en: "Now {on_time_target.now}?", zh: "现在 {on_time_target.now}？"}
    text:
      en: "{on_time_target.then.number} ({on_time_target.diff}), {on_time_target.better}, for {cost.hours}."
      zh: "{on_time_target.then}，{cost.hours}。"
    expects:
      on_time_target: [better, small]
      cost.hours: above 3
  - title: Which?
    with: daily_standup
    bet:
      kind: which
      measure: lead_time_mean
      choices:
        - {label: One, with: daily_standup}
        - {label: Other, with: "raci:clarity=0.7"}
    text: "{lead_time_mean.then}, not {roles:lead_time_mean.then}."
"""
"""A file with every kind of field."""


def changed(old: str, new: str) -> str:
    """Return the story with something in it replaced, which has to be there once."""
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)
