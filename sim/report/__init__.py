"""Tables and figures of results: they are given frames and draw them; they run nothing and decide nothing."""
