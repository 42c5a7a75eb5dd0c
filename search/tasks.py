"""Background work of search."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task, task_backends

from search import mailing
from search.synchronising import synchronise

LONGEST_WAIT = 30
RETRY_KEY = "search-retry"


# Before other work: readers wait to find what was published.
@task(priority=50)
def sync(*, attempt: int = 1) -> None:
    """Do what follows from changes, and where Elasticsearch does not answer, try again later.

    The wait doubles up to half a minute. One retry is enough for all: each does all that waits.
    A queue that runs in-process can't wait; there the periodic job tries again.
    """
    if synchronise() or not task_backends["default"].supports_defer:
        return
    seconds = min(2**attempt, LONGEST_WAIT)
    if cache.add(RETRY_KEY, True, seconds):
        sync.using(run_after=timezone.now() + timedelta(seconds=seconds)).enqueue(
            attempt=min(attempt + 1, LONGEST_WAIT)
        )


@task()
def mail_saved_search(*, saved_id: int, now: str) -> None:
    """Mail what is new in one saved search; `now` is the moment that it was due, in ISO format."""
    mailing.mail_saved_search(saved_id=saved_id, now=datetime.fromisoformat(now))
