"""Settings of the whole suite.

Property tests have no deadline, try few examples where the kernel is not compiled or the Python is the second, and try
the same examples every time, so that a run that was green stays green (hypothesis also tries numbers and words that it
finds in the modules that happen to be loaded, which depends on which tests came before: not here);
`DEPTSIM_EXAMPLES=1000` looks for so many new ones.
Whatever language the machine speaks, commands speak English unless a test asks for another. What servers write down
goes where tests do. Tests in a browser are left out where there is none.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

from tests.browser.chromium import LEFT_OUT, chromium

ASKED = os.environ.get("DEPTSIM_EXAMPLES")

settings.register_profile("suite", deadline=None, derandomize=not ASKED, max_examples=int(ASKED or 100))
settings.register_profile("few", settings.get_profile("suite"), max_examples=int(ASKED or 10))
settings.load_profile("few" if os.environ.get("NUMBA_DISABLE_JIT") == "1" else "suite")

if not ASKED and hasattr(providers, "_get_local_constants"):
    NOTHING_FOUND = providers.Constants()
    providers._get_local_constants = lambda: NOTHING_FOUND

os.environ["LC_ALL"] = "C.UTF-8"
os.environ["DEPTSIM_DATA"] = tempfile.mkdtemp(prefix="deptsim-tests-")
atexit.register(shutil.rmtree, os.environ["DEPTSIM_DATA"], ignore_errors=True)
os.environ.pop("COLUMNS", None)  # how wide the window of whoever runs the tests is

BROWSER = Path(__file__).parent / "browser"


def marks_unseen(items):
    """Return the tests that are marked by something outside their files, as `make check` would not find them."""
    marked = {(item.path, name) for item in items for name in ("long", "compiled") if item.get_closest_marker(name)}
    return sorted({str(path) for path, name in marked if f"mark.{name}" not in path.read_text("utf-8")})


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark what needs a browser by where it is, and leave it out where there is none."""
    if unseen := marks_unseen(items):
        raise pytest.UsageError(f"write the marks long and compiled into the files of the tests: {unseen}")
    those = [item for item in items if BROWSER in item.path.parents]
    for item in those:
        item.add_marker(pytest.mark.browser)
    if those and chromium() is None:
        config.hook.pytest_deselected(items=those)
        items[:] = [item for item in items if item not in those]


def pytest_terminal_summary(terminalreporter, config):
    """Say in a line that tests in a browser were left out, where they were asked for."""
    asked = [Path(one.partition("::")[0]).absolute() for one in config.args]
    wanted = any(one == BROWSER or one in BROWSER.parents or BROWSER in one.parents for one in asked)
    if wanted and "not browser" not in config.option.markexpr and chromium() is None:
        terminalreporter.write_line(LEFT_OUT)
