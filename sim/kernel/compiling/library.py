"""Build the kernel ahead of time: `python -m sim.kernel.compiling.library FOLDER` writes what `sim.kernel.ahead` finds.

A library runs on every processor of its architecture, so it may use only what all of them have. Numba knows one
processor in a process, so the code is made in a process of its own (`sim.kernel.compiling.code`). Besides numba this
needs a linker.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sim.files import whole
from sim.kernel.ahead import TOLD

PROCESSOR = {"x86_64": "x86-64", "AMD64": "x86-64"}.get(platform.machine(), "generic")
"""What every processor of this architecture can do."""

MACOS = sys.platform == "darwin"
NAME = "deptsim-kernel" + (".dylib" if MACOS else ".so")
CODE = "kernel.o"


def linker() -> list[str]:
    """Return the command that links here, which the variable ``CC`` may name; nothing where there is none."""
    asked = [shlex.split(os.environ["CC"])] if os.environ.get("CC") else [["cc"], ["gcc"], ["clang"]]
    return next((command for command in asked if shutil.which(command[0])), [])


def build(folder: Path) -> None:
    """Write the library and what is told of it into a folder.

    Raises
    ------
    FileNotFoundError
        If nothing links here.
    """
    command = linker()
    if not command:
        raise FileNotFoundError("a library of the kernel needs a linker: there is no cc, gcc or clang")
    with tempfile.TemporaryDirectory() as made:
        subprocess.run([sys.executable, "-m", "sim.kernel.compiling.code", made], check=True, env=_generic())
        strip = [] if MACOS else ["-s"]
        subprocess.run([*command, "-shared", *strip, "-o", NAME, CODE, "-lm"], check=True, cwd=made)
        library = Path(made, NAME).read_bytes()
        told = json.loads(Path(made, TOLD).read_bytes())
    told |= {"library": NAME, "sha256": hashlib.sha256(library).hexdigest()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in ((NAME, library), (TOLD, json.dumps(told, indent=1).encode() + b"\n")):
        with whole(folder / name) as aside:
            aside.write_bytes(content)


def _generic() -> dict[str, str]:
    """Return the environment of a process that compiles this kernel for any processor."""
    path = os.pathsep.join(filter(None, (str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH", ""))))
    numba = {"NUMBA_CPU_NAME": PROCESSOR, "NUMBA_CPU_FEATURES": "", "NUMBA_DISABLE_JIT": "0"}
    return os.environ | numba | {"DEPTSIM_JIT": "1", "DEPTSIM_CHECKED": "", "PYTHONHASHSEED": "0", "PYTHONPATH": path}


if __name__ == "__main__":
    try:
        build(Path(sys.argv[1]))
    except FileNotFoundError as error:
        sys.exit(str(error))
