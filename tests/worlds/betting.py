"""Made-up workshops: questions of every kind, and events as people make them."""

from hypothesis import strategies as st

from sim.web.workshop.doors import new_keys
from sim.web.workshop.events import (
    Choice,
    Found,
    Line,
    Long,
    Measure,
    Named,
    Noted,
    Placed,
    Posed,
    Question,
    Result,
    Scale,
    Turned,
)
from sim.web.workshop.workshop import Workshop


def both(text):
    """Return a text that is the same in both languages."""
    return Long(en=text, zh=text)


ON_TIME = Measure(
    id="on_time_target", label=both("On time"), unit=both("%"), delta_unit=both("points"), digits=0, better="higher"
)

CHOICES = {
    "direction": ("better", "same", "worse"),
    "which": ("a", "b", "c"),
    "poll": ("a", "b"),
    "size": (),
}


def question(kind="direction", number=1, **more):
    """Return a question of a kind."""
    facts = {
        "id": f"q{number}",
        "number": number,
        "kind": kind,
        "scenario": "small",
        "text": both("What happens?"),
        "measure": None if kind == "poll" else ON_TIME,
        "items": ("shared_kpi",) if kind in ("direction", "size") else (),
        "label": both("Shared KPIs"),
        "choices": tuple(Choice(id=one, label=both(one), items=(one,)) for one in CHOICES[kind]),
        "scale": Scale(low=0, high=100, step=1) if kind == "size" else None,
        "now": None if kind == "poll" else 80.0,
    }
    return Question(**(facts | more))


def result(**more):
    """Return what came out of a question about a size or direction."""
    facts = {"n": 200, "wanted": 200, "state": "final", "now": 80.0, "then": 86.0, "diff": 6.0, "low": 5.5, "high": 6.5}
    return Result(**(facts | {"verdict": "better", "right": ("better",), "within": 2.0} | more))


def a_workshop(*events):
    """Return a workshop in which something has happened."""
    made = Workshop(new_keys("1.0"), "2026-01-01T09:00:00+00:00")
    for event in events:
        assert made.take(at(event)), event
    return made


def at(event):
    """Return a line of a log."""
    return Line(at="2026-01-01T09:30:00+00:00", event=event)


def bet(person="ann", number=1, **more):
    """Return a bet."""
    return Placed(question=f"q{number}", person=person, **({"choice": "better"} | more))


people = st.sampled_from([f"p{n}" for n in range(5)])
numbers = st.integers(1, 4)
texts = st.text(max_size=40)


@st.composite
def events(draw):
    """Draw what may happen, whether it can or not."""
    name = f"q{draw(numbers)}"
    kind = draw(st.sampled_from(["pose", "bet", "name", "turn", "note", "result"]))
    if kind == "pose":
        return Posed(question=question(draw(st.sampled_from(list(CHOICES))), int(name[1:])))
    if kind == "bet":
        one = draw(st.sampled_from([{"choice": "better"}, {"choice": "a"}, {"value": 50.0}, {"value": 500.0}, {}]))
        return Placed(question=name, person=draw(people), why=draw(texts), **one)
    if kind == "name":
        return Named(person=draw(people), name=draw(st.text(max_size=20)))
    if kind == "turn":
        return Turned(do=draw(st.sampled_from(["close", "reopen", "reveal", "withdraw"])), question=name)
    if kind == "note":
        field = draw(st.sampled_from(["hypothesis", "finding", "decision"]))
        return Noted(question=name, field=field, text=draw(texts))
    return Found(question=name, result=result(n=draw(st.integers(1, 200))))
