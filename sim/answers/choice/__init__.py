"""What to choose within a budget: bundles that fit it, the best of them with a guarantee, and what that one does."""
