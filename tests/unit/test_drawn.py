"""Figures are drawn by name, and a notebook shows what was drawn."""

import re
from base64 import b64decode

import pytest

from sim.drawn import Drawn, chosen

FIGURES = [("effects", 1), ("effects_trust_trap", 2), ("ledger", 3)]


@pytest.mark.parametrize(
    ("only", "numbers"),
    [(None, [1, 2, 3]), ("ledger", [3]), ("effects", [1, 2]), (["ledger", "effects_trust_trap"], [2, 3])],
)
def test_figures_are_chosen_by_name(only, numbers):
    """One name or several; that of a figure is also that of the same one for each organization."""
    assert [number for _, number in chosen(FIGURES, only)] == numbers


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (FIGURES, "one of effects, effects_trust_trap, ledger; did you mean 'ledger'?"),
        ([], "none, as there is nothing"),
    ],
)
def test_a_figure_that_is_not_there_is_refused_with_those_that_are(figures, said):
    """Not left out in silence."""
    with pytest.raises(ValueError, match=re.escape(f"only: found 'ledgers', expected {said}")):
        list(chosen(figures, ["effects", "ledgers"] if figures else "ledgers"))


def test_a_notebook_shows_the_pictures_and_needs_no_file_for_that(tmp_path):
    """Each once, as PNG; words in names are no markup, and what has been deleted is left out."""
    files = [tmp_path / name for name in ("a&b.png", "a&b.svg", "gone.png")]
    for path in files[:2]:
        path.write_bytes(b"picture")
    html = Drawn(files)._repr_html_()
    assert [b64decode(one) for one in re.findall(r'base64,([^"]+)"', html)] == [b"picture"]
    assert re.findall(r'alt="([^"]+)"', html) == ["a&amp;b"]
