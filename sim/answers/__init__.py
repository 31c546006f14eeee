"""Answers that many runs give: what matters, what to choose, what fits, and whose claims hold.

Each is a package: it plans runs, has them made through `sim.experiments`, and makes tables of facts of them by name.
How an answer is told and drawn is in `sim.report.answers`, in a module of the same name.
"""
