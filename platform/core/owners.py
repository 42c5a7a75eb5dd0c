"""Who can be asked about a page: each app says it of what it knows, none is imported.

An app registers in its `owners.py` who stands behind which pages. Nobody is shown by this; the forum
tells these people of topics about their page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page

from core import generation


@dataclass(frozen=True, slots=True)
class Source:
    """`of` gives the keys of the active accounts behind a page; `pages` the translation keys of all
    pages that have any, in one query.
    """

    of: Callable[[Page], Iterable[int]]
    pages: Callable[[], Iterable[UUID]]


_sources: dict[str, Source] = {}


def register(
    name: str, of: Callable[[Page], Iterable[int]], *, pages: Callable[[], Iterable[UUID]]
) -> None:
    """Say who stands behind pages; the name is stable and unique."""
    _sources[name] = Source(of, pages)


def owners_of(page: Page) -> set[int]:
    """The keys of all active accounts that stand behind a page, whatever its translation."""
    return {key for source in _sources.values() for key in source.of(page)}


def has_owner(page: Page) -> bool:
    """Whether anybody stands behind a page; what is known of all pages is kept until content changes."""

    def read() -> set[UUID]:
        return {key for source in _sources.values() for key in source.pages()}

    return page.translation_key in generation.cached(
        "owners:pages", read, ttl=3600, areas=[generation.Area.SITE]
    )
