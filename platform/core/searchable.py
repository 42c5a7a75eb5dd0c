"""What search may know of an app: each app registers it in its own `searchable.py`.

Search knows no app, and no app knows search: an app says what can be found and when it changed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.dispatch import Signal

from core.audiences import page_tokens

entry_changed = Signal()
entry_removed = Signal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be found: plain text only, never markup.

    `audience` holds the tokens of `core.audiences` of which a reader needs one. `language` is a
    code of settings.LANGUAGES. `date` is what freshness and sorting go by. `group` joins entries
    that belong together (the posts of a topic). `facets` maps a facet to its codes.
    """

    kind: str
    language: str
    title: str
    url: str
    audience: frozenset[str]
    summary: str = ""
    headings: str = ""
    body: str = ""
    organisation: str = ""
    date: datetime | None = None
    group: str = ""
    is_sample: bool = False
    facets: dict[str, list[str]] = field(default_factory=dict)


def listing_entry(page: Any, *, kind: str, intro: str) -> Entry | None:
    """The entry of a page that lists others: what it says of the list, not what is in it."""
    audience = page_tokens(page)
    if not page.live or not audience:
        return None
    return Entry(
        kind=kind,
        language=page.locale.language_code,
        title=page.title,
        url=page.url or "",
        audience=audience,
        summary=page.listing_summary or intro,
        body=intro,
        date=page.last_published_at,
    )


class Searchable(ABC):
    """How the objects of one model become entries.

    `mentions` names the models of other objects that entries tell of, such as tags and authors.
    """

    model: type[Model]
    kind: str
    label: Any
    mentions: tuple[type[Model], ...] = ()

    @abstractmethod
    def queryset(self) -> QuerySet[Any]:
        """Everything that may have an entry, with what `entry` needs selected."""

    @abstractmethod
    def entry(self, obj: Any) -> Entry | None:
        """The entry of one object, or None where no audience may read it (a draft, a pending post)."""

    def mentioning(self, other: Any) -> QuerySet[Any]:
        """The objects whose entries tell of an object of one of the models in `mentions`."""
        raise NotImplementedError(f"{type(self).__name__} mentions nothing")


_registry: dict[type[Model], Searchable] = {}
_left_out: dict[type[Model], str] = {}


def register(searchable: Searchable) -> None:
    """Make the objects of a model findable."""
    _registry[searchable.model] = searchable


def leave_out(model: type[Model], reason: str) -> None:
    """Say that the objects of a model are not to be found by themselves, and why.

    A system check of search asks for one or the other of whatever people can open.
    """
    _left_out[model] = reason


def left_out() -> dict[type[Model], str]:
    """{model: reason} of what is not to be found by itself."""
    return dict(_left_out)


def registered() -> Iterator[Searchable]:
    """Every searchable, in the order of registration."""
    yield from list(_registry.values())


def for_model(model: type[Model]) -> Searchable | None:
    """The searchable of exactly this model, or None."""
    return _registry.get(model)


def changed(obj: Model) -> None:
    """Say, inside the transaction, that an object was created or changed in any way."""
    entry_changed.send(sender=type(obj), instance=obj)


def removed(model: type[Model], pk: int) -> None:
    """Say, inside the transaction, that an object is gone."""
    entry_removed.send(sender=model, pk=pk)
