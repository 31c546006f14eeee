"""The report that is handed over: what a comparison found, told in chapters, written in several formats.

`facts` gathers what is to be told, without words. `chapters` puts it into one language, a module for each chapter. The
writers (`pages`, `printed`, `slides`, `workbook`) lay the same chapters out as HTML, PDF, PPTX and XLSX; they know
blocks only, not what these are about.
"""
