import numpy as np
import pytest

from sim.answers.logfit.structure import Settings
from sim.answers.logfit.structure.choosing import chosen
from sim.answers.logfit.structure.departments import departments_of
from sim.answers.logfit.structure.material import material_of
from sim.answers.logfit.structure.routing import ENDS, routing_of
from tests.worlds.learnable import table


def learned(log, settings=None):
    settings = settings or Settings()
    material = material_of(log, departments_of(log, settings), settings)
    found = chosen(material, settings)
    return material, found, routing_of(found)


def walked(material, routing, cases=1500):
    """Return hand-offs and returns to the last but one department a case, of cases that follow a routing."""
    luck = np.random.default_rng(5)
    passed = back = 0
    for _ in range(cases):
        table, seen = routing.start, []
        while True:
            place = luck.choice(list(table), p=np.array(list(table.values())) / sum(table.values()))
            if place == ENDS:
                break
            seen.append(int(material.kinds[routing.token[place], 1]))
            table = routing.next[place]
        visits = [one for n, one in enumerate(seen) if n == 0 or seen[n - 1] != one]
        passed += len(visits) - 1
        back += sum(one == other for one, other in zip(visits, visits[2:], strict=False))
    return passed / cases, back / cases


def second_order(cases=1500, seed=1):
    """Return a log in which a department mostly gives back what it got; which two deal with a case is drawn by lot."""
    luck = np.random.default_rng(seed)
    rows = []
    for case, begin in enumerate(np.sort(luck.random(cases)) * 5000.0):
        here, there = luck.choice(4, 2, replace=False)
        time = float(begin)
        while True:
            rows.append((case, "work", f"d{here}", time))
            time += float(luck.exponential(1.0))
            if luck.random() < 0.2:
                break
            if luck.random() < 0.15:
                there = luck.choice([one for one in range(4) if one not in (here, there)])
            here, there = there, here
    return table(rows)


def test_how_often_cases_go_back_and_forth_is_as_in_the_log():
    log = second_order()
    material, found, routing = learned(log)
    assert found.depth > 1
    department = material.department
    inner = ~material.first[2:] & ~material.first[1:-1]
    cases = len(material.arrival)
    truth = (~material.first).sum() / cases, (inner & (department[2:] == department[:-2])).sum() / cases
    passed, back = walked(material, routing)
    # three standard errors of both
    assert passed == pytest.approx(truth[0], abs=0.45)
    assert back == pytest.approx(truth[1], rel=0.13)
    assert walked(material, learned(log, Settings(memory=1))[2])[1] < 0.6 * truth[1]


def test_rare_activities_do_not_make_hand_offs():
    luck = np.random.default_rng(2)
    rows = []
    for case, begin in enumerate(np.sort(luck.random(300)) * 5000.0):
        here = int(luck.integers(3))
        for n in range(20):
            here = int(luck.integers(3)) if luck.random() < 0.1 else here
            rows.append((case, f"task {luck.zipf(1.3) % 400}", f"d{here}", float(begin) + n))
    log = table(rows)
    material, _, routing = learned(log, Settings(kinds=60, half_life=0.0))
    assert len(np.unique(material.kinds[:, :2], axis=0)) <= 60
    assert 0.1 < material.rare < 0.9
    department = material.department
    truth = (~material.first[1:] & (department[1:] != department[:-1])).sum() / 300
    assert walked(material, routing, 1000)[0] == pytest.approx(truth, rel=0.12)
    assert len(material_of(log, departments_of(log, Settings()), Settings(), material).kinds) == len(material.kinds)


def test_what_changed_lately_is_learned_and_what_did_not_is_not_forgotten():
    luck = np.random.default_rng(3)
    rows = []
    for case in range(1200):
        late = case >= 900
        rows += [(case, "open", "a", 10.0 * case), (case, "new" if late else "old", "b", 10.0 * case + 1.0)]
        rows += [(case, "long" if luck.random() < 0.5 else "short", "c", 10.0 * case + 2.0)]
    material, found, routing = learned(table(rows))
    assert 0.0 < found.fading < 5.0
    [first] = routing.start
    names = {
        material.activities[material.kinds[routing.token[one], 0]]: chance
        for one, chance in routing.next[first].items()
    }
    assert names["new"] > 0.95
