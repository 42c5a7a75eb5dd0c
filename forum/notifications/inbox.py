"""Lines of the inbox on the site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from forum.models import Notification, Post, Topic
from forum.models.notifications import Kind

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

    Who has an unread line of this kind about this topic gets no second one. Whether a recipient
    may read the topic is asked when the line is shown or mailed, for that can change until then.
    """
    own = getattr(actor, "pk", None)
    Notification.objects.bulk_create(
        [
            Notification(user_id=pk, kind=kind, topic=topic, post=post, actor=actor)
            for pk in sorted(set(recipients) - {own})
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
