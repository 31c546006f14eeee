"""The scenario: an organization, how long to watch it, and what to try."""

import inspect
import os
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from pydantic_core import CoreSchema

from sim.interventions import INTERVENTIONS, AnyIntervention, Intervention, introduced
from sim.interventions.needs import Situation
from sim.interventions.own import is_own
from sim.scenario.agreed import check_agreed
from sim.scenario.changes import Changes
from sim.scenario.checks import check_organization
from sim.scenario.dates import check_start, numbered
from sim.scenario.effort import check_effort
from sim.scenario.expected import Expected, check_expected
from sim.scenario.hashed import hash_of
from sim.scenario.holidays import check_closures, check_days_off
from sim.scenario.idle import check_idle
from sim.scenario.known import Known
from sim.scenario.notes import Notes
from sim.scenario.plans import (
    check_counted,
    check_interventions,
    check_measures,
    check_run,
    check_starts,
    check_tail,
)
from sim.scenario.releases import check_departures
from sim.scenario.reshaping import check_reshaped
from sim.scenario.seasons import check_peaks, check_profiles
from sim.scenario.shocks import check_shocks, counted_cases
from sim.scenario.together import check_together
from sim.scenario.uncertain import Range, check_ranges
from sim.scenario.window import usual_tail
from sim.spec.base import Description, FileFormat, Label, List, Model, Name, Reference, Table, number, text_of
from sim.spec.checked import again, read, revalidated
from sim.spec.closures import Closure
from sim.spec.dates import Date
from sim.spec.findings import Finding, Path, ScenarioError, errors
from sim.spec.meanings import sentence_on
from sim.spec.organization import Organization
from sim.spec.profiles import Profile
from sim.spec.shocks import AnyShock, hour
from sim.words import words
from sim.words.environment import of_environment

MAX_SHOCKS = 200
MAX_CLOSURES = 2000
Weeks = Annotated[float, number(0.0, 100_000.0)]


