"""A wheel for one platform: the package with the kernel compiled ahead of time; `make platform-wheel` asks for it."""

import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging.tags import platform_tags


class KernelHook(BuildHookInterface):
    """Puts the library beside the module that looks for it, and says for which platform the wheel is."""

    def initialize(self, _version: str, build_data: dict[str, Any]) -> None:
        """Add what `python -m sim.kernel.compiling.library` built; auditwheel says later which Linux will do."""
        linux = sysconfig.get_platform().startswith("linux")
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_") if linux else next(platform_tags())
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"
        for path in Path(self.root, self.config["library"]).iterdir():
            build_data["force_include"][str(path)] = f"sim/kernel/{path.name}"
