"""What goes with its person or with time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from contributions import notifications
from contributions.actions.pictures import remove_files
from contributions.actions.sending import delete
from contributions.models import Contribution
from contributions.states import State
from core import generation

if TYPE_CHECKING:
    from members.models import User

DRAFTS_KEPT = timedelta(days=365)
WARNED_BEFORE = timedelta(days=21)
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


def warn_of_end(now: datetime | None = None) -> int:
    """Tell contributors three weeks before a proposal is deleted for age, once as long as they leave
    it as it is; how many were told.

    Who has no account any more, or one that is closed, is not told and not asked for again.
    """
    moment = now or timezone.now()
    resting = Contribution.objects.untouched_since(moment - DRAFTS_KEPT + WARNED_BEFORE)
    told = 0
    for one in resting.unwarned().select_related("contributor").order_by("changed_at")[:BATCH]:
        with transaction.atomic():
            rows = Contribution.objects.filter(pk=one.pk, version=one.version).unwarned()
            if rows.update(warned_at=moment):
                told += notifications.ends_soon(one, kept_until(one))
    return told


def kept_until(contribution: Contribution) -> datetime:
    """When it is deleted for age if nobody changes it before."""
    return contribution.changed_at + DRAFTS_KEPT


def prune(now: datetime | None = None) -> int:
    """Delete drafts and declined proposals that nobody has touched for a year; how many."""
    old = Contribution.objects.untouched_since((now or timezone.now()) - DRAFTS_KEPT)
    removed = 0
    for one in old[:BATCH]:
        with transaction.atomic():
            delete(one, user=None)
        removed += 1
    return removed