def _read_intervention(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """Let ``raci`` stand for ``{kind: raci}``, and keep whatever class of intervention Python hands over."""
    if isinstance(value, Intervention):
        return revalidated(value)
    return read({"kind": value} if isinstance(value, str) else value)


def written_intervention(intervention: Intervention) -> str | dict[str, Any]:
    """Return an intervention as files write it: its kind, with the doses that are not as usual."""
    doses = intervention.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    doses.pop("kind", None)
    if "adoption" in doses:
        usual = type(intervention).model_fields["adoption"].default.model_dump()
        told = intervention.adoption.model_dump()
        doses["adoption"] = {name: value for name, value in told.items() if value != usual[name]}
    if intervention.preset is not None:
        doses = {"preset": intervention.preset, **_beside_preset(intervention, doses)}
    return {"kind": intervention.kind, **doses} if doses else intervention.kind


def _beside_preset(intervention: Intervention, doses: Mapping[str, Any]) -> dict[str, Any]:
    """Return the doses that are not what their preset says, also where they are what is usual without it."""
    said = type(intervention).presets[str(intervention.preset)]
    ready = intervention.model_copy(update=said).model_dump(mode="json")
    told = intervention.model_dump(mode="json")
    kept = {name: value for name, value in doses.items() if name not in said}
    return kept | {name: told[name] for name in said if told[name] != ready[name]}


class _Shorthand:
    """Tells editors that the kind alone will do."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(INTERVENTIONS)}, handler(schema)]}


Try = Annotated[AnyIntervention, WrapValidator(_read_intervention), PlainSerializer(written_intervention), _Shorthand()]
"""An intervention, written ``raci`` or ``{kind: raci, strength: 0.5}``."""


class _Added(Model):
    """What is added to the interventions of a scenario, so that mistakes are told as in a file."""

    interventions: List[Try]

    @property
    def begun(self) -> tuple[Any, ...]:
        """The interventions with the week in which they begin."""
        return tuple(introduced(one) for one in self.interventions)


class Suggestion(Model):
    """One alternative of the comparison that a scenario suggests."""

    label: Label
    """What tables call it."""
    with_: List[Try] = Field(validation_alias="with", serialization_alias="with")
    """The interventions that it adds; `bundle:NAME` stands for those of a bundle."""
    set_: Table[str, Any] = Field(default={}, validation_alias="set", serialization_alias="set", validate_default=True)
    """Values of the organization that it sets, by place."""


class Scenario(Organization):
    """An organization, how long to watch it, and what to try; a scenario that exists has passed all checks.

    It is frozen: `changed`, `with_interventions` and `model_copy` return others.

    Examples
    --------
    >>> scenario = sim.load("order_delivery")
    >>> scenario.departments["production"].staff, list(scenario.processes["order"].steps)
    (13, ['sign', 'procure', 'produce', 'deliver'])
    """

    format: FileFormat = 1
    """The version of this file format."""
    name: Name = "scenario"
    """What the scenario is called; the name of its file where it says nothing."""
    title: Label = ""
    """A heading for people."""
    description: Description = ""
    """What it shows."""
    outside: Label = ""
    """What reports call the time that passes outside (`external`); empty = supplier, carrier, customer."""
    horizon_weeks: Annotated[float, number(0.0, 100_000.0, above=True)] = 50.0
    """Weeks that are watched: every case that arrives within them counts."""
    warmup_weeks: Weeks = 10.0
    """Weeks before, in which the organization gets going and nothing is counted."""
    tail_weeks: Annotated[float, number(0.0, 100_000.0, above=True)] | None = None
    """Weeks after, to finish in; empty = 3 longest targets, 1 to 12 but at least one target; 12 if some have none."""
    starts_on: Date | None = None
    """The date on which counting begins; then dates may be written for weeks, days and hours; empty = no dates."""
    profiles: Table[Name, Profile] = Field(default={}, validate_default=True)
    """How demand is spread over the hours of a week and over a year, by name; processes refer to them."""
    closures: List[Closure] = Field(default=(), max_length=MAX_CLOSURES)
    """Days on which calendars are closed, such as holidays."""
    interventions: List[Try] = ()
    """What the organization does already: from the start of the run, unless they say when."""
    shocks: List[AnyShock] = Field(default=(), max_length=MAX_SHOCKS)
    """What happens to it from outside, with and without interventions."""
    measures: List[str] = ()
    """What to report; empty = the usual measures."""
    compare: List[Suggestion] = ()
    """The comparison this scenario suggests."""
    ranges: Table[Reference, Range] = Field(default={}, validate_default=True)
    """What is known of numbers that are uncertain: lowest and highest value, by place or measure."""
    expected: Expected | None = None
    """What its figures are known to be as it is, before anything else is tried; empty = nothing is known."""

    __iter__ = None  # type: ignore[assignment]  # Mesa and others take what can be iterated for many values

    @property
    def weeks(self) -> float:
        """Weeks of a run: warm-up, horizon and tail."""
        return self.warmup_weeks + self.horizon_weeks + self.tail

    @property
    def tail(self) -> float:
        """Weeks after the horizon: as long as a case that counts is waited for."""
        return usual_tail(self) if self.tail_weeks is None else self.tail_weeks

    @property
    def window(self) -> tuple[float, float]:
        """Begin and end of the time in which arriving cases count, in hours of the run."""
        return hour(0.0, self.warmup_weeks), hour(self.horizon_weeks, self.warmup_weeks)

    @property
    def hash(self) -> str:
        """SHA-256 of all that is said about the world and the run; not comments, words for people and `expected`."""
        return hash_of(self)

    def changed(self, changes: Changes) -> "Scenario":
        """Return this scenario with single values set; this one stays as it is.

        It means what ``sim.load(name, changes=...)`` means for the file of this scenario: mappings are merged, lists
        and other values replaced, and what nobody states goes on following whatever it depends on, as the pace.

        Parameters
        ----------
        changes
            Values by place, written as findings name them: ``departments.sales.staff``, ``compare[0].with[0].minutes``.
            None removes what stands there.

        Returns
        -------
        Scenario
            Another scenario that has passed all checks, with the same name, labels and order.

        Raises
        ------
        ScenarioError
            Where a place or a value is wrong; every finding is one sentence, with the nearest name for a misspelling.

        Examples
        --------
        >>> import sim
        >>> scenario = sim.load("order_delivery")
        >>> other = scenario.changed({"departments.production.staff": 15, "levers.latency": 2})
        >>> scenario.departments["production"].staff, other.departments["production"].staff
        (13, 15)
        """
        # what is read again is a scenario, so reading knows what one is
        from sim.scenario.restated import restated

        return restated(self, changes)

    def with_interventions(self, added: Iterable[Intervention | str | Mapping[str, Any]]) -> "Scenario":
        """Return this scenario with interventions added to those it has.

        They begin in week 0, when counting begins, unless they say when.

        Parameters
        ----------
        added : iterable of Intervention, str or mapping
            Interventions, their kinds, or their fields: ``["raci", {"kind": "daily_standup", "minutes": 10}]``; or
            bundles (``"bundle:rules_only"``) that set no values of the organization.

        Returns
        -------
        Scenario
            Another scenario that has passed all checks.

        Raises
        ------
        ScenarioError
            If an intervention does not exist, or cannot be had beside the others.

        Examples
        --------
        >>> scenario = sim.load("order_delivery").with_interventions(["raci"])
        >>> [(one.kind, one.start_week) for one in scenario.interventions]
        [('raci', 0.0)]
        """
        if isinstance(added, str):
            raise ScenarioError([Finding(words("checks").TEXT_FOR_LIST.format(text=added))])
        # bundles are made of what a scenario may have
        from sim.scenario.unbundled import without_bundles

        dated = numbered({"interventions": without_bundles(added)}, vars(self))
        more = read(_Added, dated).begun
        notes = Notes()
        check_interventions(notes, more, self, ("interventions",), self.interventions)
        check_starts(notes, more, self.warmup_weeks, self.horizon_weeks, ("interventions",))
        if not errors(notes.findings):
            check_agreed(notes, more, self, ("interventions",), self.warmup_weeks, self.interventions)
        if wrong := errors(notes.findings):
            raise ScenarioError(wrong)
        # what its figures are known to be is known of it without them
        return self.model_copy(update={"interventions": self.interventions + more, "expected": None})

    def _repr_html_(self) -> str:
        # how it looks is made from what it is
        from sim.scenario.view import html_of

        return html_of(self, of_environment(os.environ))

    @model_validator(mode="before")
    @classmethod
    def _without_dates(cls, data: Any) -> Any:
        return numbered(data) if isinstance(data, Mapping) else data

    @model_validator(mode="after")
    def _passes(self, info: ValidationInfo) -> "Scenario":
        """Refuse what is wrong; whoever gives a list as context finds there what was noted."""
        found = findings_in(self)
        if wrong := errors(found):
            raise ScenarioError(wrong)
        if isinstance(info.context, list):
            info.context.extend(found)
        return self


def _fields_told() -> str:
    """Return what `help` says of every field."""
    told = ["Parameters", "----------"]
    for name in Scenario.model_fields:
        meaning = sentence_on(Scenario.__name__, name)
        told += [name, *textwrap.wrap(meaning, 114, initial_indent="    ", subsequent_indent="    ")]
    return "\n".join(told)


if Scenario.__doc__ is not None:  # as it is where Python is told to leave texts away
    Scenario.__doc__ = f"{inspect.cleandoc(Scenario.__doc__)}\n\n{_fields_told()}\n"


def examined(scenario: object) -> Scenario:
    """Return a scenario checked once more, in case it was changed behind its back; refuse whatever is none."""
    if not isinstance(scenario, Scenario):
        hint = f": write sim.load({scenario!r})" if isinstance(scenario, str) else ""
        raise TypeError(f"scenario: found {scenario!r:.200}, expected a scenario{hint}")
    return again(scenario)


def findings_in(scenario: Scenario) -> tuple[Finding, ...]:
    """Return what is wrong with a scenario beyond types (a scenario that exists has only warnings)."""
    tried = (one for alternative in scenario.compare for one in alternative.with_)
    if any(isinstance(one, Intervention) and is_own(one) for one in (*scenario.interventions, *tried)):
        return _examined(scenario)  # what they say is up to their code
    return _KNOWN.findings(scenario)


def _examined(scenario: Scenario) -> tuple[Finding, ...]:
    notes = Notes()
    warmup, horizon = scenario.warmup_weeks, scenario.horizon_weeks
    check_organization(notes, scenario)
    check_start(notes, scenario.starts_on, warmup)
    check_closures(notes, scenario)
    check_profiles(notes, scenario)
    check_run(notes, scenario, warmup, horizon, scenario.tail_weeks)
    check_measures(notes, scenario.measures, scenario)
    check_expected(notes, scenario.expected, scenario)
    check_interventions(notes, scenario.interventions, scenario, ("interventions",))
    check_starts(notes, scenario.interventions, warmup, horizon, ("interventions",))
    check_shocks(notes, scenario.shocks, scenario, warmup, horizon)
    labels = [text_of(alternative.label).en for alternative in scenario.compare]
    notes.once(("compare",), labels)
    for index, alternative in enumerate(scenario.compare):
        path = ("compare", index, "with")
        check_interventions(notes, alternative.with_, scenario, path, scenario.interventions)
        check_starts(notes, map(introduced, alternative.with_), warmup, horizon, path)
    if not errors(notes.findings):
        check_days_off(notes, scenario)
        check_peaks(notes, scenario)
        check_departures(notes, scenario)
    if not errors(notes.findings):
        check_effort(notes, scenario)
        shocks = scenario.shocks
        counted = {name: counted_cases(scenario, shocks, name, warmup, horizon) for name in scenario.processes}
        check_counted(notes, counted, scenario)
        check_tail(notes, scenario, warmup, horizon, scenario.tail_weeks)
        check_ranges(notes, scenario)
        check_agreed(notes, scenario.interventions, scenario, ("interventions",), warmup)
        check_together(notes, scenario.interventions, scenario, ("interventions",))
        check_idle(notes, scenario.interventions, _situation(scenario), ("interventions",))
        check_reshaped(notes, scenario, ("interventions",))
        for index, alternative in enumerate(scenario.compare):
            tried, path = tuple(map(introduced, alternative.with_)), ("compare", index, "with")
            organization = _set(notes, scenario, alternative, ("compare", index, "set"))
            check_agreed(notes, tried, organization, path, warmup, scenario.interventions)
            check_together(notes, tried, organization, path)
            check_idle(notes, tried, _situation(organization, tried), path)
    return tuple(notes.findings)


_KNOWN = Known(_examined)


def _situation(scenario: Scenario, tried: Sequence[Intervention] = ()) -> Situation:
    """Return a scenario with what is in force there, and what is tried beside it."""
    return Situation(scenario, (*scenario.interventions, *tried), scenario.shocks)


def _set(notes: Notes, scenario: Scenario, alternative: Suggestion, path: Path) -> Scenario:
    """Return the organization with the values that an alternative sets; note those that it cannot have."""
    if not alternative.set_:
        return scenario
    try:
        return BaseModel.model_copy(scenario, update={"compare": (), "expected": None}).changed(alternative.set_)
    except ScenarioError as error:
        for one in error.findings:
            place = next((place for place in alternative.set_ if _within(one.field, place)), None)
            notes.error(path if place is None else (*path, place), one.text)
    return scenario


def _within(one: str, other: str) -> bool:
    """Tell whether one of two places, as people write them, leads into the other."""
    return bool(one) and (one.startswith(other) or other.startswith(one))
