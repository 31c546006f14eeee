"""Looking at a log: what it holds, and what it cannot tell."""
