"""What became of releases: when each went, how much it took along, which items caught the one they were meant for."""

from itertools import chain
from typing import Any

import numpy as np

from sim.frames import Rows, names_of
from sim.kernel.releases import MOMENTS
from sim.outcome import Columns, Outcome, share
from sim.vocab import DAY

ROUNDING = 1e-6
"""Hours by which a release may miss its date and still be on it."""


def _dates(outcome: Outcome) -> Any:
    """Return cut-off, date and latest moment of all releases, one after another."""
    params = outcome.compiled.params
    rows = [
        params.numbers[one["dates"] : one["dates"] + MOMENTS * one["n_dates"]].reshape(-1, MOMENTS)
        for one in params.releases
    ]
    return np.concatenate([np.zeros((0, MOMENTS)), *rows])


def releases_rows(outcome: Outcome) -> Rows:
    """Return every release whose date lies within the run: when its list was closed, when it went and with how much.

    One that has not gone by the end has no moment at which it went, and no items.
    """
    releases, end = outcome.compiled.params.releases, outcome.compiled.end
    dates, gone = _dates(outcome), outcome.departures
    counts = releases["n_dates"].tolist()
    kept = np.flatnonzero(dates[:, 1] <= end)
    number = np.array(list(chain.from_iterable(map(range, counts))), dtype=np.int64)
    cut_off, date, _ = dates[kept].T
    return {
        "release": names_of(tuple(outcome.compiled.scenario.releases), np.repeat(np.arange(len(counts)), counts)[kept]),
        "number": number[kept],
        "cut_off": cut_off,
        "date": date,
        "went": gone["went"][kept],
        "items": gone["items"][kept].astype(np.int64),
        "left": gone["left"][kept].astype(np.int64),
    }


def release_measures(outcome: Outcome) -> dict[str, float]:
    """Return how punctual the releases due within the horizon are; one that has not gone counts up to the end."""
    dates = _dates(outcome)[:, 1]
    begin, end = outcome.window
    counted = (dates >= begin) & (dates < end)
    went = outcome.departures["went"][: len(dates)]
    late = (np.where(np.isnan(went), outcome.compiled.end, went) - dates)[counted]
    return {
        "releases_on_time": share((late <= ROUNDING).sum(), len(late)),
        "release_slip_days": float(late.mean() / DAY) if len(late) else np.nan,
        "items_per_release": share(outcome.departures["items"][: len(dates)][counted].sum(), len(late)),
    }


def caught(outcome: Outcome, cases: Columns, kept: Any) -> float:
    """Return the share of the accepted cases that went with the release they were accepted for, if that has gone."""
    params = outcome.compiled.params
    rides, dates = params.processes["release"][cases["process"]], _dates(outcome)
    met = meant = 0
    for k, one in enumerate(params.releases):
        mine = np.flatnonzero(kept & (rides == k))
        first, n = int(one["first"]), int(one["n_dates"])
        number = np.searchsorted(dates[first : first + n, 0], cases["arrival"][mine], side="left")
        gone = np.append(~np.isnan(outcome.departures["went"][first : first + n]), False)[number]
        on_board = ~np.isnan(cases["served"][mine]) & (cases["releases_missed"][mine] == 0)
        meant += int(gone.sum())
        met += int((gone & on_board).sum())
    return share(met, meant)
