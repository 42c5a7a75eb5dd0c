"""What every engine answers to."""

from __future__ import annotations

from abc import ABC, abstractmethod

from search.query import SearchQuery, SearchResults

SNIPPET_WORDS = 32
READERS_LANGUAGE_BOOST = 1.5
"""How much more a text in the reader's own language counts."""


class Engine(ABC):
    """Finds entries. `stems` names the languages whose inflected forms it knows as one word."""

    name: str
    stems: frozenset[str] = frozenset()

    @abstractmethod
    def search(self, query: SearchQuery) -> SearchResults:
        """Answer a query that asks for something (`query.parsed.is_empty` is false)."""


class EngineUnavailable(Exception):
    """The engine does not answer, or not as it should."""


class QueryRefused(EngineUnavailable):
    """The engine answers, but will not have this one query."""


class EngineBehind(Exception):
    """The engine waits for so many changes that its answer would not be true."""
