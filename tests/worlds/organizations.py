"""Random organizations of a given size, with processes as people draw them."""

import random

from sim.scenario import Scenario


def organization(size: int, seed: int, approvers: bool = True) -> Scenario:
    """Return an organization of so many departments with a long process and a few short ones."""
    luck = random.Random(seed)
    names = [f"d{k:02}" for k in range(size)]
    some = luck.sample(names, size)
    long = some[: luck.randint(1, max(1, min(size, 8)))]
    teams = {
        name: {"staff": luck.randint(1, 9)}
        | ({"pools": {"boss": {"hours_per_week": 5}}} if approvers and luck.random() < 0.4 else {})
        for name in names
    }
    ways = [long, *(luck.sample(names, min(size, 3)) for _ in range(size // 4))]
    processes = {f"p{k}": _process(way, teams, 9 if k == 0 else 2, luck) for k, way in enumerate(ways)}
    return Scenario.model_validate(
        {"name": f"random_{seed}", "departments": teams, "management": names[-1], "processes": processes}
    )


def _process(way: list[str], teams: dict, per_week: int, luck: random.Random) -> dict:
    steps = {}
    for k, name in enumerate(way):
        step = {"R": name, "work": 0.1, "C": [one for one in luck.sample(sorted(teams), 1) if one != name]}
        if "pools" in teams[name]:
            step["A"] = f"{name}.boss"
        steps[f"s{k}"] = step
    return {"demand": {"per_week": per_week}, "target_days": 20, "steps": steps}
