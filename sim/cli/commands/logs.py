"""The commands that read event logs: what happened to cases, as ticket systems write it down."""
