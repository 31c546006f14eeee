"""How answers are told and drawn: a module for each, of the name of its kind, with two functions.

``sections(answer, lang)`` gives the page, as pairs of a heading and its sentences, the answer itself first.
``figures(answer, lang)`` yields pairs of the name of a file and a figure.
"""
