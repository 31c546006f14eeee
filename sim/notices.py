"""What is said beside a result, on standard error, once for each process: why it takes long, what was done without."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any

from sim.characters import visible
from sim.vocab import Text

COMPILING = Text(
    "compiling the simulation kernel, once for this version (up to a minute) ...",
    "正在编译仿真内核，每个版本只需一次（最长约一分钟）……",
)
DAMAGED = Text(
    "what was kept of the compiled kernel in {folder} is damaged; it is made again",
    "已保存的编译结果损坏，将重新编译（位置：{folder}）",
)
KEPT_ELSEWHERE = Text(
    "the compiled kernel cannot be kept in {folder} ({why}); it is kept in {instead}",
    "编译结果无法保存到 {folder}（{why}），已改存到 {instead}",
)
UNKEPT = Text(
    "the compiled kernel cannot be kept in {folder} ({why}), so every run compiles it again; "
    "the variable DEPTSIM_CACHE may name another folder",
    "编译结果无法保存到 {folder}（{why}），每次运行都要重新编译；可用环境变量 DEPTSIM_CACHE 指定其他文件夹",
)

_said: set[str] = set()
_language: list[str] = []


def speak(language: str) -> None:
    """Say what there is to say in this language from now on; the environment decides where nobody has chosen."""
    _language[:] = [language]


def language() -> str:
    """Return the language of notices: ``en`` or ``zh``."""
    if _language:
        return _language[0]
    chosen = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if chosen.startswith("zh") else "en"


def say_once(text: Text, **facts: Any) -> None:
    """Say a sentence on standard error, unless it was said before or there is no such place."""
    sentence = visible(text.get(language()).format(**facts))
    if sentence in _said or sys.stderr is None:
        return
    _said.add(sentence)
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"deptsim: {sentence}\n")
        sys.stderr.flush()


def of_cache(event: str, **facts: Any) -> None:
    """Say what happens to the compiled kernel."""
    if event == "compiling":
        say_once(COMPILING)
    elif event == "damaged":
        say_once(DAMAGED, **facts)
    else:
        say_once(KEPT_ELSEWHERE if facts["instead"] else UNKEPT, **facts)
