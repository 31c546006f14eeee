"""Stories: pages that carry an hour before people, read from a file and told by the page with figures of its own."""
