"""How long the forum keeps what it no longer shows. `settings.FORUM_RETENTION` overrides single values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from forum.models import (
    Appeal,
    Decision,
    ModerationLog,
    Notification,
    Penalty,
    Post,
    PostRevision,
    Report,
)
from forum.states import Act, State

BATCH = 1000
# Days. An appeal can be filed for six months and takes its time; the trigger of the log knows the
# same number (migration 0020).
SHORTEST_LOG = 365
REFUSED = (State.HIDDEN, State.REJECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Days. Texts that their authors deleted; lines of the inbox that are read, and all others.

    `reporters`: names and addresses of those who sent a notice without an account, after it was
    decided. The outcome can be contested for six months and is answered there.

    `moderation`: the log, decisions with their appeals, and handled reports. Five years: what is
    claimed because of them is late after three in most countries here, and the public report counts
    three and a half. None keeps them without end.

    What a moderator refused or hid is kept as long as its author can appeal, and is the author's
    to delete; so is why.
    """

    deleted_posts: int = 180
    read_notifications: int = 90
    notifications: int = 365
    reporters: int = 365
    moderation: int | None = 5 * 365 + 1

    def __post_init__(self) -> None:
        if self.moderation is not None and self.moderation < SHORTEST_LOG:
            raise ImproperlyConfigured(
                f"FORUM_RETENTION: moderation is at least {SHORTEST_LOG} days, or None"
            )


def current() -> Retention:
    """What holds for this installation."""
    return Retention(**getattr(settings, "FORUM_RETENTION", {}))


def prune(now: datetime | None = None) -> None:
    """Forget what is older than it may be; a periodic job."""
    moment = now or timezone.now()
    forget_deleted_texts(moment)
    prune_notifications(moment)
    forget_reporters(moment)
    forget_cases(moment)


def forget_deleted_texts(now: datetime) -> int:
    """Empty the posts that their authors deleted so long ago, and return how many.

    Their former texts go as well. Number, author and log stay: a gap in the numbers needs its explanation.
    """
    before = now - timedelta(days=current().deleted_posts)
    deletion = ModerationLog.objects.filter(post=OuterRef("pk"), action=Act.DELETE, at__gte=before)
    old = Post.objects.filter(~Exists(deletion), state=State.DELETED, created_at__lt=before)
    former = PostRevision.objects.filter(post__in=old)
    _in_batches(former, lambda rows: rows.delete()[0])
    texts = old.exclude(source="", html="")
    return _in_batches(texts, lambda rows: rows.update(source="", html=""))


def prune_notifications(now: datetime) -> int:
    """Delete old lines of the inboxes, the read ones sooner, and return how many."""
    kept = current()
    old = Notification.objects.filter(
        Q(read_at__lt=now - timedelta(days=kept.read_notifications))
        | Q(created_at__lt=now - timedelta(days=kept.notifications))
    )
    return _in_batches(old, lambda rows: rows.delete()[0])


def forget_reporters(now: datetime) -> int:
    """Empty name and e-mail of notices that were decided so long ago, and return of how many.

    Those that somebody contests keep them until that is answered.
    """
    before = now - timedelta(days=current().reporters)
    contested = Appeal.objects.open().filter(report=OuterRef("pk"))
    old = Report.objects.filter(~Exists(contested), handled_at__lt=before)
    named = old.exclude(name="", email="")
    return _in_batches(named, lambda rows: rows.update(name="", email=""))


def forget_cases(now: datetime) -> int:
    """Delete old entries of the log, decisions with their appeals, and handled reports; how many.

    What still holds stays: why a text cannot be read, a penalty, and whatever is being appealed.
    """
    kept = current()
    if kept.moderation is None:
        return 0
    before = now - timedelta(days=max(kept.moderation, kept.deleted_posts))
    contested = Appeal.objects.open()
    reports = Report.objects.filter(
        ~Exists(contested.filter(report=OuterRef("pk"))), handled_at__lt=before
    )
    decisions = Decision.objects.filter(
        ~Exists(contested.filter(decision=OuterRef("pk"))),
        ~Exists(Penalty.objects.in_force(now).filter(decision=OuterRef("pk"))),
        ~Exists(Post.objects.filter(pk=OuterRef("post"), state__in=REFUSED)),
        created_at__lt=before,
    )
    return (
        _in_batches(reports, lambda rows: rows.delete()[0])
        + _in_batches(decisions, lambda rows: rows.delete()[0])
        + _forget_log(before)
    )


def _forget_log(before: datetime) -> int:
    """The one way in which entries of the log go: by age alone, which the trigger looks at again."""
    # A day more than the trigger asks for: the database's clock is not ours.
    before = min(before, timezone.now() - timedelta(days=SHORTEST_LOG + 1))
    refused = Post.objects.filter(pk=OuterRef("post"), state__in=REFUSED)
    old = ModerationLog._base_manager.filter(~Exists(refused), at__lt=before)

    def delete(rows: Any) -> int:
        with transaction.atomic():
            _let_the_log_end(before.isoformat())
            gone: int = rows.delete()[0]
            _let_the_log_end("")
        return gone

    return _in_batches(old, delete)


def _let_the_log_end(before: str) -> None:
    """Until when the log's trigger lets entries go in this transaction; "" lets none go."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('forum.log_ends', %s, true)", [before])


def _in_batches(rows: Any, act: Any) -> int:
    """Do it to a thousand at a time, so that no lock is held for long."""
    total = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        total += act(rows.model._base_manager.filter(pk__in=keys))
    return total
