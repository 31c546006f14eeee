"""Logs as files that process-mining tools, spreadsheets and databases read: CSV, XES and OCEL 2.0."""
