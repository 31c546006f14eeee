"""The commands that read event logs: what happened to cases, as ticket systems write it down."""

from __future__ import annotations

from sim.cli.building import command
from sim.cli.logoptions import ANY_COLUMNS, LogColumns, LogFile
from sim.cli.options import Json, Language, StoreOut


@command
def log(
    log_file: LogFile,
    /,
    *,
    columns: LogColumns = ANY_COLUMNS,
    answer_folder: StoreOut = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Look at an event log: when people work, who passes to whom, what is late, and what the log cannot tell."""
    from sim.cli.answering import Way
    from sim.cli.looking import log_command

    return log_command(log_file, columns, Way(out=answer_folder, json=json), lang)
