"""Places at which a source can be changed, and what may stand there instead.

Operators, comparisons and conditions are turned around, numbers and places in lists are others, parts of what is put
together are dropped. Words, annotations and errors are left alone: they are not what tests of numbers look at.
"""

import ast
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

OTHER = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div,
         ast.Mod: ast.Div, ast.Pow: ast.Mult, ast.LShift: ast.RShift, ast.BitAnd: ast.BitOr,
         ast.And: ast.Or, ast.Or: ast.And, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
         ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot,
         ast.IsNot: ast.Is}  # fmt: skip
"""The operator that is most easily taken for another."""
OPPOSITE = {"min": "max", "minimum": "maximum", "any": "all", "ceil": "floor"}
OPPOSITE |= {other: one for one, other in OPPOSITE.items()}
LEFT_ALONE = (ast.JoinedStr, ast.Raise, ast.Assert, ast.Import, ast.ImportFrom)
FIELDS_LEFT_ALONE = ("annotation", "returns", "decorator_list")


class Place(NamedTuple):
    """A stretch of a source, in bytes, and what may stand there instead."""

    begin: int
    end: int
    instead: tuple[str, ...]


def places_of(source: str) -> list[Place]:
    """Return the places at which a source can be changed, in its order."""
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for node, role in _looked_at(ast.parse(source)):
        instead = tuple(dict.fromkeys(_changes(node, role)))
        if instead:
            begin, end = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
            found.append(Place(begin, end, instead))
    return sorted(found)


def changed(source: str, place: Place, instead: str) -> str:
    """Return a source with something else at a place."""
    text = source.encode()
    return (text[: place.begin] + instead.encode() + text[place.end :]).decode()


def _looked_at(parent: ast.AST) -> Iterator[tuple[Any, str]]:
    """Go through a tree, but for words, annotations and errors; say what is a condition and what an index."""
    for name, value in ast.iter_fields(parent):
        for node in value if isinstance(value, list) else [value]:
            strictly = isinstance(node, ast.keyword) and node.arg == "strict"
            if not isinstance(node, ast.AST) or isinstance(node, LEFT_ALONE) or name in FIELDS_LEFT_ALONE or strictly:
                continue
            role = "index" if isinstance(parent, ast.Subscript | ast.Slice) and name != "value" else name
            yield node, role
            yield from _looked_at(node)


def _changes(node: ast.AST, role: str) -> Iterator[str]:
    """Return what may stand instead of a part of a source."""
    if role in ("test", "ifs"):
        yield f"(not {ast.unparse(node)})"
    match node:
        case ast.BinOp(left=left, op=ast.BitOr()):
            yield ast.unparse(left)
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op) if type(op) in OTHER:
            other = ast.unparse(type(node)(**dict(ast.iter_fields(node)) | {"op": OTHER[type(op)]()}))
            yield other if isinstance(node, ast.AugAssign) else f"({other})"
        case ast.Compare(left=left, ops=[op], comparators=others):
            yield f"({ast.unparse(ast.Compare(left, [OTHER[type(op)]()], others))})"
        case ast.UnaryOp(operand=operand):
            yield f"({ast.unparse(operand)})"
        case ast.Constant(value=bool() | int() | float() as value):
            yield repr(type(value)(not value)) if value in (0, 1) else repr(value * 2)
            if role == "index":
                yield repr(value + 1)
        case ast.Name(id=name) if name in OPPOSITE:
            yield OPPOSITE[name]
        case ast.Attribute(value=owner, attr=name) if name in OPPOSITE:
            yield f"{ast.unparse(owner)}.{OPPOSITE[name]}"
        case ast.Dict(keys=keys, values=values) if len(keys) > 1:
            yield from (ast.unparse(ast.Dict(_without(keys, k), _without(values, k))) for k in range(len(keys)))
        case ast.Expr(value=ast.Call(func=func, args=args, keywords=named)):
            yield "pass"
            if len(named) > 1:
                yield from (ast.unparse(ast.Call(func, args, _without(named, k))) for k in range(len(named)))


def _without(items: Sequence[Any], place: int) -> list[Any]:
    return [*items[:place], *items[place + 1 :]]
