"""Commands as an application: what help says about them is told in one language, which they then speak as well."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields, is_dataclass, make_dataclass
from types import FunctionType
from typing import Annotated, Any, get_args, get_type_hints

from cyclopts import App, Group, Parameter

from sim import __version__
from sim.cli.help import Help
from sim.words import words

texts = words("help")

INSTALL = "--install-completion"

Command = Callable[..., int]
COMMANDS: dict[str, Command] = {}
"""Every command by its name."""


def command(function: Command) -> Command:
    """Make a function a command of its name."""
    COMMANDS[function.__name__.rstrip("_").replace("_", "-")] = function
    return function


def app_of(lang: str, install: Command) -> App:
    """Return the application in one language.

    Parameters
    ----------
    lang
        Which one.
    install
        What lets a shell complete: an option rather than a command.
    """
    shown = Help(lang)
    app = App(
        name="deptsim",
        help=texts.APP.get(lang),
        version=f"deptsim {__version__}",
        help_format="plaintext",
        help_formatter=shown,
        suppress_keyboard_interrupt=False,
        group_commands=Group(texts.COMMANDS_TITLE.get(lang)),
        group_arguments=Group(texts.ARGUMENTS_TITLE.get(lang)),
        group_parameters=Group(texts.OPTIONS_TITLE.get(lang)),
    )
    app["--help"].help = texts.HELP.get(lang)
    app["--version"].help = texts.VERSION.get(lang)
    for place, (name, function) in enumerate(COMMANDS.items()):
        shown.arguments[name] = _left_out(function)
        app.command(_spoken(function, lang), name=name, help=texts.COMMANDS[name].get(lang), sort_key=place)
    app.command(_spoken(install, lang), name=INSTALL, help=texts.INSTALL.get(lang), sort_key=len(COMMANDS))
    return app


def _left_out(function: Any) -> str:
    """Return what stands for those arguments of a command that may be left out; nothing where there are none."""
    hints = get_type_hints(function, include_extras=True)
    found = []
    for name, one in inspect.signature(function).parameters.items():
        if one.kind is not one.KEYWORD_ONLY and one.default is not one.empty:
            said = [told.name for told in get_args(hints[name])[1:] if isinstance(told, Parameter) and told.name]
            found.append(f"[{next(iter(said[0])) if said else name.upper()}]")
    return " ".join(found)


def _spoken(function: Any, lang: str) -> Command:
    """Return a command whose parameters have their help in one language, and which speaks it unless told otherwise."""
    spoken = FunctionType(function.__code__, function.__globals__, function.__name__, function.__defaults__)
    spoken.__annotations__ = {
        name: hint if name == "return" else _spoken_of(name, hint, lang)
        for name, hint in get_type_hints(function, include_extras=True).items()
    }
    together = {name: get_args(hint)[0] for name, hint in spoken.__annotations__.items() if _is_together(hint)}
    made = {name: kind() for name, kind in together.items()}  # where pydantic is loaded, no other class will do
    spoken.__kwdefaults__ = {**(function.__kwdefaults__ or {}), **made, "lang": lang}
    return spoken


def _is_together(hint: Any) -> bool:
    return hasattr(hint, "__metadata__") and is_dataclass(get_args(hint)[0])


def _spoken_of(name: str, hint: Any, lang: str) -> Any:
    """Return the type of a parameter with its help; of one that stands for several options, each with its own."""
    if not is_dataclass(hint):
        return _told(hint, texts.OPTIONS[name].get(lang))
    hints = get_type_hints(hint, include_extras=True)
    told = [(one.name, _told(hints[one.name], texts.OPTIONS[one.name].get(lang)), one.default) for one in fields(hint)]
    together = make_dataclass(name, told, namespace={"__module__": hint.__module__}, frozen=True)
    return Annotated[together, Parameter(name="*")]


def _told(hint: Any, text: str) -> Any:
    """Return the type of a parameter with what help says about it."""
    inner, *said = get_args(hint) if hasattr(hint, "__metadata__") else (hint,)
    return Annotated[inner, Parameter.combine(*said, Parameter(help=text))]
