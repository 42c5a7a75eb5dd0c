"""Numbers for "what visitors can see", so that every cache can be dropped at once.

Each change of public content inserts a row in the same transaction. The generation is read from
those rows, and a copy of it is kept in the cache for a few seconds, so that serving from a cache
needs no SQL. After the commit the copy is replaced by a fresh token, never by a value read earlier:
whatever was rendered before the commit is stored under a generation that nobody asks for again.
Should the process die between commit and replacement, the copy expires by itself.

There are two: a forum in which somebody replies every minute would else never have a menu at hand.
What is kept depends on both unless it says that it depends on one.

Inside a transaction that has changed content, nothing shared is read or written: what it sees is
not yet true for anybody else.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import TypeVar

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Count, Max
from django.utils import timezone

T = TypeVar("T")
K = TypeVar("K", int, str)

COPY_KEY = "content-generation"
COPY_SECONDS = 5
# Longer than any request may take, so that no reader can put back a value from before the commit.
FRESH_SECONDS = 60
KEPT = timedelta(days=1)


class Area(StrEnum):
    """What can change without the other."""

    # Pages, menus, people, organisations, and who may read what.
    SITE = "site"
    # What is written in the forum, and what search finds.
    POSTS = "posts"


def bump(area: Area = Area.SITE) -> None:
    """Say that public content changes with the current transaction."""
    from core.models import ContentChange

    if _pending(area):
        return
    ContentChange.objects.create(area=area)
    transaction.on_commit(partial(_renew, area))


def current(*areas: Area) -> str | None:
    """The generation of these areas, of all by default; None inside a transaction that has changed one."""
    wanted = areas or tuple(Area)
    if any(_pending(area) for area in wanted):
        return None
    known = cache.get_many([copy_key(area) for area in wanted])
    return ":".join(known.get(copy_key(area)) or _copied(area) for area in wanted)


def cached(
    key: str, producer: Callable[[], T], ttl: int = 600, *, areas: Iterable[Area] = tuple(Area)
) -> T:
    """What `producer` returns, kept for `ttl` seconds or until content of these areas changes.

    For what is the same for everyone; whatever depends on the reader belongs into the key.
    """
    generation = current(*areas)
    if generation is None:
        return producer()
    full_key = f"g:{generation}:{key}"
    missing = object()
    value = cache.get(full_key, missing)
    if value is missing:
        value = producer()
        cache.set(full_key, value, ttl)
    return value


def cached_many(
    name: str,
    keys: Iterable[K],
    producer: Callable[[list[K]], dict[K, T]],
    ttl: int = 600,
    *,
    areas: Iterable[Area] = tuple(Area),
) -> dict[K, T]:
    """As `cached`, for each of several keys; `producer` is asked once, for those that are not kept.

    A key for which it has nothing is kept as nothing, and missing in the answer.
    """
    wanted = list(dict.fromkeys(keys))
    generation = current(*areas)
    if generation is None:
        return producer(wanted) if wanted else {}
    places = {f"g:{generation}:{name}.{key}": key for key in wanted}
    known: dict[K, T | None] = {places[at]: one for at, one in cache.get_many(places).items()}
    missing = [key for key in wanted if key not in known]
    if missing:
        made = producer(missing)
        known |= {key: made.get(key) for key in missing}
        cache.set_many({at: known[key] for at, key in places.items() if key in missing}, ttl)
    return {key: one for key, one in known.items() if one is not None}


def prune() -> int:
    """Delete the rows older than a day and return how many; the newest row of each area stays."""
    from core.models import ContentChange

    with transaction.atomic():
        # New rows first: a number of rows and a newest row that were both there before could
        # bring back an old generation.
        for area in Area:
            bump(area)
        old = ContentChange.objects.filter(at__lt=timezone.now() - KEPT)
        return old.delete()[0]


def copy_key(area: Area) -> str:
    """Where the copy of an area's generation is in the cache."""
    return f"{COPY_KEY}:{area}"


def _copied(area: Area) -> str:
    value = _read(area)
    if cache.add(copy_key(area), value, COPY_SECONDS):
        return value
    kept: str = cache.get(copy_key(area), value)
    return kept


def _pending(area: Area) -> bool:
    return any(
        isinstance(entry[1], partial) and entry[1].func is _renew and entry[1].args == (area,)
        for entry in connection.run_on_commit
    )


def _renew(area: Area) -> None:
    cache.set(copy_key(area), uuid.uuid4().hex, FRESH_SECONDS)


def _read(area: Area) -> str:
    from core.models import ContentChange

    rows = ContentChange.objects.filter(area=area)
    row = rows.aggregate(newest=Max("pk"), rows=Count("pk"))
    return f"{row['newest'] or 0}.{row['rows']}"
