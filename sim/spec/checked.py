"""Models of which there are no unchecked copies: whatever is put into one is checked and read like a file."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema

from sim.spec.findings import Finding, ScenarioError, mismatch, unknown_field
from sim.spec.strictly import strictly
from sim.words import words

texts = words("findings")


class Checked(BaseModel):
    """A frozen model that refuses unknown fields, and checks its parts again wherever they were made."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, revalidate_instances="always", defer_build=True
    )

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take numbers, texts and truth values as they are."""
        strict: CoreSchema = strictly(handler(source))
        return strict

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with other values of some fields, checked and read as from a file.

        Parameters
        ----------
        update : mapping, optional
            Values by field.
        deep : bool
            Whether parts are copied as well; they are frozen, so it makes no difference to what they say.

        Returns
        -------
        Self
            Another object of the same class.

        Raises
        ------
        ScenarioError
            Where a field does not exist or its value is not allowed.

        Examples
        --------
        >>> sim.load("order_delivery").model_copy(update={"horizon_weeks": 20}).horizon_weeks
        20.0
        """
        if not isinstance(update, Mapping | None):
            raise ScenarioError([Finding(mismatch(update, texts.FIELDS_BY_NAME))])
        return again(super().model_copy(deep=deep), update or {})

    @classmethod
    def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:
        """Return a model of these values; they are checked, so that no misspelled one is lost.

        Parameters
        ----------
        _fields_set : set of str, optional
            Taken for the sake of pydantic; what is stated is what is given.
        **values
            Values by field.

        Returns
        -------
        Self
            An object of this class.

        Raises
        ------
        ScenarioError
            Where a field does not exist or its value is not allowed.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> Raci.model_construct(strength=0.5).strength
        0.5
        """
        return read(cls, values)


AnyModel = TypeVar("AnyModel", bound=BaseModel)


def read(cls: type[AnyModel], values: Mapping[str, Any]) -> AnyModel:
    """Return a model of these values, or say in sentences what is wrong with them."""
    # what explains a refusal knows all parts of a scenario, and these are models
    from sim.spec.explain import findings_of

    try:
        return cls.model_validate(values)
    except ValidationError as error:
        raise ScenarioError(findings_of(error, values, cls)) from None


def again(model: AnyModel, changes: Mapping[str, Any] | None = None) -> AnyModel:
    """Return a model of the same class, with the same private attributes, whose fields are checked once more.

    What nobody stated stays unstated, and follows whatever it depends on.
    """
    cls, values = type(model), _changed(model, changes or {})
    known = {*cls.model_fields, *written(cls)}
    if unknown := [name for name in values if name not in known and cls.model_config.get("extra") == "forbid"]:
        raise ScenarioError(unknown_field(name, written(cls), (name,)) for name in unknown)
    stated = {name for name, field in cls.model_fields.items() if {name, field.validation_alias} & set(changes or {})}
    return _remembering(read(cls, values), model, stated)


def revalidated(model: AnyModel) -> AnyModel:
    """Do what `again` does within the validation of something larger: what is refused is pydantic's to tell."""
    return _remembering(type(model).model_validate(held(model)), model)


def _changed(model: BaseModel, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a model with some changed, under the names they are given in Python or in files."""
    fields = type(model).model_fields
    called = {name: {name, field.validation_alias} for name, field in fields.items()}
    kept = {name: value for name, value in held(model).items() if not called.get(name, {name}) & set(changes)}
    return {**kept, **changes}


def _remembering(fresh: AnyModel, model: AnyModel, stated: Iterable[str] = ()) -> AnyModel:
    object.__setattr__(fresh, "__pydantic_fields_set__", model.model_fields_set.union(stated))
    return remembering(fresh, model)


def remembering(fresh: AnyModel, model: BaseModel) -> AnyModel:
    """Return a model that was made from what another one states, with that one's private attributes."""
    object.__setattr__(fresh, "__pydantic_private__", model.__pydantic_private__)
    return fresh


def unstated(model: AnyModel, values: Mapping[str, Any]) -> AnyModel:
    """Return a model that holds other values in some fields, which count as stated or not as before."""
    copied = BaseModel.model_copy(model)
    vars(copied).update(values)
    return copied


def written(cls: type[BaseModel]) -> list[str]:
    """Return the fields of a model as files call them."""
    return [str(field.validation_alias or name) for name, field in cls.model_fields.items()]


def held(model: BaseModel) -> dict[str, Any]:
    """Return what the fields of a model hold, and whatever else was put beside them; not what it only remembers."""
    cls, more = type(model), model.__pydantic_extra__ or {}
    return {
        name: value
        for name, value in {**vars(model), **more}.items()
        if not isinstance(getattr(cls, name, None), cached_property)
    }
