"""The chapters of a report, a module for each: facts in, a chapter in one language out."""
