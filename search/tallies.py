"""What is asked for and which hits are followed, in numbers by day that name nobody.

The page of results carries a stamp that says what was asked and whether anything was found; the
browser sends it back once the page is read, and again with the rank of a hit that is followed. So
the search itself waits for nothing, answers from the page cache count too, and nobody can have
words counted that were not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, models, transaction
from django.db.models import F, Sum
from django.utils import timezone
from wagtail.search.utils import normalise_query_string

from core import ratelimit
from search.models import QueryTally, RankTally
from search.query import DEEPEST, SearchQuery

SIGNER = signing.Signer(salt="search.tallies")
LONGEST_TEXT = 100
MOST_A_MINUTE = 60
DAY = 24 * 3600
# Addresses, of mail and of pages, and long numbers, such as those of telephones.
PERSONAL = re.compile(r"@|://|(?:\d[ ./-]?){6}")


def countable(text: str) -> str:
    """The words as they are counted; empty where they could tell of somebody, or are too long."""
    normalised = normalise_query_string(text)
    if len(normalised) > LONGEST_TEXT or PERSONAL.search(normalised):
        return ""
    return str(normalised)


def stamp_of(query: SearchQuery, total: int) -> str:
    """What the page of results hands out; empty where the words are not counted."""
    text = countable(query.text)
    return SIGNER.sign_object([text, query.language, total > 0]) if text else ""


def take(*, stamp: str, rank: str, reader: str) -> bool:
    """Count a question, or for a rank above 0 a click; False for what `stamp_of` has not made.

    `reader` tells readers apart for one day, as a digest in the cache; the same reader's same
    question, or click, counts once in it.
    """
    try:
        text, language, is_found = SIGNER.unsign_object(stamp)
    except (signing.BadSignature, ValueError):
        return False
    if not (rank.isascii() and rank.isdigit() and len(rank) <= len(str(DEEPEST))):
        return False
    number = int(rank)
    if number > DEEPEST:
        return False
    if not ratelimit.hit("search-tally", reader, limit=MOST_A_MINUTE, seconds=60):
        return True
    today = timezone.localdate()
    key = f"{reader}|{today}|{language}|{text}|{number}"
    if not ratelimit.hit("search-tally-once", key, limit=1, seconds=DAY):
        return True
    words = {"day": today, "language": language, "text": text}
    if number:
        _add(QueryTally, words, clicked=1)
        _add(RankTally, {"day": today, "rank": number}, clicks=1)
    else:
        _add(QueryTally, words, asked=1, unanswered=0 if is_found else 1)
    return True


def _add(model: type[models.Model], key: Mapping[str, Any], **counters: int) -> None:
    """Raise the counters of one row, which is made where there is none."""
    rows = model._default_manager.filter(**key)
    raised: dict[str, Any] = {name: F(name) + number for name, number in counters.items()}
    if rows.update(**raised):
        return
    try:
        with transaction.atomic():
            model._default_manager.create(**key, **counters)
    except IntegrityError:
        rows.update(**raised)


def most_asked(since: date) -> models.QuerySet[Any, Any]:
    """Rows (text, language, asked, unanswered, clicked) since a day, the most asked first.

    Only words that were asked often enough not to be somebody's own.
    """
    return (
        QueryTally.objects.filter(day__gte=since)
        .values("text", "language")
        .annotate(times=Sum("asked"), without_result=Sum("unanswered"), with_click=Sum("clicked"))
        .filter(times__gte=settings.SEARCH_REPORT_LEAST)
        .order_by("-times", "text", "language")
    )


def clicks_by_rank(since: date, most: int) -> list[tuple[int, int]]:
    """(rank, clicks) of the first `most` ranks since a day."""
    rows = RankTally.objects.filter(day__gte=since, rank__lte=most).values("rank")
    return list(rows.annotate(times=Sum("clicks")).order_by("rank").values_list("rank", "times"))


def prune() -> None:
    """Forget what is old, and sooner the words that were asked too rarely to be shown."""
    today = timezone.localdate()
    old = today - timedelta(days=settings.SEARCH_REPORT_DAYS)
    QueryTally.objects.filter(day__lt=old).delete()
    RankTally.objects.filter(day__lt=old).delete()
    often = QueryTally.objects.values("text").annotate(times=Sum("asked"))
    shown = often.filter(times__gte=settings.SEARCH_REPORT_LEAST).values("text")
    rare = today - timedelta(days=settings.SEARCH_REPORT_RARE_DAYS)
    QueryTally.objects.filter(day__lt=rare).exclude(text__in=shown).delete()
