"""What commands raise about their arguments."""


class UsageError(ValueError):
    """A sentence about arguments that make no sense."""
