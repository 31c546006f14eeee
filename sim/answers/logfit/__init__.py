"""From a log of tickets to an organization: its structure, read off the log, and its social levers, as a posterior."""
