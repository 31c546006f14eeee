"""Settings of the whole suite.

Property tests have no deadline, try less where the kernel is not compiled, and try the same examples every time, so
that a run that was green stays green; `DEPTSIM_EXAMPLES=1000` looks for so many new ones. Whatever language the machine
speaks, commands speak English unless a test asks for another.
"""

import os

from hypothesis import settings

ASKED = os.environ.get("DEPTSIM_EXAMPLES")

settings.register_profile("suite", deadline=None, derandomize=not ASKED, max_examples=int(ASKED or 100))
settings.register_profile("uncompiled", settings.get_profile("suite"), max_examples=int(ASKED or 10))
settings.load_profile("uncompiled" if os.environ.get("NUMBA_DISABLE_JIT") == "1" else "suite")

os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("COLUMNS", None)  # how wide the window of whoever runs the tests is
