"""Two answers of `deptsim compare --json` are the same, whoever compiled: `python -m tests.answers HERE AHEAD`."""

import json
import sys
from pathlib import Path

if __name__ == "__main__":
    here, ahead = (json.loads(Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:])
    made = [answer["manifest"].pop("kernel_made")["compiled"] for answer in (here, ahead)]
    assert made == ["here", "ahead of time"], made
    assert here == ahead
