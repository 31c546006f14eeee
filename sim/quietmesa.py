"""Mesa, loaded without what its progress bar says in notebooks that have no widgets: no bar is ever shown here."""

import warnings

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="IProgress not found")
    import mesa

__all__ = ["mesa"]
