"""What is wrong with the arguments of a command, in a sentence of our own for whatever cyclopts refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from cyclopts import (
    CoercionError,
    ConsumeMultipleError,
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
    ValidationError,
)

from sim.words import Text, either, series, words

texts = words("usage")
_VALUES = words("help")
_UNIONS = (Union, UnionType)


def usage_sentence(error: CycloptsError) -> Text:
    """Return what is wrong with the arguments, and where help is."""
    told = next((tell for kind, tell in _SENTENCES.items() if isinstance(error, kind)), _unclear)
    return texts.HOW.format(sentence=told(error))


def _unclear(error: Any) -> Text:
    del error
    return texts.UNCLEAR


def _unknown_command(error: Any) -> Text:
    name = error.unused_tokens[0]
    options, commands = ([one for one in error.app if one.startswith("-") == sort] for sort in (True, False))
    if name.startswith("-"):
        return texts.UNKNOWN_OPTION.format(name=name, hint=_hint(name, options))
    return texts.UNKNOWN_COMMAND.format(name=name, hint=_hint(name, commands), known=series(commands))


def _unknown_option(error: Any) -> Text:
    name = (error.token.keyword or error.token.value).split("=")[0]
    known = [one for argument in error.argument_collection for one in argument.names if one.startswith("-")]
    return texts.UNKNOWN_OPTION.format(name=name, hint=_hint(name, known))


def _missing(error: Any) -> Text:
    name = error.keyword or error.argument.name
    if name.startswith("-"):
        return texts.MISSING_VALUE.format(name=name)
    command = " ".join(("deptsim", *(error.command_chain or ())))
    return texts.MISSING_NAME.format(command=command, name=_VALUES.VALUES.get(name, name))


def _wrong_type(error: Any) -> Text:
    found = error.token.value if error.token else ""
    return _wrong_value(error, found, _expected(error.target_type, found))


def _out_of_range(error: Any) -> Text:
    for one in error.argument.parameter.validator:
        if getattr(one, "gte", None) is not None:
            high = ("at_most", one.lte) if one.lte is not None else ("below", one.lt)
            limit = texts.EXPECTED[high[0]].format(limit=f"{high[1]:,}")
            kind = "number_within" if isinstance(error.argument.value, float) else "within"
            expected = texts.EXPECTED[kind].format(low=f"{one.gte:,}", high=limit)
            return _wrong_value(error, error.argument.value, expected)
        if getattr(one, "gt", None) is not None:
            return _wrong_value(error, error.argument.value, texts.EXPECTED["above"].format(limit=f"{one.gt:g}"))
    return _wrong_value(error, error.argument.value, texts.EXPECTED["other"])


def _wrong_value(error: Any, found: object, expected: Text) -> Text:
    keyword = next((token.keyword for token in error.argument.tokens if token.keyword), None)
    name = keyword or _VALUES.VALUES.get(error.argument.name, error.argument.name)
    return texts.WRONG_VALUE.format(name=name, found=found, expected=expected)


def _expected(kind: Any, found: str) -> Text:
    """Return what a value of a type is called, or which ones there are."""
    kind = next((one for one in get_args(kind) if get_origin(kind) in _UNIONS and one is not NoneType), kind)
    if get_origin(kind) is not Literal:
        return texts.EXPECTED.get(getattr(kind, "__name__", ""), texts.EXPECTED["other"])
    names = [str(one) for one in get_args(kind)]
    return either(names) + _hint(found, names)


def _hint(name: str, known: Iterable[str]) -> Text:
    """Return the nearest valid name as a question, or nothing."""
    found = get_close_matches(name.casefold(), list(known), n=1, cutoff=0.6)
    return texts.DID_YOU_MEAN.format(name=found[0]) if found else Text("", "")


_SENTENCES: dict[type[CycloptsError], Callable[[Any], Text]] = {
    UnknownCommandError: _unknown_command,
    UnknownOptionError: _unknown_option,
    ConsumeMultipleError: lambda error: texts.MORE_THAN_ONE.format(name=error.keyword or error.argument.name),
    MissingArgumentError: _missing,
    CoercionError: _wrong_type,
    ValidationError: _out_of_range,
    RepeatArgumentError: lambda error: texts.TWICE.format(name=error.token.keyword),
    UnusedCliTokensError: lambda error: texts.LEFT_OVER.format(found=error.unused_tokens[0]),
}
