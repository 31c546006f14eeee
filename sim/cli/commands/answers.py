"""The commands that answer a question by many runs: what matters, what to choose, what fits, whose claims hold."""

from __future__ import annotations
