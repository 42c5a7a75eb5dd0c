"""All sources beside all rows: where they differ, and bringing the rows up to date."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page

from core import searchable
from core.searchable import Searchable
from search import outbox
from search.entries import content_of, label_and_pk, source_of
from search.models import SearchEntry
from search.synchronising import entry_now, read_again

logger = logging.getLogger(__name__)

BATCH = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not what its source says.

    `what` is "missing" (then `content` holds the row to be), "different", "superfluous", or
    "unreadable" where the app failed to say.
    """

    source: str
    what: str
    content: dict[str, Any] | None = None
    page_id: int | None = None


def differences() -> Iterator[Difference]:
    """Compare every source with its row and every row with its source, in batches."""
    for registered in searchable.registered():
        yield from _unlike(registered)
        yield from _left_over(registered)
    yield from _unknown()


def is_different(source: str) -> bool:
    """Whether a row differs from its source at this moment."""
    content = content_of(entry_now(source), source)
    row = SearchEntry.objects.filter(source=source).first()
    if row is None:
        return not content["is_deleted"]
    return _differs(row, content)


def read_all() -> int:
    """Bring all rows up to date with their sources and return how many were not.

    Rows that exist are read again one by one under a lock (see `read_again`); missing ones are
    inserted in batches, as the first filling needs.
    """
    count = 0
    missing: list[Difference] = []
    for difference in differences():
        count += 1
        match difference.what:
            case "missing":
                missing.append(difference)
                if len(missing) == BATCH:
                    _insert(missing)
                    missing = []
            case "unreadable":
                continue
            case _:
                read_again(difference.source)
    _insert(missing)
    if count:
        with transaction.atomic():
            outbox.schedule()
    return count


def _insert(missing: list[Difference]) -> None:
    now = timezone.now()
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(
                source=one.source, page_id=one.page_id, appeared_at=now, **(one.content or {})
            )
            for one in missing
        ],
        # Whoever was faster knows better.
        ignore_conflicts=True,
    )


def _differs(row: SearchEntry, content: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in content.items())


def _unlike(registered: Searchable) -> Iterator[Difference]:
    last: object = None
    while objects := _after(registered, last):
        last = objects[-1].pk
        sources = {source_of(registered.model, obj.pk): obj for obj in objects}
        rows = {row.source: row for row in SearchEntry.objects.filter(source__in=sources)}
        for source, obj in sources.items():
            try:
                content = content_of(registered.entry(obj), source)
            except Exception:
                logger.exception("search: %s can't be read", source)
                yield Difference(source, "unreadable")
                continue
            row = rows.get(source)
            if row is not None:
                if _differs(row, content):
                    yield Difference(source, "different")
            elif not content["is_deleted"]:
                page_id = obj.pk if isinstance(obj, Page) else None
                yield Difference(source, "missing", content, page_id)


def _after(registered: Searchable, last: object) -> list[Model]:
    rows = registered.queryset().order_by("pk")
    if last is not None:
        rows = rows.filter(pk__gt=last)
    return list(rows[:BATCH])


def _left_over(registered: Searchable) -> Iterator[Difference]:
    """Rows whose object is gone or may no longer have an entry."""
    label = registered.model._meta.label_lower
    for sources in _batches_of_rows(label):
        pks = {label_and_pk(source)[1]: source for source in sources}
        there = registered.queryset().filter(pk__in=pks).values_list("pk", flat=True)
        for pk in pks.keys() - {str(pk) for pk in there}:
            yield Difference(pks[pk], "superfluous")


def _batches_of_rows(label: str) -> Iterator[list[str]]:
    last = 0
    rows = SearchEntry.objects.findable().of_model(label).order_by("pk")
    while batch := list(rows.filter(pk__gt=last).values_list("pk", "source")[:BATCH]):
        last = batch[-1][0]
        yield [source for _pk, source in batch]


def _unknown() -> Iterator[Difference]:
    """Rows of models that nobody registers any more."""
    rows = SearchEntry.objects.findable()
    for registered in searchable.registered():
        rows = rows.exclude(source__startswith=f"{registered.model._meta.label_lower}:")
    for source in rows.values_list("source", flat=True).iterator(chunk_size=BATCH):
        yield Difference(source, "superfluous")
