"""Mail about what is new in a saved search: always what its owner may read at that moment.

Each appearance is told once. A search is claimed by compare-and-swap in the transaction that
enqueues the mail, so of two workers one sends it, and what fails is as if it had not been tried.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from core import rhythm
from core.audiences import reader_tokens
from core.mail import send_templated
from core.tasks import enqueue
from search.addresses import search_address
from search.finding import find
from search.highlighting import unmarked
from search.models import MAILED, Rhythm, SavedSearch, SearchEntry
from search.presentation import kind_labels
from search.query import SearchHit, SearchQuery
from search.tokens import stop_address

MOST_HITS = 20
# Of more new things than these in one period, only the newest are asked about.
MOST_NEW = 5_000
# What appeared within the last minutes may not be committed, or not be in the index, yet.
SETTLING = timedelta(minutes=5)


def last_moment(chosen: str, now: datetime) -> datetime:
    """When mail of this rhythm was last due: at `SEARCH_MAIL_HOUR`, weekly on Mondays."""
    return rhythm.last_moment(
        now, hour=settings.SEARCH_MAIL_HOUR, is_weekly=chosen == Rhythm.WEEKLY
    )


def send_due(now: datetime | None = None) -> None:
    """Enqueue the mails that are due, each as a task of its own."""
    from search import tasks

    now = now or timezone.now()
    for chosen in MAILED:
        due = SavedSearch.objects.due(chosen, last_moment(chosen, now))
        for key in due.values_list("pk", flat=True).iterator():
            with transaction.atomic():
                enqueue(tasks.mail_saved_search, saved_id=key, now=now.isoformat())


@transaction.atomic
def mail_saved_search(*, saved_id: int, now: datetime) -> None:
    """Mail what is new in one saved search, if that is still due; with nothing new, nothing."""
    saved = SavedSearch.objects.filter(pk=saved_id).select_related("user").first()
    if saved is None or saved.rhythm not in MAILED:
        return
    due = SavedSearch.objects.due(saved.rhythm, last_moment(saved.rhythm, now))
    if not due.filter(pk=saved.pk, told_at=saved.told_at).update(told_at=now):
        return
    hits = new_hits(saved, saved.told_at - SETTLING, now - SETTLING)
    if hits:
        _send(saved, hits)


def new_hits(saved: SavedSearch, after: datetime, until: datetime) -> list[SearchHit]:
    """What its owner may read now of what appeared within (after, until], the newest first.

    One more than a mail shows, where there are more.
    """
    tokens = reader_tokens(saved.user)
    rows = SearchEntry.objects.readable(tokens).appeared(after, until)
    new = tuple(rows.order_by("-appeared_at").values_list("pk", flat=True)[:MOST_NEW])
    if not new:
        return []
    query = SearchQuery(
        text=saved.text,
        language=saved.language,
        filters={facet: tuple(codes) for facet, codes in saved.filters.items()},
        sort="date",
        page_size=MOST_HITS + 1,
        tokens=tokens,
        among=new,
    )
    return find(query).hits


def _send(saved: SavedSearch, hits: list[SearchHit]) -> None:
    base = settings.WAGTAILADMIN_BASE_URL
    user: Any = saved.user
    with translation.override(user.language):
        labels = kind_labels()
        stop_url = stop_address(saved.pk)
        context = {
            "author": user,
            "saved": saved,
            "lines": [
                {
                    "title": unmarked(hit.title),
                    "snippet": unmarked(hit.snippet),
                    "kind": labels.get(hit.kind, hit.kind),
                    "language": hit.language,
                    "organisation": hit.organisation,
                    "date": hit.date,
                    "url": base + hit.url,
                }
                for hit in hits[:MOST_HITS]
            ],
            "has_more": len(hits) > MOST_HITS,
            "all_url": base + search_address(saved.text, saved.filters, sort="date"),
            "saved_url": base + reverse("search:saved"),
            "stop_url": stop_url,
        }
    send_templated(
        template="emails/search/new_hits",
        to=user.email,
        language=user.language,
        context=context,
        headers={
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
