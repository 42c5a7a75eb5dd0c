"""The text of one cell: what is written so that no spreadsheet takes it for a formula, and read back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What the format of spreadsheets cannot hold.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
BETWEEN_CODES = re.compile(r"[\s;,]+")


def safe(value: Any) -> Any:
    """A text that starts like a formula, with an apostrophe before it; numbers stay numbers.

    Texts that begin with apostrophes and go on like a formula get one more, so that `restored` gives
    every text back.
    """
    is_text = isinstance(value, str)
    return f"'{value}" if is_text and value.lstrip("'").startswith(FORMULA) else value


def restored(text: str) -> str:
    """What `safe` was given."""
    is_marked = text.startswith("'") and text.lstrip("'").startswith(FORMULA)
    return text[1:] if is_marked else text


def plain(text: str) -> str:
    """A text as a cell can hold it: lines end as on Unix, no space around, nothing unprintable."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNPRINTABLE.sub("", lines).strip()


def text_of(value: Any) -> str:
    """A cell of whatever type a spreadsheet gives it, as the text that stands in the columns' terms."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return plain(restored(str(value)))


def codes_in(text: str) -> list[str]:
    """The codes in a cell, parted by semicolons, commas, spaces or lines; each once."""
    return list(dict.fromkeys(code for code in BETWEEN_CODES.split(text) if code))


def joined(codes: Iterable[str]) -> str:
    """Codes as they stand in a cell."""
    return "; ".join(codes)
