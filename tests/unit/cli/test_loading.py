"""What commands load: no library that they do not use, each of which takes longer to load than they to answer."""

import json
import os
import subprocess
import sys

import pytest

from tests import ROOT

NUMBERS = {"matplotlib", "mesa", "networkx", "numba", "numpy", "pandas", "pyarrow", "scipy"}
MODELS = {"pydantic", "ruamel.yaml"}
LOADED = """
import json, sys
from sim.cli import main
code = main(sys.argv[1:])
print(json.dumps([code, sorted(sys.modules)]))
"""


def loaded(*arguments: str) -> set[str]:
    """Return the modules that a command has loaded when it is done."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    told = subprocess.run([sys.executable, "-c", LOADED, *arguments], env=environment, capture_output=True, text=True)
    code, modules = json.loads(told.stdout.splitlines()[-1])
    assert code == 0, told.stderr
    return set(modules)


@pytest.mark.parametrize(
    ("command", "needless"),
    [
        (("--help",), NUMBERS | MODELS),
        (("compare", "--help"), NUMBERS | MODELS),
        (("list",), NUMBERS - {"numpy"}),  # with which visits of a process with `next` are counted
        (("list", "levers"), NUMBERS),
        (("list", "interventions", "--lang", "zh"), NUMBERS),
        (("check", "order_delivery"), NUMBERS),
        (("schema",), NUMBERS),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_without_numbers_loads_no_library_for_them(command: tuple[str, ...], needless: set[str]) -> None:
    """Help loads no model of a scenario either."""
    assert loaded(*command) & needless == set()


@pytest.mark.compiled  # many runs
def test_a_comparison_loads_no_more_than_it_shows() -> None:
    """A table on the screen is no picture, nobody looks at single days, and no points are drawn to survey."""
    short = ("--replications", "1", "--weeks", "1", "--with", "raci")
    assert loaded("compare", "order_delivery", *short) & {"matplotlib", "mesa", "scipy.stats"} == set()
