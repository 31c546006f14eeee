"""deptsim new, deptsim schema"""

from __future__ import annotations

import shlex
from pathlib import Path

from sim.cli.codes import FAILED, FINE
from sim.cli.screen import warn, write
from sim.scenario.schema import COMMENT, FILE, is_schema, schema_text, write_schema
from sim.scenario.starting import start
from sim.vocab import Text

STARTED = Text("wrote {file}; put your own departments in it, then:", "已写入 {file}；换成自己的部门后运行：")
EDITORS = Text(
    "editors complete and check it once the schema lies beside it: deptsim schema --out {file}",
    "将 schema 放在同一文件夹后，编辑器即可补全和检查：deptsim schema --out {file}",
)
WRITTEN = Text("wrote {file}", "已写入 {file}")
FIRST_LINE = Text(
    "first line of a scenario in the same folder, for editors: {line}",
    "供编辑器使用：同一文件夹中场景文件的首行写 {line}",
)
NO_SCHEMA = Text(
    "{file} is there already and is no schema; choose another name", "{file} 已存在且不是 schema；请换一个文件名"
)


def new_command(path: Path, like: str | None, schema: bool, lang: str) -> int:
    """Write a file to start from, and say what to do with it."""
    file = start(path, like, lang)
    beside = file.with_name(FILE)
    if schema and not _write_schema(beside, lang):
        return FAILED
    write(STARTED.get(lang).format(file=file))
    for command in ("check", "compare"):
        write(f"  deptsim {command} {shlex.quote(str(file))}{'' if lang == 'en' else f' --lang {lang}'}")
    write((WRITTEN if schema else EDITORS).get(lang).format(file=shlex.quote(str(beside))))
    return FINE


def schema_command(out: Path | None, lang: str) -> int:
    """Print the schema, or write it to a file, and say how editors find it."""
    if out is None:
        write(schema_text(lang))
    elif _write_schema(out, lang):
        write(WRITTEN.get(lang).format(file=out))
    else:
        return FAILED
    warn(FIRST_LINE.get(lang).format(line=f"{COMMENT}./{FILE if out is None else out.name}"))
    return FINE


def _write_schema(file: Path, lang: str) -> bool:
    """Write the schema over nothing but an older one."""
    if file.exists() and not is_schema(file):
        warn(NO_SCHEMA.get(lang).format(file=file))
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    write_schema(file, lang)
    return True
