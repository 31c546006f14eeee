"""Event logs, read from the files that ticket systems, process-mining tools and spreadsheets write."""

from sim.eventlog.reading.read import read_log

__all__ = ["read_log"]
