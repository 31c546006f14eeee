"""The page to open before people: switches that answer at once, one week played twice, a copy for the stick."""
