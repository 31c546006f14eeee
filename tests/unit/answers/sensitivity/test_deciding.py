"""Which few matter: those that are looked at further, and those that decide."""

import numpy as np
import pandas as pd

from sim.answers.sensitivity.deciding import deciding, most_influential


def screened(rows):
    """Return a screening of two measures."""
    names = ["of", "measure", "assumption", "mu_star", "sure"]
    return pd.DataFrame(rows, columns=names).assign(low=0.5, high=9.0)


SCREENED = screened(
    [("now", "m", name, size, True) for name, size in zip("abcd", (4.0, 3.0, 0.01, 0.0), strict=True)]
    + [("now", "n", name, size, name != "d") for name, size in zip("abcd", (0.2, 0.1, 5.0, 4.0), strict=True)]
)
ENDS = pd.DataFrame(
    [("now", measure, name, *range(6)) for measure in "mn" for name in "abcd"],
    columns=[
        "of",
        "measure",
        "assumption",
        "at_low",
        "at_low_low",
        "at_low_high",
        "at_high",
        "at_high_low",
        "at_high_high",
    ],
)
NONE = pd.DataFrame(columns=["of", "measure", "assumption", "total", "total_low", "total_high", "sure", "among"])


def test_every_measure_names_those_that_matter_most_to_it():
    """One after another, the first measure first; what does nothing is never named."""
    assert most_influential(SCREENED, 3) == ("a", "c", "b")
    assert most_influential(SCREENED, 3, ["n"]) == ("c", "d", "a")
    assert most_influential(SCREENED, 9, ["m"]) == ("a", "b", "c")
    assert most_influential(SCREENED, 2, ["n", "m"]) == ("c", "a")


def test_those_that_decide_are_sure_and_not_next_to_nothing():
    """By size, with what they do at the ends of their ranges."""
    found = deciding(SCREENED, NONE, ENDS)
    assert found[["measure", "rank", "assumption"]].values.tolist() == [["m", 1, "a"], ["m", 2, "b"], ["n", 1, "c"]]
    assert (found["at_high_high"] == 5).all()
    assert set(found["by"]) == {"morris"}


def test_shares_of_the_variance_count_where_there_are_any():
    """And never all others together."""
    shares = pd.DataFrame(
        [("now", "m", name, share, 0.0, 1.0, sure, 1.0) for name, share, sure in
         (("a", 0.2, True), ("*", 0.9, True), ("b", 0.5, True), ("c", 0.3, False), ("d", 0.005, True))],
        columns=list(NONE),
    )  # fmt: skip
    found = deciding(SCREENED, shares, ENDS)
    assert found["assumption"].tolist() == ["b", "a"]
    assert found["size"].tolist() == [0.5, 0.2]
    assert deciding(SCREENED, shares, ENDS, five=1)["assumption"].tolist() == ["b"]
    assert deciding(SCREENED, shares.assign(sure=False, total=np.nan), ENDS).empty
