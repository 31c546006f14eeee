"""Fitting to what a client knows: which organizations within the ranges look like the one whose figures are given."""
