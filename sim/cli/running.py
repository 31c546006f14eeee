"""deptsim run"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from sim.cli.codes import FAILED, FINE, SOME_FAILED
from sim.cli.outputs import check_outputs
from sim.cli.screen import Bar, Screen, json_text, screen, warn, write, write_json
from sim.cli.spreadsheets import write_csv, write_parquet
from sim.cli.working import said_if_interrupted, worked_on
from sim.eventlog.writing.endings import ending_of
from sim.files import whole
from sim.replications import Study
from sim.report.diagnosis import sentences
from sim.report.lines import lines_of
from sim.report.state import busy_table, process_table
from sim.report.terminal import WIDE, means_table
from sim.results import RunResult
from sim.scenario import load
from sim.scenario.changes import Change
from sim.spec.base import text_of
from sim.study.compare import means
from sim.study.facts import Diagnosis
from sim.study.plain import plain_data
from sim.study.reported import usual_specs
from sim.study.typical import typical_replication
from sim.tables import EVERYTHING, SUMMARY
from sim.words import sentences as sentences_of
from sim.words import series, words

texts = words("terminal")


def run_command(
    name: str,
    changes: tuple[Change, ...],
    replications: int,
    seed: int,
    events: Path | None,
    out: Path | None,
    threads: int | None,
    json: bool,
    lang: str,
) -> int:
    """Run, print every measure with its interval, and write tables where asked."""
    scenario = load(name, changes)
    check_outputs(name, out=out, files={"--events": events}, names=("manifest", *EVERYTHING), lang=lang)
    if events is not None:
        ending_of(events, "--events")
    with Bar(texts.RUNNING.get(lang)) as bar:
        kept = SUMMARY if out is None else EVERYTHING
        tables = kept if events is None else tuple(dict.fromkeys((*kept, "cases", "events")))
        study = Study({"": scenario}, replications=replications, seed=seed, tables=tables)
        interrupted = worked_on(study, threads, bar)
    result = study.result("", last=True)
    if json:
        found = means(result.measures, usual_specs(scenario))
        told: dict[str, Any] = {"manifest": result.manifest, "measures": found.to_dict("index")}
        if len(result.measures):
            told |= {"typical_replication": typical_replication(result), "diagnosis": result.diagnosis.to_json()}
        write_json(plain_data(told))
    else:
        print_run(result, lang)
    written = _write(result, events, out, quiet=json, lang=lang)
    return said_if_interrupted(study, lang) if interrupted else _code(result, written, lang)


def print_run(result: RunResult, lang: str) -> None:
    """Print every measure with its interval, and what state this is."""
    console, scenario = screen(), result.scenario
    found = means(result.measures, usual_specs(scenario))
    title = texts.RUN_RESULT.format(title=text_of(scenario.title, scenario.name)).get(lang)
    specs, known = usual_specs(scenario), found["mean"].notna()
    telling = [specs[str(name)].tells(mean) for name, mean in found["mean"].items()]
    console.print(means_table(title, found[telling], specs, lang, wide=console.width >= WIDE))
    facts: dict[str, Any] = {name: result.manifest[name] for name in ("replications", "seed")}
    facts["tail"] = round(scenario.tail, 2)
    note = texts.RUN_NOTE.format(**facts, weeks=scenario.horizon_weeks, warmup=scenario.warmup_weeks)
    if scenario.starts_on is not None:
        note = sentences_of([note, texts.RUN_DATES.format(first=scenario.starts_on)])
    console.print(lines_of(note.get(lang), console.width, lang), style="dim")
    if not known.all():
        names = series(specs[str(name)].label for name in found.index[~known])
        console.print(lines_of(texts.NOT_DEFINED.format(measures=names).get(lang), console.width, lang), style="dim")
    if len(result.measures):
        _diagnose(console, result.diagnosis, lang)


def _diagnose(console: Screen, diagnosis: Diagnosis, lang: str) -> None:
    """Print how busy everybody is, where time goes, and what state this is."""
    for table in (busy_table(diagnosis, lang), process_table(diagnosis, lang)):
        console.print()
        console.print(table)
    console.print()
    for sentence in sentences(diagnosis, lang):
        console.print(lines_of(sentence, console.width, lang))


def _write(result: RunResult, events: Path | None, out: Path | None, quiet: bool, lang: str) -> bool:
    """Write what was asked for; one place that cannot be written does not keep the other from being written."""
    written: list[Path] = []
    fine = True
    for target, save in ((events, partial(_write_events, lang=lang)), (out, _write_tables)):
        if target is not None:
            try:
                written += save(result, target)
            except OSError as error:
                warn(texts.NOT_WRITTEN.format(folder=target, why=error.strerror or error).get(lang))
                fine = False
    if written and not quiet:
        write(texts.WRITTEN.format(files=", ".join(map(str, written))).get(lang))
    return fine


def _write_events(result: RunResult, path: Path, lang: str) -> list[Path]:
    """Write the log that the run leaves behind; of several replications, with cases called by both numbers."""
    from sim.eventlog.simulated import simulated
    from sim.eventlog.writing.written import write_log

    only = result.cases["replication"].nunique() == 1
    first = int(result.cases["replication"].iloc[0]) if only else None
    return [write_log(simulated(result, first, lang=lang), path)]


def _write_tables(result: RunResult, out: Path) -> list[Path]:
    """Write every table as CSV, which spreadsheets open, and as Parquet, which keeps types; and the manifest."""
    out.mkdir(parents=True, exist_ok=True)
    files = [out / "manifest.json"]
    with whole(files[0]) as place:
        place.write_text(json_text(plain_data(result.manifest)) + "\n", encoding="utf-8")
    for name, frame in result.tables.items():
        plain = frame if frame.index.name is None else frame.reset_index()
        write_csv(plain, out / f"{name}.csv")
        write_parquet(plain, out / f"{name}.parquet")
        files += [out / f"{name}.csv", out / f"{name}.parquet"]
    return files


def _code(result: RunResult, written: bool, lang: str) -> int:
    if result.errors:
        warn(texts.SOME_RUNS_FAILED.format(count=len(result.errors), first=result.errors[0]).get(lang))
        return SOME_FAILED
    return FINE if written else FAILED
