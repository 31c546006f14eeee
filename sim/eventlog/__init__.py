"""Event logs: what happened to cases, as ticket systems write it down; read, counted, written, or made by a run."""
