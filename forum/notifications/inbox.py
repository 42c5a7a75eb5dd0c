"""Lines of the inbox on the site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.tasks import enqueue
from forum.models import Notification, Post, Topic, TopicSubscription
from forum.models.following import Level
from forum.models.notifications import FOLDED, MAILED_APART, Kind
from forum.notifications import tasks

BATCH = 1000


def notify(
    *,
    recipients: Iterable[int],
    kind: Kind,
    topic: Topic | None = None,
    post: Post | None = None,
    actor: Any = None,
) -> None:
    """Put a line into the inbox of each of these accounts, given by key; never into the actor's own.

    Who has an unread line of this kind about this topic gets no second one, who has muted the topic
    none about what happens in it. Whether a recipient may read the topic is asked when the line is
    shown or mailed, for that can change until then. Mail follows, but for decisions, whose mail
    states the reasons.
    """
    told = set(recipients) - {getattr(actor, "pk", None)}
    if told and topic is not None and kind in FOLDED:
        muted = TopicSubscription.objects.filter(topic=topic, level=Level.MUTE, user__in=told)
        told -= set(muted.values_list("user", flat=True))
    if not told:
        return
    Notification.objects.bulk_create(
        [
            Notification(user_id=pk, kind=kind, topic=topic, post=post, actor=actor)
            for pk in sorted(told)
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    if kind not in MAILED_APART:
        enqueue(
            tasks.mail_at_once,
            kind=kind,
            topic_id=topic.pk if topic else None,
            post_id=post.pk if post else None,
        )
