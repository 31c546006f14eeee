"""Tables as bare addresses inside compiled code.

A numpy array is seven machine words to a compiled function, and the kernel has two dozen tables and a hundred and fifty
functions: passing arrays made compilation take minutes. Inside the kernel a table is therefore one word, its address;
`table[i]` is the record (or number) at row i, just as with the array itself, which is what the code gets with
compilation off. There are no bounds checks on a table, except with `DEPTSIM_CHECKED=1`, where tables are arrays.
"""

import hashlib
import operator
from typing import Any

from numba.core import cgutils, types
from numba.core.imputils import lower_builtin
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic, models, register_model
from numba.np.arrayobj import make_array

from sim.kernel.jit import CHECKED, COMPILED, inline


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


@intrinsic
def _address(_typing: Any, array: Any) -> Any:
    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        data = make_array(sig.args[0])(context, builder, args[0]).data
        return builder.bitcast(data, cgutils.voidptr_t)

    return Table(array.dtype)(array), generate


@intrinsic
def _lowest(_typing: Any, _mask: Any) -> Any:
    def generate(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        return builder.cttz(args[0], cgutils.true_bit)

    return types.int64(types.int64), generate


def _lowest_bit(mask: Any) -> Any:
    return (int(mask) & -int(mask)).bit_length() - 1


lowest = _lowest if COMPILED else _lowest_bit
"""Number of the lowest bit that is set in a mask that is not zero."""


def _same(array: Any) -> Any:
    return array


table = _address if COMPILED and not CHECKED else inline(_same) if COMPILED else _same
"""Turn an array into a table (in compiled code)."""
