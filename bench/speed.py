"""`python bench/speed.py` is `python -m bench`, from wherever it is called."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from bench.__main__ import main

    sys.exit(main())
