"""The audit of claims: what a model that never saw a claim makes of it, and what would have to be true for it."""
