"""The event list and the queues, beside plain lists that are sorted."""

import heapq

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel import layout
from tests.worlds.probe import FILE, PLAN, POP, TAKE, WITHDRAW, event_story, queue_story, state_of, walked

NOBODY = -1


@given(
    st.lists(st.tuples(st.sampled_from([PLAN, PLAN, TAKE]), st.sampled_from([0.0, 1.0, 1.0, 2.5]), st.integers(0, 9)))
)
def test_events_are_taken_in_the_order_of_time_kind_and_planning(story: list[tuple[int, float, int]]) -> None:
    """Simultaneous events go by kind, those of one kind by when they were planned; none is planned in the past."""
    what, times, kinds = (np.array(column) for column in zip(*story, strict=True)) if story else (np.zeros(0, int),) * 3
    s = state_of(events=np.zeros(len(story) + 2, layout.EVENT), now=np.zeros(1, layout.NOW))
    out = np.zeros(len(story), np.int64)
    taken = event_story(s, what, times.astype(float), kinds, out)
    expected: list[tuple[float, int, int]] = []
    order, now = [], 0.0
    for n, (act, time, kind) in enumerate(story):
        if act == PLAN:
            heapq.heappush(expected, (max(now, time), kind, n))
        elif expected:
            now, _, who = heapq.heappop(expected)
            order.append(who)
    assert list(out[:taken]) == order
    assert s.now[0]["n_events"] == len(expected)


def ready(keys: list[float]) -> layout.State:
    """Return a department with an empty queue, and requests with keys that are not filed yet."""
    rows = np.zeros(len(keys) + 1, layout.REQUEST)
    rows["q_key"][: len(keys)] = keys
    rows["work"][: len(keys)] = np.arange(len(keys)) + 1.0
    department = np.zeros(1, layout.DEPARTMENT)
    for name in ("root", "head", "tail", "work_from"):
        department[name] = NOBODY
    return state_of(requests=rows, departments=department, now=np.zeros(1, layout.NOW))


acts = st.lists(st.tuples(st.sampled_from([FILE, FILE, FILE, POP, WITHDRAW]), st.integers(0, 30)), max_size=60)


def rehearse(acts: list[tuple[int, int]], keys: list[float]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Play a story with a sorted list: return what can be done of it, who is served, and who is left."""
    waiting: list[tuple[float, int, int]] = []
    story, served, filed = [], [], 0
    for act, choice in acts:
        if act == FILE and filed < len(keys):
            waiting.append((keys[filed], filed, filed))
            story.append((FILE, filed))
            filed += 1
        elif act == POP and waiting:
            waiting.sort()
            served.append(waiting.pop(0)[2])
            story.append((POP, NOBODY))
        elif act == WITHDRAW and waiting:
            story.append((WITHDRAW, waiting.pop(choice % len(waiting))[2]))
    return story, served, [row for *_, row in waiting]


@given(acts, st.lists(st.sampled_from([-3.0, 0.0, 0.0, 1.5, 7.0]), min_size=1, max_size=40))
def test_queues_serve_by_key_then_by_filing(acts: list[tuple[int, int]], keys: list[float]) -> None:
    """Whoever is filed, served or withdrawn, the next is the one with the smallest key, of equals the first filed."""
    story, served, left = rehearse(acts, keys)
    story += [(POP, NOBODY)] * len(left)
    s = ready(keys)
    out = np.zeros(len(story) + 1, np.int64)
    what, rows = np.array([*story, (FILE, len(keys))]).T[:, :-1]
    n = queue_story(s, np.ascontiguousarray(what), np.ascontiguousarray(rows), out)
    assert list(out[:n]) == served + sorted(left, key=lambda row: (keys[row], row))
    assert [s.departments[0][name] for name in ("root", "head", "tail")] == [NOBODY] * 3
    assert s.departments[0]["waiting"] == 0
    assert s.departments[0]["waiting_hours"] == 0.0


@given(acts, st.lists(st.sampled_from([-3.0, 0.0, 0.0, 1.5, 7.0]), min_size=1, max_size=40))
def test_a_walk_meets_everybody_who_waits_once(acts: list[tuple[int, int]], keys: list[float]) -> None:
    """A walk through a queue, in no particular order, meets all that wait; count and hours agree."""
    story, _, left = rehearse(acts, keys)
    s = ready(keys)
    what, rows = np.array([*story, (FILE, len(keys))]).T[:, :-1]
    queue_story(s, np.ascontiguousarray(what), np.ascontiguousarray(rows), np.zeros(len(story) + 1, np.int64))
    met = np.zeros(len(keys) + 1, np.int64)
    n = walked(s, met)
    assert sorted(met[:n]) == sorted(left)
    assert s.departments[0]["waiting"] == len(left)
    assert s.departments[0]["waiting_hours"] == sum(row + 1.0 for row in left)
