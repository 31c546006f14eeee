"""Settings of the whole suite: property tests have no deadline, and try less where the kernel is not compiled."""

import os

from hypothesis import settings

settings.register_profile("suite", deadline=None)
settings.register_profile("uncompiled", deadline=None, max_examples=10)
settings.load_profile("uncompiled" if os.environ.get("NUMBA_DISABLE_JIT") == "1" else "suite")
