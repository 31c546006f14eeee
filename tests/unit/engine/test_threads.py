"""Threads: a stream of tasks, of which a few are looked at ahead; results come in order."""

import threading
from itertools import count, islice

from sim.engine import Threads
from tests.worlds.tasks import Square


class Where(Square):
    """Says which thread works on it, and may call code of somebody's own."""

    def __init__(self, asks):
        super().__init__(0)
        self.asks = asks

    def work(self):
        """Return the thread."""
        return threading.get_ident()


def test_as_many_tasks_are_looked_at_as_are_needed():
    """There may be more than fit into memory; whoever stops asking stops the work."""
    seen = []
    tasks = (seen.append(number) or Square(number) for number in count())
    results = Threads(2).results(tasks)
    assert [(task.number, result) for task, result in islice(results, 20)] == [(n, n**2) for n in range(20)]
    results.close()
    assert len(seen) < 30


def test_code_of_somebodys_own_is_called_by_whoever_asks():
    """One after another, where Ctrl-C and a debugger reach it; unless a number of threads is asked for."""
    here = threading.get_ident()
    found = [thread == here for _, thread in Threads().results([Where(True), Where(False), Where(True)])]
    assert found == [True, False, True]
    assert here not in [thread for _, thread in Threads(2).results([Where(True), Where(False)])]


def test_nothing_comes_of_nothing():
    """And nothing is loaded for it."""
    assert list(Threads().results([])) == []
