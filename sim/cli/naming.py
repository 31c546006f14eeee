"""What people call departments and the owners of approval pools."""

from sim.scenario.outline import called

__all__ = ["called"]
