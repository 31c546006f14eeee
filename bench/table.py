"""Rows of the benchmark: what was measured, beside what, against which target; as text and as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from pathlib import Path
from subprocess import SubprocessError
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from bench.contest import Spread

PACKAGES = ("numpy", "numba", "mesa", "simpy", "ciw")


class Target(NamedTuple):
    """What was expected: a limit of the ratio, where the row has one, or else of the value."""

    limit: float
    least: bool = False  # the figure should be at least the limit, not at most

    def met(self, figure: float) -> bool:
        """Tell whether a figure is as good as expected."""
        return figure >= self.limit if self.least else figure <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.least else '≤'} {self.limit:.3g}"


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes
    ----------
    name : str
        What was measured.
    value : Spread or None
        The measured figure; None where it could not be had.
    unit : str
        Of the figure.
    ratio : Spread or None
        The figure over that of another row, round by round (or the other way round, as `against` says).
    against : str
        What the ratio compares with.
    target : Target or None
        What was expected.
    note : str
        What a reader has to know besides.
    """

    name: str
    value: Spread | None
    unit: str = ""
    ratio: Spread | None = None
    against: str = ""
    target: Target | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Say whether the target is met; by how much it is missed, if not."""
        measured = self.ratio or self.value
        if self.target is None or measured is None:
            return ""
        if self.target.met(measured.median):
            return f"{self.target}: met"
        return f"{self.target}: missed, {measured.median / self.target.limit:.2f} of it"


@dataclass(frozen=True)
class Section:
    """Rows that belong together."""

    title: str
    rows: tuple[Row, ...]


def not_available(name: str, why: str) -> Row:
    """Return the row of something that could not be measured."""
    return Row(name, None, note=f"not available: {why}")


def figure(value: float) -> str:
    """Write a number with three digits, and large ones with separators."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _cell(measured: Spread | None, unit: str = "") -> str:
    if measured is None:
        return ""
    text = f"{figure(measured.median)} {unit}".strip()
    return text if measured.n == 1 else f"{text}  ({figure(measured.least)}–{figure(measured.most)})"


def show(section: Section, console: Console) -> None:
    """Print a section; spreads are the least and the greatest of the rounds."""
    table = Table(title=section.title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for heading in ("", "median (least–most)", "ratio (least–most)", "to", "target", "remark"):
        table.add_column(heading, justify="right" if "median" in heading or "ratio" in heading else "left")
    for row in section.rows:
        table.add_row(row.name, _cell(row.value, row.unit), _cell(row.ratio), row.against, row.verdict, row.note)
    console.print(table)
    console.print()


def summary(sections: Sequence[Section]) -> Section:
    """Return all rows of which something was expected, without their remarks."""
    rows = (row for section in sections for row in section.rows if row.target is not None)
    return Section("What was expected", tuple(replace(row, note="") for row in rows))


def environment() -> dict[str, Any]:
    """Return what the figures depend on besides the code."""
    versions = {name: _version(name) for name in PACKAGES}
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return {
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "load at the start": load,
        "python": platform.python_version(),
        **versions,
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def write_json(path: Path, sections: Sequence[Section], about: dict[str, Any]) -> None:
    """Write everything that was measured, quartiles included."""
    content = {
        "environment": about,
        "sections": [{"title": section.title, "rows": [_plain(row) for row in section.rows]} for section in sections],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _plain(row: Row) -> dict[str, Any]:
    spreads = {name: measured and measured._asdict() for name, measured in (("value", row.value), ("ratio", row.ratio))}
    return asdict(row) | spreads | {"target": row.target and str(row.target), "verdict": row.verdict}


def attempted(title: str, measure: Callable[[], Sequence[Row]]) -> Section:
    """Return a section; if its measurement fails, say so in its place, so that nothing measured before is lost."""
    try:
        return Section(title, tuple(measure()))
    except (OSError, RuntimeError, ValueError, MemoryError, ImportError, SubprocessError) as error:
        return Section(title, (not_available(title, f"{type(error).__name__} {error}"),))
