"""Settings of the whole suite.

Property tests have no deadline, try less where the kernel is not compiled, and try the same examples every time, so
that a run that was green stays green; `DEPTSIM_EXPLORE=1` looks for new ones.
"""

import os

from hypothesis import settings

EXPLORING = os.environ.get("DEPTSIM_EXPLORE") == "1"

settings.register_profile("suite", deadline=None, derandomize=not EXPLORING)
settings.register_profile("uncompiled", settings.get_profile("suite"), max_examples=10)
settings.load_profile("uncompiled" if os.environ.get("NUMBA_DISABLE_JIT") == "1" else "suite")
