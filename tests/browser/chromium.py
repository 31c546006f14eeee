"""Where Chromium is, and how it is started for tests: alone, without a window, and without calling home."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What it may be called."""

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

LEFT_OUT = "the tests in a browser were left out: found no Chromium (to have them: apt-get install chromium)"
"""What is said where there is none."""


def chromium():
    """Return the path of Chromium; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)
