"""Formats of dates and times where Django has none that fit. A language without a folder keeps Django's."""
