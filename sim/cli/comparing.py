"""deptsim compare"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.cli.codes import FAILED, FINE, INTERRUPTED, SOME_FAILED
from sim.cli.outputs import check_outputs
from sim.cli.screen import Bar, Screen, json_text, screen, warn, write, write_json
from sim.cli.spreadsheets import write_csv
from sim.cli.working import said_if_interrupted, worked_on
from sim.engine import Threads
from sim.files import whole
from sim.report.answer import Answer
from sim.report.answertable import answer_table
from sim.report.diagnosis import added, headline
from sim.report.lines import lines_of
from sim.report.money import money_note, money_of, money_told
from sim.report.robust import Robust, robust_table
from sim.report.shown import parts_called
from sim.report.terminal import WIDE, comparison_tables, ledger_tables, left_out
from sim.scenario import Scenario, load
from sim.scenario.changes import Change
from sim.spec.base import text_of
from sim.study.alternatives import Alternative, parse_alternative
from sim.study.compare import Plan, planned
from sim.study.comparison import Comparison
from sim.study.robust import EACH, surveyed
from sim.study.survey import Survey, survey_of
from sim.words import words

texts = words("terminal")
robust_texts = words("robust")


def compare_command(
    name: str,
    changes: tuple[Change, ...],
    with_: tuple[str, ...],
    replications: int,
    seed: int,
    measures: str | None,
    matters: float,
    points: int,
    full: bool,
    out: Path | None,
    threads: int | None,
    json: bool,
    lang: str,
    baseline: str | None = None,
) -> int:
    """Compare, print, and write files where asked; what was computed is printed even if nothing can be written."""
    scenario = load(name, changes)
    check_outputs(name, out=out, lang=lang)
    given = given_alternatives(with_)
    plan = planned(scenario, given, replications, seed, reported(measures), matters=matters, baseline=baseline)
    worked = compared(plan, points, threads, lang)
    comparison = worked.comparison
    for sentence in added(comparison.scenarios, comparison.names, lang):
        warn(sentence)
    written = True
    try:
        if json:
            write_json(comparison.to_json())
        else:
            console = screen()
            print_comparison(console, scenario, comparison, lang)
            if comparison.surveyed:
                print_robust(console, Robust(comparison, lang))
            if full:
                print_tables(console, comparison, lang)
    finally:  # also where the reader of the table has had enough
        written = True if out is None else _write_files(comparison, out, quiet=json, lang=lang)
    return worked.ended(lang) if worked.interrupted else _code(comparison, written, lang)


@dataclass(frozen=True)
class Worked:
    """A comparison that was made, as far as nobody interrupted.

    Attributes
    ----------
    comparison
        What was found, with what points of the assumptions say where some were looked at.
    plan, survey
        What was asked for.
    cut_short
        Whether somebody interrupted while points were looked at.
    """

    comparison: Comparison
    plan: Plan
    survey: Survey
    cut_short: bool

    @property
    def interrupted(self) -> bool:
        """Whether somebody interrupted."""
        return self.cut_short or self.comparison.interrupted

    def ended(self, lang: str) -> int:
        """Say how far it came, and return the exit code."""
        if not self.cut_short:
            return said_if_interrupted(self.plan.study, lang)
        warn(robust_texts.INTERRUPTED.format(done=self.survey.done, wanted=self.survey.total).get(lang))
        return INTERRUPTED


def compared(plan: Plan, points: int, threads: int | None, lang: str) -> Worked:
    """Make a comparison, then at points of its assumptions; what is done when somebody interrupts is kept."""
    with Bar(texts.COMPARING.get(lang)) as bar:
        interrupted = worked_on(plan.study, threads, bar)
    comparison = plan.comparison()
    survey = survey_of(plan, 0 if interrupted else points, EACH)
    cut_short = survey.total > 0 and _surveyed(survey, threads, lang)
    if survey.done:
        comparison = surveyed(comparison, survey)
    if survey.done and not comparison.surveyed:
        warn(robust_texts.NONE_LEFT.format(points=survey.done).get(lang))
    return Worked(comparison, plan, survey, cut_short)


def _surveyed(survey: Survey, threads: int | None, lang: str) -> bool:
    """Work on the points of a survey, and tell whether somebody interrupted."""
    try:
        with Bar(robust_texts.ASSUMING.get(lang)) as bar:
            survey.run(Threads(threads), bar)
    except KeyboardInterrupt:
        return True
    return False


def given_alternatives(with_: tuple[str, ...]) -> tuple[Alternative, ...] | None:
    """Return the alternatives of the ``--with`` options; None where there are none."""
    return tuple(parse_alternative(text) for text in with_) or None


def reported(measures: str | None) -> str | tuple[str, ...] | None:
    """Return what ``--measures`` asks for."""
    if measures is None:
        return None
    return tuple(name.strip() for name in measures.split(",") if name.strip())


def print_comparison(console: Screen, scenario: Scenario, comparison: Comparison, lang: str) -> None:
    """Print the answer at a glance: one table and a few sentences."""
    title = text_of(scenario.title, scenario.name).get(lang)
    console.print(texts.RESULT.format(title=title).get(lang), style="bold")
    if not comparison.now["mean"].isna().all():
        for line in headline(comparison.diagnosis, lang):
            console.print(lines_of(line, console.width, lang))
    answer = Answer(comparison, lang)
    console.print(answer_table(answer, console))
    if money_told(comparison):
        console.print(money_of(comparison, answer.order, lang))
    note = [money_note(comparison).get(lang)] if money_told(comparison) else []
    for sentence in (*answer.sentences, *note, answer.how_sure):
        console.print(lines_of(sentence, console.width, lang))


def print_robust(console: Screen, robust: Robust) -> None:
    """Print over which range effects lie where the assumptions do, who is best how often, and what decides."""
    if not robust.order:
        return
    console.print()
    console.print(robust_table(robust))
    for sentence in robust.sentences:
        console.print(lines_of(sentence, console.width, robust.lang))


def print_tables(console: Screen, comparison: Comparison, lang: str) -> None:
    """Print one table for each alternative, the ledger, and how to read them."""
    wide = console.width >= WIDE
    for table in comparison_tables(comparison.table, comparison.names, comparison.specs, lang, wide):
        console.print()
        console.print(table)
    for table in ledger_tables(comparison.ledger, comparison.names, lang, console, parts_called(comparison.scenario)):
        console.print()
        console.print(table)
    facts = {"replications": comparison.replications, "seed": comparison.manifest["seed"], "tests": comparison.tests}
    console.print()
    console.print(texts.HOW_TO_READ.format(**facts).get(lang), style="dim")
    if same := left_out(comparison.table, comparison.specs, lang):
        console.print(texts.LEFT_OUT.format(measures=same).get(lang), style="dim")
    if not wide:
        console.print(texts.NARROW.format(columns=WIDE).get(lang), style="dim")


def _write_files(comparison: Comparison, out: Path, quiet: bool, lang: str) -> bool:
    from sim.report.pictures import draw_pictures  # matplotlib takes longer to load than most commands to run

    try:
        written, missing = draw_pictures(comparison, out, lang)
        for name, frame in comparison.tables.items():
            path = out / f"{name}.csv"
            write_csv(frame if frame.index.name is None else frame.reset_index(), path)
            written.append(path)
        with whole(out / "comparison.json") as place:
            place.write_text(json_text(comparison.to_json()) + "\n", encoding="utf-8")
        written.append(out / "comparison.json")
    except OSError as error:
        warn(texts.NOT_WRITTEN.format(folder=out, why=error.strerror or error).get(lang))
        return False
    if missing:
        warn(missing)
    if not quiet:
        write(texts.WRITTEN_TO.format(count=len(written), folder=out).get(lang))
    return True


def _code(comparison: Comparison, written: bool, lang: str) -> int:
    if comparison.errors:
        warn(texts.SOME_RUNS_FAILED.format(count=len(comparison.errors), first=comparison.errors[0]).get(lang))
        return SOME_FAILED
    return FINE if written else FAILED
