"""Interventions that give others staying power: they keep alive, reward and mend what was introduced."""

__all__: list[str] = []
