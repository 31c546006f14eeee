"""``python -m sim`` is the command ``deptsim``."""

import sys

from sim.cli import main

sys.exit(main())
