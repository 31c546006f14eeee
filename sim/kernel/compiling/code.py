"""Make the code of a library of the kernel: `python -m sim.kernel.compiling.code FOLDER`, which `library` calls.

The same functions go through the same compiler as where the kernel is compiled when it is called; only what calls them
is another: C, with lists of addresses (`sim.kernel.ahead.SYMBOL`).
"""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm
import numba
from numba.core import types

from sim.files import whole
from sim.kernel import advance
from sim.kernel.ahead import ENTRIES, SYMBOL, TOLD
from sim.kernel.compiling.decorators import FLAGS, SOURCES, VERSIONS, inline
from sim.kernel.compiling.library import CODE, PROCESSOR
from sim.kernel.compiling.tables import tables_at
from sim.kernel.layout import Params, State

state_at = tables_at(State)
params_at = tables_at(Params)


def called_from_c(body: Any) -> tuple[str, str]:
    """Compile an entry of the kernel so that it is called with lists of addresses; return its name and its code."""
    compiled = inline(body)

    def plain(state: Any, params: Any) -> Any:
        compiled(state_at(state), params_at(params))
        return 0

    def until(state: Any, params: Any, time: Any) -> Any:
        return compiled(state_at(state), params_at(params), time)

    timed = "until" in inspect.signature(body).parameters
    given = (types.voidptr, types.voidptr, types.float64) if timed else (types.voidptr, types.voidptr)
    options = FLAGS | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    made: Any = numba.njit(types.int64(*given), **options)(until if timed else plain).overloads[given]
    return made.fndesc.llvm_func_name, made.library.get_llvm_str()


def part(symbol: str, name: str, code: str) -> Any:
    """Return the code of one entry, of which nothing else can be seen from outside, under the name it has in C."""
    module = llvm.parse_assembly(code)
    for inner in (*module.functions, *module.global_variables):
        if not inner.is_declaration:
            inner.linkage = "internal"
    entry = module.get_function(name)
    entry.name, entry.linkage = symbol, "external"
    return module


def write(folder: Path) -> None:
    """Write the entries of the kernel as an object file, and what they were made by."""
    target = llvm.Target.from_default_triple()
    machine = target.create_target_machine(cpu=PROCESSOR, opt=3, reloc="pic", codemodel="default")
    kernel = llvm.parse_assembly("")
    kernel.triple = machine.triple
    for name in ENTRIES:
        kernel.link_in(part(SYMBOL.format(name), *called_from_c(getattr(advance, name).py_func)))
    unused = llvm.create_new_module_pass_manager()
    unused.add_global_dead_code_eliminate_pass()
    unused.run(kernel, llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options()))
    told = {"kernel": SOURCES, "versions": VERSIONS, "processor": PROCESSOR}
    for file, content in ((CODE, machine.emit_object(kernel)), (TOLD, json.dumps(told).encode())):
        with whole(folder / file) as aside:
            aside.write_bytes(content)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
