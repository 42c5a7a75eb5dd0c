"""The work that follows a change: read again what is stale, push what waits."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.apps import apps
from django.conf import settings
from django.db import transaction

from core import generation, searchable
from core.searchable import Entry
from search import breaker, outbox
from search.engines.base import EngineUnavailable
from search.entries import label_and_pk
from search.models import SearchEntry

logger = logging.getLogger(__name__)


def synchronise() -> bool:
    """Do all that waits; False where Elasticsearch would not have it now, which loses nothing."""
    read_stale()
    return not settings.ELASTICSEARCH_URL or push_waiting()


def read_stale() -> None:
    """Read every stale row again from its source, each in a transaction of its own.

    An object that can't be read is logged and stays stale for the next time.
    """
    last = 0
    has_changed = False
    while row := SearchEntry.objects.stale().filter(pk__gt=last).order_by("pk").first():
        last = row.pk
        try:
            has_changed |= read_again(row.source)
        except Exception:
            logger.exception("search: %s can't be read", row.source)
    if has_changed:
        with transaction.atomic():
            generation.bump(generation.Area.POSTS)


def read_again(source: str) -> bool:
    """Bring one row up to date with its source and say whether it changed; pushing is left to do.

    The row is locked before the source is read, so that a writer of the same object comes either
    wholly before or wholly after.
    """
    with transaction.atomic():
        row = SearchEntry.objects.select_for_update().filter(source=source).first()
        has_changed = outbox.store(source, entry_now(source), page_id=row.page_id if row else None)
        SearchEntry.objects.filter(source=source).update(is_stale=False)
    return has_changed


def entry_now(source: str) -> Entry | None:
    """What the app says of an object now; None where it is gone or nobody registered its model."""
    label, pk = label_and_pk(source)
    try:
        registered = searchable.for_model(apps.get_model(label))
    except LookupError:
        return None
    obj = registered and registered.queryset().filter(pk=pk).first()
    return registered.entry(obj) if registered and obj else None


def push_waiting() -> bool:
    """Push what waits to Elasticsearch; False where it does not answer or is being rebuilt.

    An index that is not there, whoever took it away, is made anew.
    """
    from search.elastic import client, indexing, rebuilding

    def push() -> None:
        try:
            indexing.push_waiting()
        except indexing.IndexMissing:
            # Unless it was exchanged for a new one in this very moment.
            if not client.probe():
                rebuilding.rebuild()

    return _work(push)


def keep() -> bool:
    """The net below the tasks: do all that waits, and put right what is wrong with the index.

    One that another release made has other fields: it goes on serving while a new one is filled.
    What a rebuild that was killed has left is removed. False where something could not be done now.
    """
    if not synchronise():
        return False
    return not settings.ELASTICSEARCH_URL or _work(_put_right)


def _put_right() -> None:
    from search.elastic import client, documents, rebuilding

    if client.fingerprint() == documents.definition()["mappings"]["_meta"]["fingerprint"]:
        rebuilding.tidy()
        return
    logger.warning("the index is of another release: it is made anew")
    rebuilding.rebuild()


def _work(work: Callable[[], None]) -> bool:
    """Do work at Elasticsearch after a question that ends soon: False where it can't be done now."""
    from search.elastic import client, indexing, rebuilding

    turn = breaker.turn()
    if turn is None:
        return False
    try:
        with breaker.watching(turn):
            has_index = client.probe()
        if has_index:
            work()
        else:
            logger.warning("there is no index: it is made anew")
            rebuilding.rebuild()
    except indexing.WritesRefused as error:
        # What it has can still be searched.
        logger.warning("Elasticsearch takes no changes now: %s", error)
        return False
    except EngineUnavailable as error:
        breaker.trip(error)
        return False
    except rebuilding.RebuildRunning:
        return False
    return True
