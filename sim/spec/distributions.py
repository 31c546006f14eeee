"""How long work takes: the distributions a scenario may name."""

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

from pydantic import GetJsonSchemaHandler, model_serializer, model_validator
from pydantic_core import core_schema

from sim.spec.base import Bounds, Model, number, refuse
from sim.spec.findings import listed
from sim.spec.nearest import did_you_mean
from sim.words import Text, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

texts = words("findings")

Family = Literal["deterministic", "exponential", "gamma", "lognormal", "uniform", "triangular", "empirical"]

EMPIRICAL = "empirical"
"""The family of what was observed: quantiles at even shares, from the shortest to the longest, and straight between."""

MOST_QUANTILES = 101

_POSITIVE = number(0.0, 100_000.0, above=True)
_NOT_NEGATIVE = number(0.0, 100_000.0)
_CV = number(0.0, 20.0)
_NO_SPREAD = 1e-6

FAMILIES: Mapping[str, Mapping[str, Bounds]] = {
    "deterministic": {"mean": _NOT_NEGATIVE},
    "exponential": {"mean": _POSITIVE},
    "gamma": {"mean": _POSITIVE, "cv": _CV},
    "lognormal": {"mean": _POSITIVE, "cv": _CV},
    "uniform": {"low": _NOT_NEGATIVE, "high": _POSITIVE},
    "triangular": {"low": _NOT_NEGATIVE, "mode": _NOT_NEGATIVE, "high": _POSITIVE},
}
"""The parameters of each family but `empirical`, all in hours but `cv` (standard deviation over mean)."""


NAMED = (*FAMILIES, EMPIRICAL)
"""All families."""


def _written(family: str) -> Text:
    names = FAMILIES[family]
    form = texts.HOURS_WORD if len(names) == 1 else Text(*[f"{{{', '.join(f'{n}: ...' for n in names)}}}"] * 2)
    return Text("{{{family}: {form}}}", "{{{family}: {form}}}").format(family=family, form=form)


def _spelled(family: Any, parameters: Any) -> Any:
    """Return a distribution as files write it."""
    if family == EMPIRICAL and isinstance(parameters, list | tuple):
        return {family: list(parameters)}
    if not isinstance(family, str) or family not in FAMILIES:
        raise refuse(texts.FAMILY_NAME.format(known=listed(NAMED), hint=did_you_mean(family, NAMED)))
    names = FAMILIES[family]
    if not isinstance(parameters, list | tuple) or len(parameters) != len(names):
        raise refuse(texts.PARAMETERS.format(count=len(names), names=listed(names), family=family))
    return {family: dict(zip(names, parameters, strict=True))}


