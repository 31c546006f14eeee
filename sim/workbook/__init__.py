"""Organizations in workbooks: sheets that people fill in, read into what a scenario file would say, and written again."""
