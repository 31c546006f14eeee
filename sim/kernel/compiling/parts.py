"""Compiling the parts of the kernel as parts: without machine code of their own, optimized once, where they end up.

Numba optimizes every function as a module of its own, with all it calls, and turns it into machine code, even if only
other compiled functions ever call it. For the two hundred small functions of the kernel that is a third of the time of
compilation and serves nothing. A part is therefore lowered to LLVM code only, and optimized together with the entry
point that takes it in.

This leans on inner workings of numba. Where those are not as they were when this was written, `PartCompiler` is numba's
own compiler, and compilation takes longer.
"""

from typing import Any

from numba.core import codegen, compiler, typed_passes
from numba.core.compiler_machinery import register_pass


class _Unbound:
    """Stands for the code generator of a part, which has no environment in memory to set: nothing in it raises."""

    def set_env(self, _name: str, _environment: Any) -> None:
        """Do nothing."""


class PartLibrary(codegen.JITCodeLibrary):
    """Code that only other compiled functions call."""

    @property
    def codegen(self) -> Any:
        """What environments are set on."""
        return _Unbound()

    def _optimize_final_module(self) -> None:
        """Leave this to the entry point."""

    def _finalize_final_module(self) -> None:
        """Make no machine code."""
        self._finalized = True

    def get_pointer_to_function(self, _name: str) -> int:
        """Return the null pointer: there is nothing to call from Python."""
        self._ensure_finalized()
        return 0


@register_pass(mutates_CFG=True, analysis_only=False)
class PartLowering(typed_passes.NativeLowering):
    """Numba's lowering into a library of parts."""

    _name = "part_lowering"

    def run_pass(self, state: Any) -> bool:
        """Lower one function."""
        state.library = PartLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return bool(super().run_pass(state))


class _PartCompiler(compiler.CompilerBase):
    """Numba's compiler with this lowering."""

    def define_pipelines(self) -> list[Any]:
        """Return the usual pipeline, its lowering replaced."""
        usual = compiler.DefaultPassBuilder.define_nopython_pipeline(self.state)
        usual.passes = [
            (PartLowering if one is typed_passes.NativeLowering else one, name) for one, name in usual.passes
        ]
        usual._finalized = False
        usual.finalize()
        return [usual]


_KNOWN = ("_optimize_final_module", "_finalize_final_module", "get_pointer_to_function", "_ensure_finalized", "codegen")

PartCompiler: Any = (
    _PartCompiler if all(hasattr(codegen.JITCodeLibrary, name) for name in _KNOWN) else compiler.Compiler
)
"""What compiles the parts of the kernel."""
