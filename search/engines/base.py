"""What every engine answers to."""

from __future__ import annotations

from abc import ABC, abstractmethod

from search.query import SearchHit, SearchQuery, SearchResults

SNIPPET_WORDS = 32
READERS_LANGUAGE_BOOST = 2.0
"""How much more a text in the reader's own language counts."""
WIDENED_BOOST = 0.1
"""How much a word counts that was not typed but means the same."""
MOST_COMPLETED = 50


class Engine(ABC):
    """Finds entries. `stems` names the languages whose inflected forms it knows as one word.

    `can` names what not every engine can: "suggest" (likelier words for what nothing has),
    "typing errors" (finds despite them), "closeness" (words that stand together count more).
    """

    name: str
    stems: frozenset[str] = frozenset()
    can: frozenset[str] = frozenset()

    @abstractmethod
    def search(self, query: SearchQuery) -> SearchResults:
        """Answer a query that asks for something (`query.is_empty` is false).

        Without words it lists everything that its filters leave, the newest first.
        """

    @abstractmethod
    def complete(self, query: SearchQuery, limit: int) -> list[SearchHit]:
        """At most `limit` hits whose title has all the words, the last one only begun.

        The filters hold; everything else of the query but words, language and tokens is ignored.
        """

    @abstractmethod
    def similar(
        self, source: str, *, language: str, tokens: frozenset[str], limit: int
    ) -> list[SearchHit]:
        """At most `limit` hits most like an entry; none where these tokens may not read it."""


class EngineUnavailable(Exception):
    """The engine does not answer, or not as it should."""


class EngineSlow(EngineUnavailable):
    """The engine has not answered in time."""


class QueryRefused(EngineUnavailable):
    """The engine answers, but will not have this one query."""


class EngineBehind(Exception):
    """The engine waits for so many changes that its answer would not be true."""
