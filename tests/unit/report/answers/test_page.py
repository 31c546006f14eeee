"""An answer on one page, whatever it answers: as Markdown, as pictures, in a notebook."""

from types import MappingProxyType, SimpleNamespace

import pandas as pd
import pytest
from matplotlib.figure import Figure

from sim.answers.answer import Answer
from sim.report.answers import page
from sim.words import Text


class Made(Answer):
    """An answer that is made up."""

    kind = "made"
    tables = MappingProxyType({"facts": pd.DataFrame({"value": [1.0, float("nan")]})})
    about = MappingProxyType({"seed": 1})


def sections(answer, lang):
    return [
        (Text("Which?", "哪个？"), ["The first <b>."]),
        (Text("Nothing", "无"), []),
        (Text("Why", "为什么"), ["One.", "Two."]),
    ]


@pytest.fixture
def made(monkeypatch):
    told = SimpleNamespace(sections=sections, figures=lambda answer, lang: [("bars", Figure())])
    monkeypatch.setattr(page, "_told", lambda answer: told)
    return Made()


def test_a_page_leaves_out_what_says_nothing(made, tmp_path):
    """The title and the answer come first, then a list below each heading."""
    file = page.write_page(made, tmp_path / "new" / "summary.md", "zh")
    assert file.read_text(encoding="utf-8") == "# 哪个？\n\nThe first <b>.\n\n## 为什么\n\n- One.\n- Two.\n"
    assert made.summary() == ["The first <b>.", "One.", "Two."]


def test_figures_are_written_twice(made, tmp_path):
    """As PNG and as SVG, into a folder that is made."""
    assert [path.name for path in made.plot(tmp_path / "figures")] == ["bars.png", "bars.svg"]


def test_a_notebook_shows_the_answer_and_opens_the_rest_on_a_click(made):
    """What is said is no markup."""
    shown = page.html_of_answer(made, "en")
    assert shown.startswith("<div><h4>Which?</h4><p>The first &lt;b&gt;.</p><details><summary>Why</summary>")
    assert shown.count("<details>") == 1


def test_facts_are_plain_data(made):
    """What is unknown is None."""
    assert made.to_json() == {"kind": "made", "seed": 1, "tables": {"facts": [{"value": 1.0}, {"value": None}]}}
