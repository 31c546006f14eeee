"""Tables as bare addresses inside compiled code.

A numpy array is seven machine words to a compiled function, and the kernel has two dozen tables and two hundred
functions: passing arrays made compilation take minutes. Inside the kernel a table is therefore one word, its address;
`table[i]` is the record (or number) at row i, just as with the array itself, which is what the code gets with
compilation off. There are no bounds checks on a table, except with `DEPTSIM_CHECKED=1`, where tables are arrays.
"""

from typing import Any

from sim.kernel.jit import COMPILING


def _same(arrays: Any) -> Any:
    return arrays


def _lowest_bit(mask: Any) -> Any:
    return (int(mask) & -int(mask)).bit_length() - 1


tables: Any = _same
"""Turn the arrays of a state, or of parameters, into tables (in compiled code)."""

lowest: Any = _lowest_bit
"""Number of the lowest bit that is set in a mask that is not zero."""

if COMPILING:
    from sim.kernel.compiling import tables as numbas

    tables, lowest = numbas.tables, numbas.lowest
