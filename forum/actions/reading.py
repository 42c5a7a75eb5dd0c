"""Moving a member's read marks, always forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from forum.models import Category, CategoryRead, Topic

if TYPE_CHECKING:
    from members.models import User

# One statement, so that two tabs at once leave the higher number; the ORM's upsert has no WHERE.
FORWARD = """
INSERT INTO forum_topicread (user_id, topic_id, last_read_number) VALUES (%s, %s, %s)
ON CONFLICT (user_id, topic_id) DO UPDATE SET last_read_number = excluded.last_read_number
WHERE forum_topicread.last_read_number < excluded.last_read_number
"""


def mark_topic_read(*, user: User, topic: Topic, number: int) -> None:
    """Remember that a member has read a topic up to this number; a lower one changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(FORWARD, [user.pk, topic.pk, number])


@transaction.atomic
def mark_all_read(*, user: User, category: Category | None = None) -> None:
    """Remember that a member knows all that a category holds now; without one, every category."""
    visible = Category.objects.visible_to(user)
    chosen = visible.filter(pk=category.pk) if category else visible
    now = timezone.now()
    CategoryRead.objects.bulk_create(
        [CategoryRead(user=user, category=one, read_at=now) for one in chosen],
        update_conflicts=True,
        update_fields=["read_at"],
        unique_fields=["user", "category"],
    )
