"""Writes of search entries, always in the transaction of the change that they follow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from core import generation, searchable
from core.audiences import page_tokens
from core.searchable import Entry
from core.tasks import enqueue
from search.entries import audience_text, content_of, source_of
from search.models import SearchEntry
from search.querysets import SearchEntryQuerySet

BATCH = 500


def write(obj: Model) -> None:
    """Bring the row of an object up to date; objects of models that nobody registered are ignored."""
    registered = searchable.for_model(type(obj))
    if registered is None:
        return
    page_id = obj.pk if isinstance(obj, Page) else None
    with transaction.atomic(savepoint=False):
        if store(source_of(type(obj), obj.pk), registered.entry(obj), page_id=page_id):
            schedule()


def remove(model: type[Model], pk: object) -> None:
    """Make a tombstone of an object's row, if there is one."""
    if searchable.for_model(model) is not None:
        with transaction.atomic():
            if store(source_of(model, pk), None):
                schedule()


def remove_all(model: type[Model], pks: Iterable[object]) -> None:
    """Make tombstones of the rows of many objects of one model, in one statement."""
    sources = [source_of(model, pk) for pk in pks]
    content = content_of(None, "") | {"group": F("source")}
    with transaction.atomic():
        if _update(SearchEntry.objects.findable().filter(source__in=sources), **content):
            schedule()


def store(source: str, entry: Entry | None, *, page_id: int | None = None) -> bool:
    """Write an entry, or a tombstone for None, where it differs from the row; say whether it did.

    Needs a transaction, and a call of `schedule` in it. A page always gets a row, blank while
    nobody may read it, so that whatever happens to the pages above it finds that row.
    """
    content = content_of(entry, source)
    row = SearchEntry.objects.select_for_update().filter(source=source).first()
    if row is None:
        if content["is_deleted"] and page_id is None:
            return False
        if _insert(source, content, page_id):
            return not content["is_deleted"]
        row = SearchEntry.objects.select_for_update().get(source=source)
    different = {name: value for name, value in content.items() if getattr(row, name) != value}
    # Once only: what is withdrawn and comes back is nothing new.
    if row.appeared_at is None and row.is_deleted and not content["is_deleted"]:
        different["appeared_at"] = timezone.now()
    return bool(different) and _update(SearchEntry.objects.filter(pk=row.pk), **different)


def _insert(source: str, content: dict[str, Any], page_id: int | None) -> bool:
    """Insert a row; False where another transaction was faster."""
    try:
        with transaction.atomic():
            SearchEntry.objects.create(
                source=source,
                page_id=page_id,
                # There is nothing to push of a row that was never anything but blank.
                pushed_version=1 if content["is_deleted"] else 0,
                appeared_at=None if content["is_deleted"] else timezone.now(),
                **content,
            )
    except IntegrityError:
        return False
    return True


def _update(rows: SearchEntryQuerySet, **values: Any) -> bool:
    """Change rows as a new version of each; False where there are none."""
    return bool(rows.update(**values, version=F("version") + 1, updated_at=timezone.now()))


def restrict_subtree(page: Page) -> None:
    """Give the rows of a page and everything below it the audience that holds there now.

    Restrictions further down add their own, so each of their subtrees gets its own update. Rows
    that nobody could or can find have more to change than this, so they are read again.
    """
    with transaction.atomic():
        # What the audiences keep in the cache is from before this change.
        generation.bump()
        inner = PageViewRestriction.objects.filter(page__path__startswith=page.path)
        tops = {
            page.path: page,
            **{row.page.path: row.page for row in inner.select_related("page")},
        }
        for path, top in tops.items():
            deeper = Q()
            for other in tops:
                if other != path and other.startswith(path):
                    deeper |= Q(page__path__startswith=other)
            rows = SearchEntry.objects.below(path)
            set_audience(rows.exclude(deeper) if deeper else rows, page_tokens(top))
        mark_stale(SearchEntry.objects.below(page.path).filter(audience=""))


def set_audience(rows: SearchEntryQuerySet, tokens: frozenset[str]) -> None:
    """Change who may find these rows, at once, in one statement."""
    audience = audience_text(tokens)
    if _update(rows.findable().exclude(audience=audience), audience=audience):
        schedule()


def mark_stale(rows: SearchEntryQuerySet) -> None:
    """Have rows read again from their sources, soon but not in this transaction.

    Rows marked already are marked once more: that waits for whoever is reading their source now,
    and what they read may be from before this transaction.
    """
    with transaction.atomic():
        if rows.update(is_stale=True):
            schedule(needs_elasticsearch=False)


def mark_objects_stale(objects: QuerySet[Any]) -> None:
    """Have the rows of these objects read again, as `mark_stale` does."""
    keys = list(objects.order_by().values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        sources = [source_of(objects.model, pk) for pk in keys[start : start + BATCH]]
        mark_stale(SearchEntry.objects.filter(source__in=sources))


def schedule(*, needs_elasticsearch: bool = True) -> None:
    """Enqueue the work that follows from this transaction, once per transaction.

    What is found has changed, so pages kept for visitors are dropped too.
    """
    from search.tasks import sync

    generation.bump(generation.Area.POSTS)
    if needs_elasticsearch and not settings.ELASTICSEARCH_URL:
        return
    if any(entry[1] is _scheduled for entry in connection.run_on_commit):
        return
    transaction.on_commit(_scheduled)
    enqueue(sync)


def _scheduled() -> None:
    """Stands in the transaction's list of callbacks to say that the work is enqueued."""
