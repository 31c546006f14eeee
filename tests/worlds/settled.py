"""Worlds in which some levers stand where a law needs them, and stay there."""

from tests.worlds.drawn import World


def settled(world: World, **levers: float) -> World:
    """Return a world whose levers stand so everywhere, and in which no custom intervention moves them."""
    departments = {
        name: one | {"levers": {key: value for key, value in one.get("levers", {}).items() if key not in levers}}
        for name, one in world["departments"].items()
    }
    return world | {
        "departments": departments,
        "levers": world.get("levers", {}) | levers,
        "interventions": [_without(one, levers) for one in world.get("interventions", [])],
    }


def _without(intervention: World, levers: dict[str, float]) -> World:
    if "moves" not in intervention:
        return intervention
    return intervention | {"moves": [move for move in intervention["moves"] if move["lever"] not in levers]}
