"""What an experiment looks like when it is read: figures, a table and a page in words, in two languages."""