def _parse(value: Any) -> tuple[str, Mapping[str, Any]]:
    """Return family and parameters of a distribution as files write it: ``3.0`` or ``{gamma: {mean: 3, cv: 1}}``."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "deterministic", {"mean": value}
    if not isinstance(value, Mapping) or len(value) != 1:
        raise refuse(texts.HOURS.format(one=_written("exponential"), other=_written("gamma")))
    family, given = next(iter(value.items()))
    if family == EMPIRICAL:
        return family, {"quantiles": given}
    if family not in FAMILIES:
        raise refuse(texts.FAMILY.format(known=listed(NAMED), hint=did_you_mean(family, NAMED)))
    if not isinstance(given, Mapping):
        given = {"mean": given} if len(FAMILIES[family]) == 1 else {}
    if set(given) != set(FAMILIES[family]):
        raise refuse(texts.FORM.format(form=_written(family)))
    return family, given


def is_written(value: Any) -> bool:
    """Tell whether a value is a distribution as files write it, but for a plain number."""
    return isinstance(value, Mapping) and len(value) == 1 and next(iter(value)) in NAMED


def _quantiles(given: Any) -> tuple[float, ...]:
    """Return quantiles that were written."""
    form = texts.QUANTILES.format(most=MOST_QUANTILES)
    if not isinstance(given, list | tuple) or not 2 <= len(given) <= MOST_QUANTILES:
        raise refuse(form)
    if not all(map(_NOT_NEGATIVE.allows, given)) or list(given) != sorted(given) or given[-1] <= 0.0:
        raise refuse(form)
    return tuple(map(float, given))


def _checked(family: str, given: Mapping[str, Any]) -> tuple[float, ...]:
    if family == EMPIRICAL:
        return _quantiles(given["quantiles"])
    for name, bounds in FAMILIES[family].items():
        if not bounds.allows(given[name]):
            raise refuse(texts.PARAMETER.format(bounds=bounds.phrase, name=name, family=family))
    values = tuple(float(given[name]) for name in FAMILIES[family])
    if family in ("uniform", "triangular") and (list(values) != sorted(values) or values[0] == values[-1]):
        raise refuse(texts.ASCENDING.format(names=" <= ".join(FAMILIES[family]), family=family))
    return values


class Work(Model):
    """Hours of work as a distribution: ``3.0``, ``{lognormal: {mean: 3, cv: 0.5}}``, ``{empirical: [0, 1, 2, 9]}``.

    Examples
    --------
    >>> from sim.spec.distributions import Work
    >>> Work.model_validate({"gamma": {"mean": 2.0, "cv": 1.0}}).mean
    2.0
    """

    family: Family
    """Which distribution."""
    parameters: tuple[float, ...]
    """Its parameters in the order of `FAMILIES`; of `empirical` its quantiles."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and set(value) == {"family", "parameters"}:
            value = _spelled(value["family"], value["parameters"])
        family, given = _parse(value)
        return {"family": family, "parameters": _checked(family, given)}

    @model_serializer(mode="plain")
    def _write(self) -> Any:
        if self.family == "deterministic":
            return self.parameters[0]
        if self.family == "exponential":
            return {self.family: self.parameters[0]}
        if self.family == EMPIRICAL:
            return {self.family: list(self.parameters)}
        return {self.family: dict(zip(FAMILIES[self.family], self.parameters, strict=True))}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe the written form, not the fields."""
        del schema, handler
        forms = [*map(_family_schema, FAMILIES), _EMPIRICAL_SCHEMA]
        return {"anyOf": [_NOT_NEGATIVE.json_schema, *forms], "description": "hours of work"}

    @classmethod
    def deterministic(cls, hours: float) -> "Work":
        """Return work that always takes the same time."""
        return cls.model_validate(hours)

    @classmethod
    def exponential(cls, mean: float) -> "Work":
        """Return exponentially distributed work."""
        return cls.model_validate({"exponential": mean})

    @classmethod
    def gamma(cls, mean: float, cv: float) -> "Work":
        """Return gamma distributed work."""
        return cls.model_validate({"gamma": {"mean": mean, "cv": cv}})

    @classmethod
    def lognormal(cls, mean: float, cv: float) -> "Work":
        """Return lognormally distributed work."""
        return cls.model_validate({"lognormal": {"mean": mean, "cv": cv}})

    @classmethod
    def empirical(cls, quantiles: Sequence[float]) -> "Work":
        """Return work as it was observed: quantiles at even shares, from the shortest to the longest."""
        return cls.model_validate({EMPIRICAL: list(quantiles)})

    @property
    def mean(self) -> float:
        """Mean hours."""
        if self.family == EMPIRICAL:
            return math.fsum(map(math.fsum, itertools.pairwise(self.parameters))) / (2 * (len(self.parameters) - 1))
        if self.family in ("uniform", "triangular"):
            return math.fsum(self.parameters) / len(self.parameters)
        return self.parameters[0]

    @property
    def cv(self) -> float:
        """Standard deviation over mean."""
        return _SPREADS[self.family](self.parameters) / self.mean if self.mean > 0 else 0.0

    def quantile(self, u: "NDArray[np.float64]") -> "NDArray[np.float64]":
        """Return the hours below which a share `u` of the work lies (the inverse distribution function)."""
        import numpy as np

        shares = np.asarray(u, dtype=np.float64)
        if self.family == EMPIRICAL:
            return np.interp(shares, np.linspace(0.0, 1.0, len(self.parameters)), self.parameters)
        return np.asarray(_QUANTILES[self.family](shares, *self.parameters))


def _family_schema(family: str) -> dict[str, Any]:
    names = FAMILIES[family]
    fields = {name: bounds.json_schema for name, bounds in names.items()}
    full = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    inner = {"anyOf": [fields["mean"], full]} if len(names) == 1 else full
    return {"type": "object", "properties": {family: inner}, "required": [family], "additionalProperties": False}


_EMPIRICAL_SCHEMA = {
    "type": "object",
    "properties": {
        EMPIRICAL: {"type": "array", "items": _NOT_NEGATIVE.json_schema, "minItems": 2, "maxItems": MOST_QUANTILES}
    },
    "required": [EMPIRICAL],
    "additionalProperties": False,
}


def _empirical_sd(p: tuple[float, ...]) -> float:
    """Return the standard deviation of what is straight between quantiles."""
    mean = math.fsum(map(math.fsum, itertools.pairwise(p))) / (2 * (len(p) - 1))
    squares = math.fsum((a - mean) ** 2 + (a - mean) * (b - mean) + (b - mean) ** 2 for a, b in itertools.pairwise(p))
    return math.sqrt(squares / (3 * (len(p) - 1)))


def _triangular_sd(p: tuple[float, ...]) -> float:
    a, m, b = p
    return math.sqrt((a * a + m * m + b * b - a * m - a * b - m * b) / 18.0)


_SPREADS = {
    "deterministic": lambda _: 0.0,
    "exponential": lambda p: p[0],
    "gamma": lambda p: p[0] * p[1],
    "lognormal": lambda p: p[0] * p[1],
    "uniform": lambda p: (p[1] - p[0]) / math.sqrt(12.0),
    "triangular": _triangular_sd,
    EMPIRICAL: _empirical_sd,
}
"""Standard deviations by family."""


def _constant(u: Any, value: float) -> Any:
    import numpy as np

    return np.full_like(u, value)


def _exponential(u: Any, mean: float) -> Any:
    import numpy as np

    with np.errstate(divide="ignore"):
        return -mean * np.log1p(-u)


def _gamma(u: Any, mean: float, cv: float) -> Any:
    from scipy.special import gammaincinv

    if cv < _NO_SPREAD:
        return _constant(u, mean)
    return gammaincinv(cv**-2, u) * mean * cv**2


def _lognormal(u: Any, mean: float, cv: float) -> Any:
    import numpy as np
    from scipy.special import ndtri

    if cv < _NO_SPREAD:
        return _constant(u, mean)
    variance = math.log1p(cv * cv)
    return np.exp(math.log(mean) - variance / 2.0 + math.sqrt(variance) * ndtri(u))


def _uniform(u: Any, low: float, high: float) -> Any:
    return low + (high - low) * u


def _triangular(u: Any, low: float, mode: float, high: float) -> Any:
    import numpy as np

    width = high - low
    rising = low + np.sqrt(u * width * (mode - low))
    return np.where(u * width <= mode - low, rising, high - np.sqrt((1.0 - u) * width * (high - mode)))


_QUANTILES: Mapping[str, Any] = {
    "deterministic": _constant,
    "exponential": _exponential,
    "gamma": _gamma,
    "lognormal": _lognormal,
    "uniform": _uniform,
    "triangular": _triangular,
}
assert {*_QUANTILES, EMPIRICAL} == set(_SPREADS) == set(NAMED) == set(get_args(Family))
