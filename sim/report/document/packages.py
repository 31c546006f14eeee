"""What some formats need that is not installed everywhere."""

from __future__ import annotations

from importlib.util import find_spec

from sim.spec.findings import TextError
from sim.words import words

texts = words("document")

NEEDED = {"pdf": ("weasyprint", "WeasyPrint"), "pptx": ("pptx", "python-pptx"), "xlsx": ("xlsxwriter", "XlsxWriter")}
"""The module that a format needs, and what its package is called where it is installed from."""

INSTALL = "pip install 'deptsim[report]'"


def check_package(kind: str) -> None:
    """Refuse a format whose package is not installed.

    Parameters
    ----------
    kind
        The format, such as ``pptx``.

    Raises
    ------
    TextError
        Which says what to install.
    """
    if kind in NEEDED and find_spec(NEEDED[kind][0]) is None:
        raise missing(kind)


def missing(kind: str) -> TextError:
    """Return what is said where the package of a format is not installed."""
    return TextError(texts.NEEDS.format(format=kind, package=NEEDED[kind][1], command=INSTALL))
