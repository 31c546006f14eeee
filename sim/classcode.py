"""What a class written in Python does, as a short digest: two that differ are not taken for each other.

It is made of the functions of the class and of its base classes, as far as these are not deptsim's own: their source,
or where there is none (typed into a console, made by `exec`) their byte code and constants; their defaults and the
values they close over; plain attributes of the class; and what a function names of the module in which it stands:
other functions and classes, and constants that cannot be changed in place. No digest depends on the process.

What cannot be seen: functions of other packages (they are told by name only) and of modules that are named as a whole,
lists and mappings of the module, and what is inside objects of foreign classes. A source is the file as it is when the
class is used for the first time.
"""

import dataclasses
import hashlib
import inspect
import json
import re
import sys
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cached_property, lru_cache, partial
from types import CodeType, FunctionType, MethodType
from typing import Any

from pydantic import BaseModel

_DEFINES = re.compile(r"^\s*(?:async\s+)?def\s+(\w+)", re.MULTILINE)
_FOREIGN = frozenset({"mesa", "pydantic", "pydantic_core", "sim"}) | sys.stdlib_module_names
_TYPED = "builtins"
"""Where Python says that a class stands which was executed without a module."""
_PLAIN = bool | int | float | complex | str | bytes | None


def qualified(cls: type) -> str:
    """Return the full name of a class."""
    return f"{cls.__module__}.{cls.__qualname__}"


def code_of(cls: type) -> str:
    """Return 16 hex digits that stand for what a class does."""
    return digest_of(cls, _home(cls))


def _home(cls: type) -> frozenset[str]:
    """Return the packages whose functions and classes are told in full: those that a class is made of."""
    own = [one for one in cls.__mro__ if not is_foreign(one)]
    functions = [value for one in own for value in vars(one).values() if isinstance(value, FunctionType)]
    return frozenset(map(_package, (*own, *functions))) - _FOREIGN | {_TYPED}


def digest_of(value: Any, home: frozenset[str] = frozenset()) -> str:
    """Return 16 hex digits that stand for a value, with the code of functions and classes of some packages."""
    told = json.dumps(_Teller(home).tell(value))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def is_foreign(cls: type) -> bool:
    """Say whether a class is of deptsim, of what it builds on, or of Python itself, and really stands there."""
    found: Any = sys.modules.get(_module(cls))
    for name in cls.__qualname__.split("."):
        found = getattr(found, name, None)
    return found is cls and _package(cls) in _FOREIGN


def _module(thing: Any) -> str:
    return str(thing.__module__ or _TYPED)


def _package(thing: Any) -> str:
    return _module(thing).partition(".")[0]


class _Teller:
    """Tells values as plain data; whatever is met again is told by when it was met first."""

    def __init__(self, home: frozenset[str]) -> None:
        self._home = home
        self._met: dict[int, tuple[int, Any]] = {}

    def tell(self, value: Any) -> Any:
        """Return a value as lists and texts."""
        if isinstance(value, _PLAIN):
            return [type(value).__name__, repr(value)]
        if id(value) in self._met:
            return ["again", self._met[id(value)][0]]
        if not isinstance(value, tuple | frozenset | CodeType):  # whether equal ones are one is Python's own affair
            self._met[id(value)] = (len(self._met), value)
        return [type(value).__name__, *self._parts(value)]

    def _parts(self, value: Any) -> Iterator[Any]:
        if isinstance(value, type):
            yield from self._class(value)
        elif isinstance(value, FunctionType):
            yield from self._function(value)
        elif isinstance(value, CodeType):
            yield from self._code(value)
        elif isinstance(value, Mapping):
            yield from ([self.tell(key), self.tell(inner)] for key, inner in value.items())
        elif isinstance(value, set | frozenset):
            yield from sorted((_Teller(self._home).tell(one) for one in value), key=json.dumps)
        elif isinstance(value, list | tuple):
            yield from map(self.tell, value)
        else:
            yield self.tell(type(value))
            yield from map(self.tell, _inside(value) or ((vars(value),) if self._seen(value) else ()))

    def _seen(self, value: Any) -> bool:
        return hasattr(value, "__dict__") and (isinstance(value, BaseModel) or _package(type(value)) in self._home)

    def _class(self, cls: type) -> Iterator[Any]:
        yield qualified(cls)
        for one in cls.__mro__:
            if not is_foreign(one) and (self._met[id(cls)][0] == 0 or _package(one) in self._home):
                counted = sorted((name, value) for name, value in vars(one).items() if self._counts(name, value))
                yield [qualified(one), [[name, self.tell(value)] for name, value in counted]]

    def _counts(self, name: str, value: Any) -> bool:
        """Say whether an attribute is of the author's making; what Python and pydantic add is not."""
        if name.startswith("__") and name.endswith("__"):
            return isinstance(value, FunctionType) and _package(value) in self._home
        return name not in ("_abc_impl", "model_config")

    def _function(self, function: FunctionType) -> Iterator[Any]:
        code = function.__code__
        yield f"{_module(function)}.{function.__qualname__}"
        if _package(function) not in self._home:
            return
        yield source_of(code, code.co_filename) or self.tell(code)
        yield self.tell((function.__defaults__, function.__kwdefaults__))
        yield [self.tell(_content(cell)) for cell in function.__closure__ or ()]
        yield [[name, self.tell(value)] for name, value in _named(function)]

    def _code(self, code: CodeType) -> Iterator[Any]:
        yield code.co_code.hex()
        yield [code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars]
        yield [code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags]
        yield [self.tell(one) for one in code.co_consts]


def _inside(value: Any) -> tuple[Any, ...]:
    """Return what an object consists of, where that can be seen."""
    if isinstance(value, staticmethod | classmethod | MethodType):
        return value.__func__, getattr(value, "__self__", None)
    if isinstance(value, property):
        return value.fget, value.fset, value.fdel
    if isinstance(value, cached_property):
        return (value.func,)
    if isinstance(value, partial):
        return value.func, value.args, value.keywords
    if isinstance(value, Enum):
        return value.name, value.value
    if hasattr(value, "dtype") and hasattr(value, "tolist"):
        return str(value.dtype), value.tolist()
    if dataclasses.is_dataclass(value):
        return tuple(getattr(value, field.name) for field in dataclasses.fields(value))
    return ()


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # not filled yet
        return "empty"


def _named(function: FunctionType) -> Iterator[tuple[str, Any]]:
    """Return what a function names of its module: constants, and functions and classes that stand there as well."""
    module = function.__globals__
    for name in sorted(set(_names(function.__code__)) & set(module)):
        value = module[name]
        here = isinstance(value, FunctionType | type) and _module(value) == _module(function)
        if here or _lasts(value):
            yield name, value


def _lasts(value: Any) -> bool:
    """Say whether a value is plain and cannot be changed in place."""
    return isinstance(value, _PLAIN) or (isinstance(value, tuple | frozenset) and all(map(_lasts, value)))


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _names(one)


@lru_cache(maxsize=4096)
def source_of(code: CodeType, file: str) -> str:
    """Return the source of a function, or nothing where there is none that is certainly its own."""
    del file  # code that says the same in another file has another source
    try:
        source = inspect.getsource(code)
    except (OSError, TypeError, SyntaxError, IndexError):
        return ""
    first = _DEFINES.search(source)
    return source if first and first[1] == code.co_name else ""
