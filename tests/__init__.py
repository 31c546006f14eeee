"""The tests; a package, so that stand-ins can be shared (some installed library brings a package of this name too)."""
