"""What became of a case, where the log says it itself: words for cases that are finished, and for such that are not."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.words import words

STATE = "state"
"""The column of cases that has it."""

_texts = words("logsout")

_FINISHED = """
    done | finished | closed | complete | completed | resolved | solved | settled | ended | cancelled | canceled
    | rejected | declined | withdrawn | lost | won | archived
    | 已完成 | 已结束 | 已关闭 | 已办结 | 办结 | 已解决 | 已取消 | 已撤销 | 已驳回 | 已归档 | 关闭 | 完成
    | erledigt | abgeschlossen | geschlossen | gelöst | storniert | abgelehnt
    | afgerond | gesloten | voltooid | opgelost | geannuleerd | afgewezen
    | cerrado | cerrada | completado | completada | resuelto | resuelta | terminado | cancelado | rechazado
"""
_OPEN = """
    open | opened | new | active | in progress | ongoing | pending | waiting | on hold | to do | todo
    | in work | running | unfinished | not finished | reopened
    | 未完成 | 未结束 | 处理中 | 进行中 | 待处理 | 未关闭 | 打开 | 新建 | 挂起 | 等待中 | 未解决
    | offen | in arbeit | in bearbeitung | neu | wartend | laufend
    | in behandeling | nieuw | lopend | wacht
    | abierto | abierta | en curso | pendiente | nuevo | en proceso
"""


def folded(word: str) -> str:
    """Return a word as it is compared: letters and digits, small ones."""
    return re.sub(r"[\W_]+", "", word).casefold()


def _words(known: str, *own: str) -> frozenset[str]:
    keys = [_texts[key] for key in own]
    return frozenset(map(folded, (*known.split("|"), *(one for key in keys for one in (key.en, key.zh)))))


FINISHED, OPEN = _words(_FINISHED, "DONE", "LOST"), _words(_OPEN, "OPEN")
"""Words for both, as they are compared."""


def is_state(values: pd.Series) -> bool:
    """Tell whether a column says of everything in it whether it is finished."""
    said = {folded(str(one)) for one in values.dropna().unique() if str(one).strip()}
    return bool(said) and said <= FINISHED | OPEN


def going_on(state: pd.Series, which: NDArray[np.bool_]) -> pd.Series:
    """Return states with some cases open."""
    told = state.astype(object)
    told[which] = _texts.OPEN.en
    return told.astype("category")


def open_by_state(cases: pd.DataFrame) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which cases are open by what the log says of them, and of which it says anything."""
    if STATE not in cases:
        nothing = np.zeros(len(cases), dtype=bool)
        return nothing, nothing
    column = cases[STATE].astype("category")
    names = [folded(str(one)) for one in column.cat.categories]
    code = column.cat.codes.to_numpy()
    opened, finished = (np.append([one in of for one in names], False).astype(bool)[code] for of in (OPEN, FINISHED))
    return opened, opened | finished
