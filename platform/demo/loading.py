"""The whole demo, in the order in which its parts need one another."""

from __future__ import annotations

from collections.abc import Callable

from demo import (
    accounts,
    events,
    forum,
    glossary,
    opportunities,
    organisations,
    practices,
    profiles,
    proposals,
    scale,
    searches,
    site,
)
from demo.registry import Registry
from search.reading import read_all

EDITOR = "editor@example.org"


def load(*, total_practices: int = 0, say: Callable[[str], object] = lambda _text: None) -> int:
    """Make what is missing and return how many objects that were.

    `total_practices`: add invented practices up to this number. `say` hears of every part.
    """
    registry = Registry()
    say("accounts")
    people = accounts.load(registry)
    author = people.get(EDITOR)
    say("organisations")
    organisations.load(registry, people)
    say("profiles")
    profiles.load(registry, people)
    say("opportunities")
    opportunities.load(registry)
    say("pages")
    site.load_frame(registry, author)
    say("practices and case studies")
    practices.load(registry, site.list_page(registry, "practices"), author)
    if total_practices:
        say(f"invented practices up to {total_practices}")
        index = site.list_page(registry, "practices")
        scale.load(registry, index, author, total=total_practices)
    say("events")
    events.load(registry, site.list_page(registry, "events"), author)
    say("proposals")
    proposals.load(registry, people)
    say("forum")
    forum.load(registry, people)
    say("home pages and navigation")
    site.load_texts(registry, author)
    say("glossary")
    glossary.load(registry)
    say("saved searches and editors' picks")
    searches.load(registry, people)
    say("search")
    read_all()
    return registry.made
