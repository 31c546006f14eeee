"""What an experiment file says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    PrivateAttr,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)

from sim.experiments.designs import DESIGNS, BaseDesign, Design, FullFactorial
from sim.experiments.factors import Factor
from sim.ownmeasures import Measure
from sim.scenario import Scenario
from sim.scenario.changes import plain_values
from sim.spec.base import Description, FileFormat, Label, List, Model, Name, Table, number, refuse, text_of, whole
from sim.words import Text, series, words

texts = words("experimentfile")

MOST_REPLICATIONS = 1_000_000
_COUNT = whole(1, MOST_REPLICATIONS)
Count: TypeAlias = Annotated[int, _COUNT]


class StoppingRule(Model):
    """Replications go on until a mean is known well enough; it is looked at after complete rounds only."""

    at_least: Annotated[int, whole(2, MOST_REPLICATIONS)] = 10
    """Replications of every point in the first round."""
    at_most: Annotated[int, whole(2, MOST_REPLICATIONS)] = 400
    """Replications of a point after which it ends in any case."""
    round: Count = 10
    """Replications of every further round."""
    measure: str
    """The measure whose mean is to be known."""
    half_width: Annotated[float, number(0.0, 1e9, above=True)]
    """Half the width of its 95 % interval: in points for a share, otherwise in the unit of the measure."""
    of: Literal["mean", "difference"] = "mean"
    """Of what: the mean of a point, or its difference from the first point of the same organization."""


class SelectionRule(Model):
    """Replications go on until the best point is known; it is looked at after complete rounds only."""

    select: Literal["best"] = "best"
    """Best: points are run on until it is known which is best."""
    at_least: Annotated[int, whole(2, MOST_REPLICATIONS)] = 20
    """Replications of every point in the first round, from which it is known how much differences vary."""
    at_most: Annotated[int, whole(2, MOST_REPLICATIONS)] = 1000
    """Replications after which it ends, even if several points are left: then nothing is guaranteed."""
    round: Count = 10
    """Replications of every further round."""
    measure: str
    """The measure by which points are compared."""
    zone: Annotated[float, number(0.0, 1e9, above=True)]
    """Indifference zone: the least difference worth finding, in points of a share, else in the unit of the measure."""
    confidence: Annotated[float, number(0.5, 1.0, below=True)] = 0.95
    """How sure the selection is to be, of all groups and organizations together."""
    groups: Table[Name, List[Annotated[int, whole(0, 2_000_000)]]] = Field(default={})
    """Points by number, by group: the best of each is looked for; empty = one group of all points."""


def _how_often(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """Read what has fields as a rule, and anything else as a number, so that each is told what it should be."""
    if isinstance(value, SelectionRule) or (isinstance(value, Mapping) and "select" in value):
        return SelectionRule.model_validate(value)
    if isinstance(value, Mapping | StoppingRule):
        return StoppingRule.model_validate(value)
    try:
        return read(value)
    except ValidationError:
        raise refuse(texts.REPLICATIONS.format(bounds=_COUNT.phrase)) from None


Replications: TypeAlias = Annotated[Count | StoppingRule | SelectionRule, WrapValidator(_how_often)]
"""How often: a number, or a rule that says when it is enough."""


def _organization(value: Any) -> str | Scenario:
    if isinstance(value, Scenario) or (isinstance(value, str) and value.strip()):
        return value
    raise refuse(texts.A_SCENARIO)


def _looked_at(value: Any) -> str | Measure:
    if isinstance(value, Measure) or (isinstance(value, str) and value.strip()):
        return value
    raise refuse(texts.A_MEASURE)


def _called(value: Any) -> str:
    return value if isinstance(value, str) else str(value.name)


_TEXT = WithJsonSchema({"type": "string"})
Organization: TypeAlias = Annotated[str | Scenario, PlainValidator(_organization), PlainSerializer(_called), _TEXT]
"""An organization: by shipped name, by file, or, in Python, the scenario itself."""

LookedAt: TypeAlias = Annotated[str | Measure, PlainValidator(_looked_at), PlainSerializer(_called), _TEXT]
"""A measure: by name, by import path, or, in Python, the measure itself."""


Values: TypeAlias = Annotated[Table[str, Any], BeforeValidator(plain_values)]
"""Values by place; numbers of other libraries are made Python's own."""


def _several(value: Any) -> Any:
    """Let one organization stand for a list of one."""
    return (value,) if isinstance(value, str | Scenario) else value


def _one_or_several(value: Any) -> Any:
    """Let one text stand for a list of one."""
    return (value,) if isinstance(value, str | Measure) else value


def _by_name(value: Any) -> Any:
    """Let the name of a design stand for one in which everything is as usual."""
    if isinstance(value, str):
        return {"kind": value}
    if isinstance(value, BaseDesign) or (isinstance(value, Mapping) and isinstance(value.get("kind"), str)):
        return value
    raise refuse(texts.A_DESIGN.format(known=series(one.model_fields["kind"].default for one in DESIGNS)))


class Experiment(Model):
    """Runs by design: which organizations, what is varied, at which points, how often, and what is looked at."""

    format: FileFormat = 1
    """The version of this file format."""
    name: Name = "experiment"
    """What the experiment is called; the name of its file where it says nothing."""
    title: Label = ""
    """What people call it."""
    question: Description = ""
    """What it is to answer."""
    answer: Description = ""
    """What was found, in a sentence with its interval."""
    scenarios: Annotated[List[Organization], BeforeValidator(_several)] = Field(min_length=1)
    """The organizations, by shipped name or file."""
    set_: Values = Field(default={}, validation_alias="set", serialization_alias="set")
    """Values that hold in all of them at every point, by place."""
    factors: Table[Name, Factor] = Field(default={}, validate_default=True)
    """What is varied, by name."""
    design: Annotated[Design, BeforeValidator(_by_name)] = FullFactorial()
    """At which points."""
    replications: Replications = 50
    """How often each point is run: a number, or a rule that says when it is enough."""
    measures: Annotated[List[LookedAt], BeforeValidator(_one_or_several)] = ()
    """The measures that the answer is about, the first before all; empty = the usual ones; all are stored."""
    tables: Annotated[List[str], BeforeValidator(_one_or_several)] = ()
    """Tables that are stored of every run beside its measures."""
    seed: Annotated[int, whole(0, 2**63 - 1)] = 1
    """Chooses the luck, and whatever the design draws."""
    luck: Literal["shared", "own"] = "shared"
    """Whether all points meet the same luck in a replication, or each point its own: then runs are independent."""
    block: Annotated[int, whole(1, 100_000)] = 64
    """Runs in a block: what is given to a worker, and written, at a time."""
    engine: Literal["threads", "processes", "dask"] = "threads"
    """On what it runs, unless somebody says otherwise; no result depends on it."""

    _folder: str = PrivateAttr(default="")

    @property
    def label(self) -> Text:
        """What people call it."""
        return text_of(self.title, self.name)

    @property
    def folder(self) -> Path | None:
        """From where the files and modules that it names are found; None where it is in no file."""
        return Path(self._folder) if self._folder else None

    def found_in(self, folder: Path | None) -> Experiment:
        """Return the same experiment, whose files and modules are found from a folder."""
        found = self.model_copy()
        found._folder = "" if folder is None else str(folder)
        return found
