"""Tables as numba knows them: addresses of rows of one record (or number) type."""

import hashlib
import operator
from collections.abc import Iterable
from typing import Any

from numba.core import cgutils, types
from numba.core.imputils import lower_builtin
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic, models, register_model
from numba.np.arrayobj import make_array
from numba.np.numpy_support import from_dtype

from sim.kernel.compiling.decorators import inline
from sim.kernel.identity import CHECKED
from sim.kernel.layout import rows_of


class Table(types.Type):
    """Numba's type of an address of rows of one record (or number) type."""

    def __init__(self, dtype: Any) -> None:
        self.dtype = dtype
        # the name of a type becomes a part of the symbol of every function; that of a record lists all its fields
        super().__init__(name=f"Table{hashlib.sha256(str(dtype).encode()).hexdigest()[:12]}")


@register_model(Table)
class TableModel(models.PrimitiveModel):
    """A table is a pointer."""

    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, cgutils.voidptr_t)


@infer_global(operator.getitem)
class TableRow(AbstractTemplate):
    """`table[i]` has the type of a row."""

    def generic(self, args: Any, _kws: Any) -> Any:
        """Return the signature for a table and an integer, nothing for anything else."""
        if len(args) == 2 and isinstance(args[0], Table) and isinstance(args[1], types.Integer):
            return signature(args[0].dtype, args[0], args[1])
        return None


@lower_builtin(operator.getitem, Table, types.Integer)
def _row(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    kind = sig.args[0].dtype
    index = context.cast(builder, args[1], sig.args[1], types.intp)
    size = context.get_abi_sizeof(context.get_data_type(kind))
    if isinstance(kind, types.Record):
        size = kind.size
    address = builder.gep(args[0], [builder.mul(index, index.type(size))])
    if isinstance(kind, types.Record):
        return builder.bitcast(address, context.get_value_type(kind))
    pointer = builder.bitcast(address, context.get_data_type(kind).as_pointer())
    return context.unpack_value(builder, kind, pointer)


def _named(kind: Any, dtypes: Iterable[Any]) -> Any:
    """Return the type of a named tuple of tables."""
    return types.BaseTuple.from_types([Table(dtype) for dtype in dtypes], kind)


@intrinsic
def _addresses(_typing: Any, arrays: Any) -> Any:
    """Turn a named tuple of arrays into one of tables; one of tables stays what it is."""
    if all(isinstance(one, Table) for one in arrays.types):
        return arrays(arrays), lambda _context, _builder, _sig, args: args[0]
    found = _named(arrays.instance_class, [one.dtype for one in arrays.types])

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        values = zip(sig.args[0].types, cgutils.unpack_tuple(builder, args[0]), strict=True)
        data = [make_array(kind)(context, builder, value).data for kind, value in values]
        return context.make_tuple(builder, found, [builder.bitcast(one, cgutils.voidptr_t) for one in data])

    return found(arrays), generate


def _arrays(arrays: Any) -> Any:
    return arrays


tables = inline(_arrays) if CHECKED else _addresses


def tables_at(kind: Any) -> Any:
    """Return what makes, in compiled code, the tables of a state (or of parameters) from a list of their addresses."""
    found = _named(kind, map(from_dtype, rows_of(kind)))

    @intrinsic
    def listed(_typing: Any, _first: Any) -> Any:
        def generate(context: Any, builder: Any, _sig: Any, args: Any) -> Any:
            first = builder.bitcast(args[0], cgutils.voidptr_t.as_pointer())
            places = [cgutils.gep(builder, first, place) for place in range(len(found))]
            return context.make_tuple(builder, found, [builder.load(place) for place in places])

        return found(types.voidptr), generate

    return listed


@intrinsic
def lowest(_typing: Any, _mask: Any) -> Any:
    """Return the number of the lowest bit that is set in a mask that is not zero."""

    def generate(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        return builder.cttz(args[0], cgutils.true_bit)

    return types.int64(types.int64), generate
