"""The page to open before people: switches that answer at once, one week played twice, a copy for the stick.

Nothing is worked out here that a study does not know: numbers come from `sim.study`, `sim.scenario` and `sim.run`, and
are put into the units, rows and short forms that the page draws. `frame` is what all answers share, `answer` the
numbers of one, `week` the week that is played, `sure` how far an answer holds over assumptions; `studies` keeps the
replications behind them.
"""
