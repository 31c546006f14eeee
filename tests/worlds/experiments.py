"""A small organization in a file, and experiments about it as files."""

from pathlib import Path

ORGANIZATION = """
name: workshop
horizon_weeks: 4
warmup_weeks: 0
departments:
  sales: {staff: 4, levers: {latency: 6}}
  workshop: {staff: 10}
management: sales
processes:
  order:
    demand: {per_week: 18}
    target_days: 14
    steps:
      sign: {R: sales, C: [workshop], work: {exponential: 2}}
      build: {R: workshop, I: [sales], work: {lognormal: {mean: 8, cv: 0.5}}}
ranges: {levers.latency: [2, 8]}
compare: [{label: RACI, with: [raci]}]
"""

BUDDIES = """
import sim


class Buddy(sim.Intervention):
    "Everybody has a buddy next door."

    hours: float = 1.0

    def edits(self, organization):
        return self.move("latency", 1.0, 0.5), self.cost(self.hours)


class Prompt(sim.Department):
    "A department."


slowest = sim.Measure("slowest", lambda result: float(result.cases.shape[0]), "cases", "lower")
nothing = 3
"""


def folder_with(folder: Path, experiment: str = "", **files: str) -> Path:
    """Return the experiment file in a folder, beside the organization it may name and modules by name."""
    (folder / "workshop.yaml").write_text(ORGANIZATION, encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    place = folder / "tried.yaml"
    place.write_text(experiment, encoding="utf-8")
    return place


SHORT = """title: {en: Short, zh: 短实验}
scenarios: order_delivery
set: {horizon_weeks: 4, warmup_weeks: 0}
factors:
  raci: {with: raci}
replications: 3
block: 2
measures: on_time_target
"""
"""A file of six runs."""
