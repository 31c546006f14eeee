"""Fitting to what a client knows: which organizations within the ranges look like the one whose figures are given.

What is asked is the posterior of some sixty assumptions, given two to five figures of one stretch of weeks. The
likelihood of a simulation is not known, so it is approximate Bayesian computation (ABC): runs are compared with the
figures, each with luck of its own, since what a client knows is one stretch of luck too. Few figures make it easy, and
many assumptions do not make it hard: most of them keep what they had. They rule out the usual libraries, though.
pyABC (Klinger et al. 2018, Bioinformatics 34: 3591) goes from population to
population by shaking all assumptions at once. With sixty that are even in their ranges and a thousand draws, about one
proposal in half a million lies within all ranges, and two thousand of them, kept inside, are worth four by their
weights; and its samplers end a population when enough were accepted, whoever was quickest. Bayesian optimization finds
a point, not a posterior, and a model of the figures in place of runs would be believed where it is wrong.

So here: rounds of a fixed size in experiment stores, the first over all ranges, the others where a rough picture of
the runs so far takes points for likely (`looking`: the picture decides where to look, never what is believed), and one
posterior of all rounds (`posterior`: the nearest runs, moved by regression only where figures bear on an assumption). A
straight fit for every assumption, as is usual, made 90 % intervals that held 87 to 89 of 100 truths; this one holds 90.
That is what is tested (tests/theory/test_fit_coverage.py; coverage over the prior as in Talts et al. 2018,
arXiv:1804.06788).
"""
