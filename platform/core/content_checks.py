"""What editors should look at: each app registers its checks in its own `content_checks.py`.

A check names the objects that fall short. It forbids nothing; the report lists what it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Check:
    """`queryset()` gives the pages, images or other models that fall short, read anew each time."""

    name: str
    label: Any
    queryset: Callable[[], QuerySet[Any]]

    def count(self) -> int:
        """How many objects fall short."""
        return self.queryset().count()


_checks: dict[str, Check] = {}


def register(name: str, label: Any, queryset: Callable[[], QuerySet[Any]]) -> None:
    """Add a check; the name is stable and unique, the label says what is missing."""
    _checks[name] = Check(name, label, queryset)


def registered() -> Iterator[Check]:
    """Every check, in the order of registration."""
    yield from list(_checks.values())


def named(name: str) -> Check | None:
    """The check of this name, or None."""
    return _checks.get(name)
