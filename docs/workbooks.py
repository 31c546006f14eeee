"""The tables of the sheets of a workbook: what each holds, and what no sheet can say."""

from docs.markdown import sentence, table
from sim.words import words
from sim.workbook.columns import Sheet, called, heading, names_for
from sim.workbook.layout import sheets
from sim.workbook.unsaid import unsayable

texts = words("workbook")


def every_sheet() -> str:
    """Return a row for each sheet; columns in brackets are those that a template only has where they say something."""
    return table(("sheet", "工作表", "what it holds", "columns"), map(_row, sheets()))


def _row(sheet: Sheet) -> tuple[str, ...]:
    name = called(names_for(sheet))
    also = "" if sheet.always else " (to add)"
    return f"{name.en}{also}", name.zh, sentence(texts.ABOUT[sheet.key].en), _columns(sheet)


def _columns(sheet: Sheet) -> str:
    told = []
    for column in sheet.columns:
        name = "*a column for each department and approver*" if column.kind == "raci" else heading(sheet, column).en
        told.append(name if column.always else f"[{name}]")
    return ", ".join(told)


def not_said() -> str:
    """Return a row for each field of a scenario file that no sheet has."""
    return table(("field", "what it is"), ((f"`{place}`", sentence(meaning.en)) for place, meaning in unsayable()))
