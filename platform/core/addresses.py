"""Addresses with a question behind them."""

from __future__ import annotations


def with_query(url: str, query: str) -> str:
    """An address with its query, which is encoded already; without one, the address alone."""
    return f"{url}?{query}" if query else url
