"""Organizations in workbooks: sheets that people fill in, read as what a scenario file would say, and written again."""
