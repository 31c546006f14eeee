"""The debrief: what was asked, bet, found and decided, as a page to print, or to send to whoever was not there."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sim.web.document import Document, hashed, tag_of
from sim.web.workshop.record import came_out
from sim.words import Language, Text, words
from sim.words.numbers import MINUS, MISSING, percent

texts = words("debrief")

WIDTH, LINE, BAR, GAP = 640, 22, 16, 8
"""Of the pictures: how wide they are, and how high a line of text, a bar, and what is between two of them."""

FOOT = 140
"""Where the scale of sizes lies."""

_LONGEST = 90

STYLE = """
:root{color-scheme:light}
body{max-width:46rem;margin:2rem auto;padding:0 1.25rem;background:#fff;color:#17202a;
font:400 .9375rem/1.5 "Inter","Helvetica Neue",system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;
font-feature-settings:"tnum";overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.0625rem;line-height:1.35;margin:0 0 .5rem}
h3{font-size:.8125rem;font-weight:600;color:#5f6670;margin:.75rem 0 .125rem}
p,ul,ol{margin:.25rem 0}
ul{padding-left:1.1rem}
.soft{color:#5f6670}
section{border-top:1px solid #e2ddd3;padding:1rem 0;break-inside:avoid}
.write{height:2.5rem;border-bottom:1px dotted #8a8f97}
svg{display:block;width:100%;max-width:40rem;height:auto;margin:.5rem 0}
svg text{font:inherit;font-size:13px;fill:#17202a}
svg .soft{fill:#5f6670}.bar{fill:#cfcac0}.bar.right{fill:#00735c}.dot{fill:#746e64}.came{stroke:#00735c;stroke-width:3}
.now{stroke:#746e64;stroke-width:1.5;stroke-dasharray:4 3}.axis{stroke:#8a8f97}
@media print{body{margin:0;max-width:none}}
"""

POLICY = f"default-src 'none'; style-src {hashed(STYLE)}; img-src data:; base-uri 'none'; form-action 'none'"
"""Nothing runs in it, and it asks for nothing."""


def debrief(record: Mapping[str, Any], lang: Language) -> Document:
    """Return the debrief of a workshop as one document that needs nothing else.

    Parameters
    ----------
    record : mapping
        As `sim.web.workshop.record.record_of` makes it.
    lang : {"en", "zh"}
        Its language.
    """
    title = texts.TITLE.format(name=Text(**record["title"])).get(lang)
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY)}">',
        '<link rel="icon" href="data:,">',
        f"<title>{html.escape(title)}</title>",
        f"<style>{STYLE}</style>",
    ]
    body = ["<body>", *_Body(record, lang).parts(), "</body>", "</html>", ""]
    parts = ["<!doctype html>", f'<html lang="{tag_of(lang)}">', "<head>", *head, "</head>", *body]
    return Document("\n".join(parts), f"{POLICY}; frame-ancestors 'none'")


class _Body:
    """Writes a record in a language; nothing that people wrote is markup."""

    def __init__(self, record: Mapping[str, Any], lang: Language) -> None:
        self._record, self._lang = record, lang

    def parts(self) -> Iterator[str]:
        questions = self._record["questions"]
        yield f"<h1>{self._text(self._record['title'])}</h1>"
        facts = {"date": self._record["begun"][:10], "people": self._record["people"], "questions": len(questions)}
        yield f'<p class="soft">{self._say(texts.ABOUT.format(**facts))}</p>'
        yield from self._decisions(questions)
        if not questions:
            yield f"<p>{self._say(texts.NOTHING_ASKED)}</p>"
        for question in questions:
            yield from self._question(question)
        facts = {"version": self._record["version"]}
        yield f'<p class="soft">{self._say(texts.MADE_WITH.format(**facts))}</p>'

    def _decisions(self, questions: list[Mapping[str, Any]]) -> Iterator[str]:
        made = [one for one in questions if one["decision"]]
        if made:
            yield f"<section><h2>{self._say(texts.DECIDED)}</h2><ol>"
            yield from (f"<li>{_safe(one['decision'])}</li>" for one in made)
            yield "</ol></section>"

    def _question(self, question: Mapping[str, Any]) -> Iterator[str]:
        yield f"<section><h2>{question['number']}. {self._text(question['text'])}</h2>"
        if question["hypothesis"]:
            yield from self._note(texts.HYPOTHESIS, question["hypothesis"])
        yield from self._bets(question)
        if (said := self._result(question)) is not None:
            yield f"<h3>{self._say(texts.RESULT)}</h3><p>{html.escape(said)}</p>"
        reasons = [one for one in question["bets"] if one["why"]]
        if reasons:
            yield f"<h3>{self._say(texts.REASONS)}</h3><ul>"
            yield from (f"<li>{self._reason(question, one)}</li>" for one in reasons)
            yield "</ul>"
        yield from self._note(texts.FINDING, question["finding"])
        yield from self._note(texts.DECISION, question["decision"])
        yield "</section>"

    def _note(self, heading: Text, text: str) -> Iterator[str]:
        """Write what the host wrote, or leave a line for it."""
        yield f"<h3>{self._say(heading)}</h3>"
        yield f"<p>{_safe(text)}</p>" if text else '<p class="write"></p>'

    def _bets(self, question: Mapping[str, Any]) -> Iterator[str]:
        count = len(question["bets"])
        yield f"<h3>{self._say(texts.BETS.format(count=count))}</h3>"
        if count and question["kind"] == "size":
            yield self._sizes(question)
        elif count:
            yield self._bars(question)

    def _bars(self, question: Mapping[str, Any]) -> str:
        """Draw for every choice how many bet on it, below what it is called."""
        right = (question["result"] or {}).get("right", ())
        most = max(question["counts"].values())
        drawn = []
        for place, one in enumerate(question["choices"]):
            count, top = question["counts"][one["id"]], place * (LINE + BAR + GAP)
            wide = max(1, round((WIDTH - 60) * count / most))
            mark = " ✓" if one["id"] in right else ""
            drawn.append(
                f'<text x="0" y="{top + LINE - 5}">{html.escape(_clipped(one["label"][self._lang]))}</text>'
                f'<rect class="{"bar right" if mark else "bar"}" x="0" y="{top + LINE}" width="{wide}" height="{BAR}"/>'
                f'<text x="{wide + 8}" y="{top + LINE + BAR - 3}">{count}{mark}</text>'
            )
        return _picture(len(question["choices"]) * (LINE + BAR + GAP), drawn)

    def _sizes(self, question: Mapping[str, Any]) -> str:
        """Draw every bet as a dot on the part of the scale where they lie, what there is now, and what came out."""
        then = (question["result"] or {}).get("then")
        marks = {"now": question["now"], "came": then}
        low, high = _part(question["scale"], [value for value, _ in question["values"]] + [*marks.values()])
        step = min(12.0, 120.0 / max(count for _, count in question["values"]))

        def across(value: float) -> float:
            return round(20 + (WIDTH - 40) * (value - low) / (high - low), 1)

        drawn = [f'<line class="axis" x1="20" x2="{WIDTH - 20}" y1="{FOOT}" y2="{FOOT}"/>']
        for kind, value in marks.items():
            if value is not None:
                drawn.append(f'<line class="{kind}" x1="{across(value)}" x2="{across(value)}" y1="6" y2="{FOOT}"/>')
        for value, count in question["values"]:
            drawn += [
                f'<circle class="dot" cx="{across(value)}" cy="{round(FOOT - 6 - step * place, 1)}" r="5"/>'
                for place in range(count)
            ]
        for value, side in ((low, "start"), (high, "end")):
            told = html.escape(_measured(question, value, self._lang, question["measure"]["digits"]))
            drawn.append(f'<text class="soft" x="{across(value)}" y="{FOOT + 20}" text-anchor="{side}">{told}</text>')
        return _picture(FOOT + 26, drawn)

    def _result(self, question: Mapping[str, Any]) -> str | None:
        result = question["result"]
        if result is None:
            return None
        if question["kind"] == "which":
            told = [
                texts.OF.format(name=Text(**one["label"]), value=self._both(question, result["of"].get(one["id"])))
                for one in question["choices"]
            ]
            best = came_out(question, self._lang)
            said = texts.SEMICOLON.get(self._lang).join(one.get(self._lang) for one in told)
            return str(texts.BEST.format(names=best, told=said).get(self._lang))
        facts = {name: self._both(question, result[name]) for name in ("now", "then")}
        facts |= {"measure": Text(**question["measure"]["label"]), "tried": Text(**question["label"])}
        said = texts.FROM_TO.format(**facts)
        if result["low"] is not None:
            ends = {name: self._changed(question, result[name]) for name in ("diff", "low", "high")}
            said += texts.DIFFERENCE.format(**ends, unit=Text(**question["measure"]["delta_unit"]))
        if question["hits"] is not None:
            said += texts.HITS.format(hits=question["hits"], of=len(question["bets"]))
        return str((said + texts.RUNS.format(n=result["n"])).get(self._lang))

    def _reason(self, question: Mapping[str, Any], bet: Mapping[str, Any]) -> str:
        labels = {one["id"]: one["label"][self._lang] for one in question["choices"]}
        bet_on = _measured(question, bet["value"], self._lang) if bet["choice"] is None else labels[bet["choice"]]
        who = f" ({_safe(bet['name'])})" if bet["name"] else ""
        return f"{_safe(bet['why'])} <span class='soft'>– {html.escape(bet_on)}{who}</span>"

    def _both(self, question: Mapping[str, Any], value: float | None) -> Text:
        return Text(*(_measured(question, value, lang) for lang in ("en", "zh")))

    def _changed(self, question: Mapping[str, Any], value: float) -> str:
        """Write a difference with its sign, with as many decimals as on the page."""
        told = _number(question, abs(value))
        return told if not told.strip("0.,") else f"{'+' if value > 0.0 else MINUS}{told}"

    def _text(self, label: Mapping[str, str]) -> str:
        return html.escape(label[self._lang])

    def _say(self, text: Text) -> str:
        return html.escape(text.get(self._lang))


def _measured(question: Mapping[str, Any], value: float | None, lang: str, digits: int | None = None) -> str:
    if value is None:
        return MISSING
    number, unit = _number(question, value, digits), question["measure"]["unit"][lang]
    return percent(number).get(lang) if unit == "%" else f"{number} {unit}"


def _number(question: Mapping[str, Any], value: float, digits: int | None = None) -> str:
    places = max(question["measure"]["digits"], 1) if digits is None else digits
    return f"{value:,.{places}f}".replace("-", MINUS)


def _part(scale: Mapping[str, float], values: Iterable[float | None]) -> tuple[float, float]:
    """Return the part of a scale on which everything lies, with a little beside it."""
    known = [one for one in values if one is not None]
    beside = max(3.0 * scale["step"], 0.1 * (max(known) - min(known)))
    return max(min(known) - beside, scale["low"]), min(max(known) + beside, scale["high"])


def _safe(text: str) -> str:
    """Return what somebody wrote, as it was written; each in the direction of its script."""
    return f"<bdi>{html.escape(text).replace(chr(10), '<br>')}</bdi>"


def _clipped(text: str) -> str:
    wide = 0
    for place, letter in enumerate(text):
        wide += 2 if letter > "\u2e7f" else 1
        if wide > _LONGEST:
            return f"{text[:place]}…"
    return text


def _picture(height: int, drawn: list[str]) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {height}" aria-hidden="true">{"".join(drawn)}</svg>'
