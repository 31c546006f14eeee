"""The commands and their arguments, module by module in the order in which help lists them.

What they do is in a module each, loaded when asked for. What help says about them is among the words: commands and
parameters have the same names there as here.
"""

from importlib import import_module

for _one in ("scenarios", "experiments", "answers", "logs", "files"):
    import_module(f"{__name__}.{_one}")
