"""What goes with its person or with time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from contributions.actions.pictures import remove_files
from contributions.actions.sending import delete
from contributions.models import Contribution
from contributions.states import State
from core import generation

if TYPE_CHECKING:
    from members.models import User

DRAFTS_KEPT = timedelta(days=365)
BATCH = 200


@transaction.atomic
def forget_person(*, user: User) -> None:
    """Delete what is not published; of what is, take away the name and what was typed."""
    for one in Contribution.objects.filter(contributor=user):
        if one.state == State.PUBLISHED:
            remove_files(one)
        else:
            delete(one, user=None)
    rows = Contribution.objects.filter(contributor=user)
    if rows.update(contributor=None, content={}, sent_content=None):
        generation.bump()


def prune(now: datetime | None = None) -> int:
    """Delete drafts and declined proposals that nobody has touched for a year; how many."""
    old = Contribution.objects.untouched_since((now or timezone.now()) - DRAFTS_KEPT)
    removed = 0
    for one in old[:BATCH]:
        with transaction.atomic():
            delete(one, user=None)
        removed += 1
    return removed
