"""The page of a choice says what its tables say, and no more."""

import re

import pytest

from tests.worlds.chosen import MadeUp, made_up


@pytest.fixture(scope="module")
def choice():
    """Three budgets; the smallest allows nothing, and the largest more than is best."""
    return made_up("0h,4h,8h,100h")


def test_the_answer_comes_first(choice):
    """A sentence for each budget, with the change and its interval."""
    said = choice.summary()
    assert said[0] == "For at most 0 hours a week: nothing, as no bundle takes so little."
    one = r"For at most 4 hours a week: RACI matrix\. on time: 7\d\.\d % now, 7\d\.\d % with it; \+\d\.\d+ points "
    assert re.match(one, said[1])
    told = "\n".join(said)
    assert "From at most 8 hours a week to at most 100 hours a week: the same bundle" in told
    assert "Kim and Nelson (2001" in told
    assert "With a confidence of 95 %" in told


def test_nothing_is_claimed_where_nothing_is_settled():
    """No guarantee, several names, and between what their effects lie."""
    said = made_up("100h", room=MadeUp({}, 0.05), at_most=30).summary()
    assert re.search(r"not decided\. After 30 replications \d of 8 bundles are left.*nothing is guaranteed", said[0])
    assert not any(re.match(r"For at most 100 hours a week: [A-Z]", one) for one in said)


def test_what_is_not_worth_it_is_said():
    """A larger budget whose bundle is better by less than is worth finding buys nothing that matters."""
    asked = {"offer": "raci,daily_standup", "room": MadeUp({"raci": 0.06, "daily_standup": 0.004}, 0.0005)}
    said = made_up("4h,8h", zone=1.0, **asked).summary()
    assert any(one.startswith("RACI matrix takes less, 3.4 hours a week, and is not worse") for one in said)
    assert any(one.endswith("more budget buys nothing that matters.") for one in said)
    said = made_up("4h,8h", zone=0.1, **asked).summary()
    assert any(re.match(r"From .*: on time \+0\.4\d points more", one) for one in said)
    nothing = made_up("100h", offer="shared_kpi", room=MadeUp(spread=0.0)).summary()
    assert nothing[0].startswith("For at most 100 hours a week: nothing. Of 2 bundles none is better for on time")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_both_languages_say_the_same_numbers(choice, lang):
    """Every number of one is in the other."""

    def numbers(said):
        return sorted(re.findall(r"[+−]?\d+\.\d+", "\n".join(said)))

    assert numbers(choice.summary(lang)) == numbers(choice.summary("en"))
    assert all(one.strip() and "nan" not in one.lower() for one in choice.summary(lang))


def test_money_is_named(choice):
    """Beside hours, or alone."""
    said = made_up("8h", money=20000, offer="raci,rpa", room=MadeUp({"raci": 0.02, "rpa": 0.05})).summary()
    assert said[0].startswith("For at most 8 hours a week and 20,000 of money in the first year")
    assert "8,700 of money" in said[1]
    alone = made_up(None, money=5000, offer="raci,rpa").summary("zh")
    assert alone[0].startswith("第一年最多花费 5,000（金额）：选择")
    data = choice.to_json()
    assert data["kind"] == "choice"
    assert data["tables"]["budgets"][1]["chosen"] == "raci"


def test_what_is_not_known_is_said():
    """A bundle of which hardly any run is defined is not judged; where nothing is, nothing is chosen."""

    class Failing(MadeUp):
        def _values(self, bundles, most, seed):
            values = super()._values(bundles, most, seed)
            for place, bundle in enumerate(bundles):
                if "now" in self.failing or any(one.kind in self.failing for one in bundle):
                    values[place] = float("nan")
            return values

    room = Failing()
    room.failing = {"raci"}
    said = made_up("100h", offer="raci,daily_standup", room=room).summary()
    assert said[0].startswith("For at most 100 hours a week: Daily stand-up. on time:")
    assert any(re.match(r"Not judged, as on time is not defined.*RACI matrix", one) for one in said)
    room.failing = {"now"}
    found = made_up("100h", offer="raci", room=room)
    assert not found.tables["budgets"]["settled"].any()
    assert found.summary()[0] == "For at most 100 hours a week: not decided, as on time is not defined in the runs."
