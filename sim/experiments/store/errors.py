"""What is said where an experiment cannot go into a folder, or was found there otherwise than it was left."""

from sim.spec.findings import TextError


class StoreError(TextError):
    """A sentence about a folder that cannot be the store of an experiment, or not now; nothing in it was changed."""


class OtherExperimentError(StoreError):
    """A sentence about a store that holds the runs of another experiment."""


class StoreWarning(UserWarning):
    """What was found damaged in a store and is made again, one sentence on a line."""
