"""Every word a person may read: a file for each language and subject, so that an editor can read them in one go.

The files of a subject (`en/terminal.toml`, `zh/terminal.toml`) have the same keys and the same placeholders. Code asks
for a text by its key and says in which language only where it is shown.

A word that depends on a number stands in both forms behind a colon, ``{cases} {cases:case|cases}``: the first form for
one, the second for all other numbers. Chinese needs none.
"""

from __future__ import annotations

import pkgutil
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from string import Formatter
from typing import Any, Literal, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""What the product speaks."""


class _Formatter(Formatter):
    """Formats as `str.format` does, and chooses between forms of a word by a number."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a value; where it has two forms, the one that its number asks for."""
        if FORMS in format_spec:
            one, several = format_spec.split(FORMS)
            return one if str(value) == "1" else several
        made: str = super().format_field(value, format_spec)
        return made


FORMS = "|"
"""Stands between the form of a word for one and that for all other numbers."""

_FORMATTER = _Formatter()
_TOO_CLOSE = re.compile("[\u4e00-\u9fff](?:[A-Za-z0-9]|[-−+][0-9])|[A-Za-z0-9][\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or name a person may see, in every language the product speaks."""

    en: str
    zh: str

    def get(self, language: str = "en") -> str:
        """Return the text in `language` (``en`` or ``zh``)."""
        return self.zh if language == "zh" else self.en

    def by_language(self) -> dict[str, str]:
        """Return the text as plain data: in every language, by its name."""
        return {"en": self.en, "zh": self.zh}

    def format(self, **facts: Any) -> Text:
        """Return the text with its placeholders filled in; a fact that is a text is put in by language.

        Chinese letters and the Latin ones or digits of a fact beside them are kept apart by a space.
        """
        facts_in_english = _in(facts, "en")
        english = _FORMATTER.vformat(self.en, (), facts_in_english) if FORMS in self.en else None
        return Text(
            self.en.format(**facts_in_english) if english is None else english,
            _set_apart(self.zh, _in(facts, "zh")),
        )

    def __add__(self, more: Text | str) -> Text:
        """Return the text with another behind it."""
        return (
            Text(self.en + more, self.zh + more)
            if isinstance(more, str)
            else Text(self.en + more.en, self.zh + more.zh)
        )

    def __str__(self) -> str:
        """Return the text in English, as messages of exceptions have it."""
        return self.en

    def __bool__(self) -> bool:
        """Tell whether there is anything to say."""
        return bool(self.en or self.zh)


def _set_apart(template: str, facts: Mapping[str, Any]) -> str:
    made = ""
    for literal, name, spec, conversion in _FORMATTER.parse(template):
        parts = [literal]
        if name is not None:
            fact = _FORMATTER.convert_field(_FORMATTER.get_field(name, (), facts)[0], conversion)
            parts.append(_FORMATTER.format_field(fact, spec or ""))
        for part in parts:
            made += f" {part}" if _TOO_CLOSE.match(made[-1:] + part[:2]) else part
    return made


def _in(facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {name: fact.get(language) if isinstance(fact, Text) else fact for name, fact in facts.items()}


def series(items: Iterable[Text | str], most: int | None = None) -> Text:
    """Return names one after another, as each language separates them; nothing where there is none.

    Parameters
    ----------
    items
        The names.
    most
        Names after which the rest is only counted; by default all are told.
    """
    found = list(items)
    told, more = _joined(found[:most], words("grammar").AND), 0 if most is None else len(found) - most
    return words("grammar").MORE.format(names=told, count=more) if more > 0 else told


def either(items: Iterable[Text | str]) -> Text:
    """Return items of which one is meant."""
    return _joined(items, words("grammar").OR)


def phrases(items: Iterable[Text | str]) -> Text:
    """Return short phrases one after another, in which names may be listed."""
    return _joined(items, words("grammar").PHRASES)


def clauses(items: Iterable[Text | str]) -> Text:
    """Return clauses one after another, which may have commas of their own."""
    return _joined(items, words("grammar").CLAUSES)


def sentences(items: Iterable[Text | str]) -> Text:
    """Return sentences one after another, those left out that say nothing; in Chinese without blanks between them."""
    return _joined((one for one in items if one), words("grammar").SENTENCES)


def _joined(items: Iterable[Text | str], both: Text) -> Text:
    return _in_a_row(tuple(one if isinstance(one, Text) else Text(one, one) for one in items), both)


@lru_cache(256)
def _in_a_row(found: tuple[Text, ...], both: Text) -> Text:
    """Join texts; a file with a thousand mistakes has the same names joined a thousand times."""
    return reduce(lambda first, one: both.format(first=first, next=one), found) if found else Text("", "")


class Words:
    """The texts of one subject, by key; read when the first is asked for.

    A key stands for a `Text`, a list of them for a tuple, and a table for a mapping.
    """

    def __init__(self, subject: str) -> None:
        self._subject = subject

    def __getattr__(self, key: str) -> Any:
        """Return what stands under a key."""
        try:
            return self[key]
        except KeyError:
            raise AttributeError(f"no words '{key}' about {self._subject}") from None

    def __getitem__(self, key: str) -> Any:
        """Return what stands under a key that may be the name of anything."""
        return _texts(self._subject)[key]

    def __contains__(self, key: str) -> bool:
        """Tell whether something stands under a key."""
        return key in _texts(self._subject)

    def get(self, key: str, otherwise: Any = None) -> Any:
        """Return what stands under a key, or something else where nothing does."""
        return _texts(self._subject).get(key, otherwise)

    def __iter__(self) -> Iterator[str]:
        """Yield every key."""
        return iter(_texts(self._subject))

    def __reduce__(self) -> tuple[type[Words], tuple[str]]:
        """Pickle as what they are about: classes that are sent to another process may hold them."""
        return Words, (self._subject,)


def words(subject: str) -> Words:
    """Return the texts about a subject."""
    return Words(subject)


def subjects() -> tuple[str, ...]:
    """Return everything that there are texts about."""
    # only tests ask, and it takes as long to load as all the rest
    from importlib.resources import files

    found = (files(__name__) / LANGUAGES[0]).iterdir()
    return tuple(sorted(one.name.removesuffix(".toml") for one in found if one.name.endswith(".toml")))


def table(subject: str, language: Language) -> dict[str, Any]:
    """Return the texts about a subject in one language, as they stand in its file."""
    held = pkgutil.get_data(__name__, f"{language}/{subject}.toml") or b""
    return tomllib.loads(held.decode("utf-8"))


@cache
def _texts(subject: str) -> dict[str, Any]:
    found: dict[str, Any] = _paired(*(table(subject, one) for one in LANGUAGES))
    return found


def _paired(en: Any, zh: Any) -> Any:
    if isinstance(en, str):
        return Text(en, zh)
    if isinstance(en, list):
        return tuple(_paired(*pair) for pair in zip(en, zh, strict=True))
    return {key: _paired(one, zh[key]) for key, one in en.items()}
