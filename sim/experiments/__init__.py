"""Experiments: many runs by design, in a store that survives whatever happens, and what they say."""
