"""How well a log's own past forecasts the rest of it: a fitted organization, and doing nothing clever."""
