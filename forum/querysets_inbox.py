"""Reads of the inbox. A line is there for its reader as long as what it tells of can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

if TYPE_CHECKING:
    from forum.models import Notification  # noqa: F401

MOST_COUNTED = 100


class NotificationQuerySet(QuerySet["Notification"]):
    def visible_to(self, user: Any) -> NotificationQuerySet:
        """The lines of this reader whose topic and post the reader may read now.

        A line about replies stands for all of them from the one that it names: it stays as long as
        one of these can be read, and `shown_post` is the first that can. Lines about the reader's
        own doings (`PERSONAL`) stay whatever became of the topic.
        """
        from forum.models import Post, Topic
        from forum.models.notifications import PERSONAL, Kind

        if not user.is_authenticated:
            return self.none()
        topics = Topic.objects.visible_to(user).filter(pk=OuterRef("topic_id"))
        posts = Post.objects.visible_to(user).filter(pk=OuterRef("post_id"))
        replies = (
            Post.objects.published()
            .filter(topic=OuterRef("topic_id"), number__gte=OuterRef("post__number"))
            .exclude(author=user)
            .order_by("number")
        )
        is_reply = Q(kind=Kind.REPLY)
        own = self.filter(user=user).annotate(
            shown_post=Case(
                When(is_reply, then=Subquery(replies.values("pk")[:1])), default=F("post_id")
            )
        )
        is_there = Exists(topics) & (
            (is_reply & Q(shown_post__isnull=False))
            | (~is_reply & (Q(post__isnull=True) | Exists(posts)))
        )
        return own.filter(Q(kind__in=PERSONAL) | is_there)

    def unread(self) -> NotificationQuerySet:
        """Lines that wait to be read."""
        return self.filter(read_at__isnull=True)

    def rows(self) -> NotificationQuerySet:
        """What a line shows that is its own, the newest first."""
        return self.select_related("actor").order_by("-pk")

    def unread_count(self, user: Any) -> int:
        """How many of this reader's `MOST_COUNTED` newest unread lines are visible.

        It stands on every page: bounded before it is asked what may be read, it costs the same
        whatever has gathered in an inbox, and next to nothing where nothing has.
        """
        newest = self.unread().filter(user=user.pk).order_by("-pk").values_list("pk", flat=True)
        keys = list(newest[:MOST_COUNTED])
        return self.filter(pk__in=keys).visible_to(user).order_by().count() if keys else 0

    def to_mail(self) -> NotificationQuerySet:
        """Lines that may still go into a mail: unread, in none yet, and watched, not just tracked.

        Whether their reader may read what they tell of is asked by `visible_to`. Decisions have
        mail of their own.
        """
        from forum.models import CategorySubscription, TopicSubscription
        from forum.models.following import Level
        from forum.models.notifications import FOLDED, MAILED_APART, Kind

        topic = TopicSubscription.objects.filter(user=OuterRef("user"), topic=OuterRef("topic"))
        category = CategorySubscription.objects.filter(
            user=OuterRef("user"), category=OuterRef("topic__category"), level=Level.WATCH
        )
        is_watched = (
            (Q(kind=Kind.REPLY) & Exists(topic.filter(level=Level.WATCH)))
            | (Q(kind=Kind.TOPIC) & Exists(category))
            | ~Q(kind__in=(Kind.REPLY, Kind.TOPIC))
        )
        is_muted = Q(kind__in=FOLDED) & Exists(topic.filter(level=Level.MUTE))
        return (
            self.unread()
            .filter(is_watched, mailed_at__isnull=True)
            .exclude(is_muted)
            .exclude(kind__in=MAILED_APART)
        )
