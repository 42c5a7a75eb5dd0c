"""Organisations as tables of a spreadsheet: brought in from a file and written to one, in the same columns."""
