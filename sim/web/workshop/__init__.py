"""A workshop: people who bet on a question before they see what comes out, and a host who leads through it."""
