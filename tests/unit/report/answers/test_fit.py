"""A fit as it is told and drawn: the answer first, nothing claimed that the tables do not say."""

import re

import pytest

from tests.worlds.fitted import made_up


def told(fit, lang="en"):
    """Return the page as one text."""
    return "\n".join(fit.summary(lang))


def test_what_fits_is_told_with_what_moves():
    """Figures in units of people, assumptions with their ranges before and after."""
    page = told(made_up())
    assert page.startswith("Known of it: on time 60 % (57 … 63 %); lead time 34 days (30.6 … 37.4 days).")
    assert "It fits: within the ranges" in page
    assert "Of its assumptions the figures narrow 2: 'hand-over latency', 'ambiguity'. Of 2 others they do not" in page
    assert "'hand-over latency': 4.75 … 6.5 h (median 5.5 h); before 2 … 7 h, the file says 4 h." in page
    assert "'hand-over latency' and 'ambiguity' can stand in for each other" in page
    assert "Lead time tells nothing that the other figures do not tell already." in page


def test_alternatives_are_told_by_what_they_have_otherwise():
    """Only of organizations that fit, and only where they differ in what matters to the figures."""
    page = told(made_up())
    assert "'ambiguity' at 65 % rather than 90 % (on time 60 %; lead time 34 days)." in page
    assert "'overtaking limit' at" not in page
    assert "rather than" not in told(made_up(fits=False))


def test_the_least_that_has_to_be_otherwise_is_told():
    """Where the best organization is the one that is least unlike the file; what moves furthest comes first."""
    page = told(made_up(near=True))
    assert "otherwise than in the file: 'ambiguity' at 90 % rather than 70 %; 'trust at the start' at" in page
    assert "With that, and other luck: on time 60 %" in page
    assert "With the values that fit best" not in page


def test_what_was_left_out_is_foretold():
    """Inside or outside, and what to ask next."""
    page = told(made_up())
    assert "On time, from the other figures alone: 50 … 70 % in nine of ten runs. 60 % is known, which" in page
    assert "lead time, from" not in page
    assert "34 days is known, which lies outside" in page
    assert "Knowing rework would narrow most of what is still open: 'overtaking limit', by about 20 %" in page


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"misfit": 0.01}, "It fits only just"),
        ({"fits": False}, "Lead time comes to 23.8 days at the nearest, and 34 days is known"),
        ({"fits": False}, "Then something that the file takes for a fact is otherwise"),
        ({"identified": False}, "The figures narrow none of its 4 assumptions for itself"),
        ({"identified": False}, "No other measure of these runs would narrow any assumption beyond doubt"),
    ],
)
def test_what_is_not_so_is_not_said(options, said):
    """Each verdict has its own words."""
    page = told(made_up(**options))
    assert said in page
    assert ("It fits: within" in page) == ("identified" in options)


def test_no_figure_is_called_met_beside_which_the_mean_lies(tmp_path):
    """Even where luck may be why, and the figures are likely in all."""
    fit = made_up()
    best = fit.tables["best_figures"]
    best.loc[best["measure"] == "lead_time_mean", ["mean", "high"]] = [720.0, 740.0]
    page = told(fit)
    assert "It fits as far as luck lets one tell. Lead time comes to 30 days at the nearest, and 34 days is" in page
    assert "all these figures" not in page
    fit.plot(tmp_path)
    assert "Not all figures are met: lead time" in (tmp_path / "figures.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [{}, {"fits": False, "identified": False}])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_figures_state_the_finding(tmp_path, options, lang):
    """In words of the language; pairs are drawn where there are any."""
    files = made_up(**options).plot(tmp_path, lang)
    names = {file.stem for file in files}
    assert names == ({"figures", "ranges", "pairs"} if not options else {"figures", "ranges"})
    words = re.sub(r"<[^>]+>", " ", (tmp_path / "ranges.svg").read_text(encoding="utf-8"))
    finding = {
        ("en", 0): "The figures narrow 2 of 4 assumptions",
        ("zh", 0): "收窄了 4 项假设中的 2 项",
        ("en", 2): "The figures narrow none of 4 assumptions",
        ("zh", 2): "没有单独收窄 4 项假设",
    }[lang, len(options)]
    assert finding in re.sub(r"\s+", " ", words)
