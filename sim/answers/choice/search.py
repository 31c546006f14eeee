"""A search for good bundles where there are too many to run them all: NSGA-II, by generations.

A whole generation is asked for, run as one experiment, and told in its order; then the next. Nothing depends on how
fast which run is, so that the same seed finds the same bundles on whatever engine. Objectives are those of the Pareto
front (Deb et al. 2002, IEEE Transactions on Evolutionary Computation 6: 182; by Optuna, Akiba et al. 2019, KDD '19).
What is drawn and takes too much, or cannot be had, stands for the part of it that can: it is told as what that came to.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from sim.spec.findings import TextError
from sim.words import words

texts = words("choice")

INSTALL = "pip install 'deptsim[answers]'"

GENERATIONS, POPULATION = 24, 40
"""Rounds of the search, and candidates in each."""

_SPEAKING = ("optuna.storages._in_memory", "optuna.study.study")
"""Loggers that write a line for every study and trial that is asked for."""

Losses: TypeAlias = tuple[float, ...]
"""What a candidate comes to, by objective; less is better, and NaN where it is not known."""

Candidate: TypeAlias = tuple[tuple[int, tuple[int, ...]], ...]
"""What is in a bundle: places of genes, the lowest first, each with the places of its doses."""


class SearchError(TextError):
    """A sentence about a search that cannot be made."""


@dataclass(frozen=True)
class Question:
    """What is searched for.

    Attributes
    ----------
    genes
        What bundles are made of: for each, how many values every dose of it may have; nothing where it has none.
    possible
        Returns what stands for a candidate: itself, or what of it can be had and is not too much. Always the same.
    tried
        Returns the losses of the candidates of a generation, by its number, which are run together; of a new one each.
    """

    genes: Sequence[tuple[int, ...]]
    possible: Callable[[Candidate], Candidate]
    tried: Callable[[int, Sequence[Candidate]], Sequence[Losses]]


def check_library() -> None:
    """Refuse to search without the library that it needs.

    Raises
    ------
    SearchError
        Saying how to get it.
    """
    if importlib.util.find_spec("optuna") is None:
        raise SearchError(texts.NEEDS_OPTUNA.format(command=INSTALL))


def searched(
    question: Question, seed: int, generations: int = GENERATIONS, population: int = POPULATION
) -> dict[Candidate, Losses]:
    """Return what every candidate that was tried came to, in the order in which they were found.

    Parameters
    ----------
    question
        What is searched for.
    seed
        Of the search.
    generations, population
        How many rounds, and how many candidates are asked for in each. Those that are known are not tried again.

    Raises
    ------
    SearchError
        If Optuna is not installed.
    """
    check_library()
    optuna = importlib.import_module("optuna")
    known: dict[Candidate, Losses] = {}
    with _silent():
        known.update(zip([()], question.tried(0, [()]), strict=True))
        sampler = optuna.samplers.NSGAIISampler(population_size=population, seed=seed % 2**32)
        study = optuna.create_study(directions=["minimize"] * len(known[()]), sampler=sampler)
        for one in _alone(question.genes)[: population // 2]:
            study.enqueue_trial(one)
        space = _space(optuna.distributions, question.genes)
        for number in range(1, generations + 1):
            _generation(study, [study.ask(space) for _ in range(population)], number, question, known)
    return known


def _generation(
    study: Any, trials: Sequence[Any], number: int, question: Question, known: dict[Candidate, Losses]
) -> None:
    """Try what is new in a generation, and tell all of it in its order."""
    candidates = [question.possible(_candidate(trial.params, question.genes)) for trial in trials]
    new = list(dict.fromkeys(one for one in candidates if one not in known))
    if new:
        known.update(zip(new, question.tried(number, new), strict=True))
    for trial, one in zip(trials, candidates, strict=True):
        unknown = bool(np.isnan(known[one]).any())
        trial.set_constraint("known", float(unknown))
        study.tell(trial, [0.0] * len(known[one]) if unknown else list(known[one]))


def _alone(genes: Sequence[tuple[int, ...]]) -> list[dict[str, Any]]:
    """Return each gene by itself at a dose in the middle, with which a search begins."""
    middle = {f"{gene}.{dose}": size // 2 for gene, sizes in enumerate(genes) for dose, size in enumerate(sizes)}
    return [{str(gene): gene == one for gene in range(len(genes))} | middle for one in range(len(genes))]


def _space(kinds: Any, genes: Sequence[tuple[int, ...]]) -> dict[str, Any]:
    """Return what is drawn: for every gene whether it is there, and its doses."""
    space: dict[str, Any] = {str(gene): kinds.CategoricalDistribution([False, True]) for gene in range(len(genes))}
    for gene, sizes in enumerate(genes):
        space |= {f"{gene}.{dose}": kinds.IntDistribution(0, size - 1) for dose, size in enumerate(sizes)}
    return space


def _candidate(params: Mapping[str, Any], genes: Sequence[tuple[int, ...]]) -> Candidate:
    """Return what was drawn; the dose of what is not there is nothing."""
    there = [(gene, sizes) for gene, sizes in enumerate(genes) if params[str(gene)]]
    return tuple((gene, tuple(params[f"{gene}.{dose}"] for dose in range(len(sizes)))) for gene, sizes in there)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep Optuna from writing lines of what is asked here; what others ask of it meanwhile is written as before."""
    here = threading.get_ident()

    def by_others(record: logging.LogRecord) -> bool:
        return record.thread != here or record.levelno >= logging.WARNING

    several = [logging.getLogger(name) for name in _SPEAKING]
    for one in several:
        one.addFilter(by_others)
    try:
        yield
    finally:
        for one in several:
            one.removeFilter(by_others)
