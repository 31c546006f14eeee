"""Designs: at which points of its factors an experiment is made."""

from __future__ import annotations

from typing import Annotated, Any, get_args

from pydantic import Field, SerializerFunctionWrapHandler, WrapSerializer

from sim.experiments.designs.aliases import Alias
from sim.experiments.designs.base import BaseDesign
from sim.experiments.designs.explicit import Points
from sim.experiments.designs.grids import DoseResponse, FullFactorial, OneAtATime
from sim.experiments.designs.laidout import DesignPoints
from sim.experiments.designs.sampling import LatinHypercube, Morris, SobolIndices, SobolSequence
from sim.experiments.designs.screening import FractionalFactorial, PlackettBurman, TwoLevels

AnyKind = (
    Points
    | FullFactorial
    | FractionalFactorial
    | PlackettBurman
    | LatinHypercube
    | SobolSequence
    | OneAtATime
    | Morris
    | SobolIndices
    | DoseResponse
)

DESIGNS: tuple[type[BaseDesign], ...] = get_args(AnyKind)
"""Every kind of design."""

RESERVED = frozenset(column for one in DESIGNS for column in one.columns)
"""Columns that points may have beside the factors: no factor can be called so."""


def _with_kind(design: Any, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
    """Write the kind first, although it is at its default: without it nobody could tell what it is."""
    said: dict[str, Any] = handler(design)
    return {"kind": design.kind, **said}


Design = Annotated[AnyKind, Field(discriminator="kind"), WrapSerializer(_with_kind)]
"""Any design, told apart by its `kind`."""

__all__ = [
    "DESIGNS",
    "RESERVED",
    "Alias",
    "BaseDesign",
    "Design",
    "DesignPoints",
    "DoseResponse",
    "FractionalFactorial",
    "FullFactorial",
    "LatinHypercube",
    "Morris",
    "OneAtATime",
    "PlackettBurman",
    "Points",
    "SobolIndices",
    "SobolSequence",
    "TwoLevels",
]
