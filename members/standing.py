"""Who is kept from addressing others. Apps that have such a rule register it; members know none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_rules: list[Callable[[Any], bool]] = []


def register(is_kept: Callable[[Any], bool]) -> None:
    """Add a rule: whether a person, who is logged in, may address nobody at the moment."""
    if is_kept not in _rules:
        _rules.append(is_kept)


def may_address(user: Any) -> bool:
    """Whether no rule keeps this person from addressing others."""
    return not any(is_kept(user) for is_kept in _rules)
