"""Build the kernel ahead of time: `python -m sim.kernel.compiling.library FOLDER` writes what `sim.kernel.ahead` finds.

The same functions go through the same compiler as where the kernel is compiled when it is called; only what calls them
is another: C, with lists of addresses. A library has to run everywhere, so the code is made for the least processor of
this architecture that is still common; and as numba knows one processor in a process, it is made in a process of its
own. Besides numba this needs a linker.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, get_type_hints

from sim.files import whole
from sim.kernel.ahead import ENTRIES, SYMBOL, TOLD

PROCESSORS = {"x86_64": "x86-64-v2", "AMD64": "x86-64-v2"}
"""The least processor that code is made for, by architecture; elsewhere what is common to the architecture."""

LIBRARY = "deptsim-kernel" + (".dylib" if sys.platform == "darwin" else ".so")

_OBJECT = "kernel.o"


def linker() -> str | None:
    """Return the program that links here; None where there is none."""
    asked = [os.environ["CC"]] if os.environ.get("CC") else ["cc", "gcc", "clang"]
    return next(filter(None, map(shutil.which, asked)), None)


def processor() -> str:
    """Return the name of the processor that code is made for."""
    return PROCESSORS.get(platform.machine(), "generic")


def build(folder: Path) -> Path:
    """Write the library and what is told of it into a folder.

    Raises
    ------
    FileNotFoundError
        If nothing links here.
    """
    program = linker()
    if program is None:
        raise FileNotFoundError("the kernel's library needs a linker, but none of cc, gcc and clang is found")
    settings = {"DEPTSIM_JIT": "1", "NUMBA_CPU_NAME": processor(), "NUMBA_CPU_FEATURES": "", "PYTHONHASHSEED": "0"}
    with tempfile.TemporaryDirectory() as aside:
        compiling = [sys.executable, "-m", "sim.kernel.compiling.library", aside, _OBJECT]
        subprocess.run(compiling, check=True, env=os.environ | settings)
        linking = [program, "-shared", *([] if sys.platform == "darwin" else ["-s"]), "-o", "library", _OBJECT, "-lm"]
        subprocess.run(linking, check=True, cwd=aside)
        made = (Path(aside) / "library").read_bytes()
        told = json.loads((Path(aside) / TOLD).read_bytes())
    folder.mkdir(parents=True, exist_ok=True)
    told |= {"library": LIBRARY, "sha256": hashlib.sha256(made).hexdigest()}
    for name, content in ((told["library"], made), (TOLD, json.dumps(told, indent=1).encode() + b"\n")):
        with whole(folder / name) as beside:
            beside.write_bytes(content)
    return folder / TOLD


def _called_from_c(body: Any) -> tuple[str, str]:
    """Compile an entry of the kernel to be called with lists of addresses; return its name and its code."""
    import numba
    from numba.core import types

    from sim.kernel.compiling.decorators import FLAGS, inline
    from sim.kernel.compiling.tables import tables_at
    from sim.kernel.layout import Params, State

    state_at, params_at = (tables_at(kind, _rows_of(kind)) for kind in (State, Params))
    compiled = inline(body)

    def plain(state: Any, params: Any) -> Any:
        compiled(state_at(state), params_at(params))
        return 0

    def until(state: Any, params: Any, time: Any) -> Any:
        return compiled(state_at(state), params_at(params), time)

    given = [types.voidptr, types.voidptr]
    called = plain
    if len(inspect.signature(body).parameters) > len(given):
        given, called = [*given, types.float64], until
    function = numba.njit(types.int64(*given), no_cpython_wrapper=True, no_cfunc_wrapper=True, **FLAGS)(called)
    made = function.overloads[tuple(given)]
    return made.fndesc.llvm_func_name, made.library.get_llvm_str()


def _rows_of(kind: type) -> list[Any]:
    """Return the record types of the tables of a state, or of parameters."""
    return [hint.__metadata__[0] for hint in get_type_hints(kind, include_extras=True).values()]


def write_object(folder: Path) -> None:
    """Write the entries of the kernel as an object file, and what made them."""
    import llvmlite.binding as llvm

    from sim.kernel import advance
    from sim.kernel.jit import SOURCES, VERSIONS

    target = llvm.Target.from_default_triple()
    machine = target.create_target_machine(cpu=processor(), opt=3, reloc="pic", codemodel="default")
    kernel = llvm.parse_assembly("")
    kernel.triple = machine.triple
    for name in ENTRIES:
        symbol, code = _called_from_c(getattr(advance, name).py_func)
        part = llvm.parse_assembly(code)
        for inner in (*part.functions, *part.global_variables):
            if not inner.is_declaration:
                inner.linkage = "internal"
        part.get_function(symbol).name = SYMBOL.format(name)
        part.get_function(SYMBOL.format(name)).linkage = "external"
        kernel.link_in(part)
    passes = llvm.create_new_module_pass_manager()
    passes.add_global_dead_code_eliminate_pass()
    passes.run(kernel, llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options()))
    with whole(folder / _OBJECT) as aside:
        aside.write_bytes(machine.emit_object(kernel))
    with whole(folder / TOLD) as aside:
        aside.write_text(json.dumps({"kernel": SOURCES, "processor": processor(), "versions": VERSIONS}))


if __name__ == "__main__":
    if _OBJECT in sys.argv:
        write_object(Path(sys.argv[1]))
    else:
        build(Path(sys.argv[1]))
