"""Reads. Every list, page, feed, count and search entry of the forum starts at `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from core.audiences import Audience, reader_tokens
from forum.standing import is_suspended, scope_of
from forum.states import OWN_VISIBLE, State

if TYPE_CHECKING:
    from forum.models import Category, ModerationLog, Post, Topic  # noqa: F401

MODERATE = "forum.moderate_post"
# What lists and pages show of a person: reading all the rest for each row is a third of their cost.
PERSON = ("author__name", "author__profile__organisation", "author__profile__avatar")


def audiences_of(user: Any) -> list[str]:
    """The audiences to which this reader belongs."""
    held = reader_tokens(user)
    return [value for value in Audience.values if value in held]


def moderates(user: Any) -> bool:
    """Whether this person moderates the forum; who is suspended does not."""
    return bool(
        user.is_authenticated
        and user.is_active
        and user.has_perm(MODERATE)
        and not is_suspended(user)
    )


class CategoryQuerySet(QuerySet["Category"]):
    def visible_to(self, user: Any) -> CategoryQuerySet:
        """The categories that this reader may read."""
        return self.filter(audience__in=audiences_of(user))

    def moderatable_by(self, user: Any) -> CategoryQuerySet:
        """The categories that this person looks after."""
        if not moderates(user):
            return self.none()
        chosen = scope_of(user).categories
        visible = self.visible_to(user)
        return visible if chosen is None else visible.filter(pk__in=chosen)


class TopicQuerySet(QuerySet["Topic"]):
    def visible_to(self, user: Any) -> TopicQuerySet:
        """Published topics in categories of the reader's audiences, and the reader's own."""
        readable = self.filter(category__audience__in=audiences_of(user))
        published = Q(state=State.PUBLISHED)
        if not user.is_authenticated:
            return readable.filter(published)
        return readable.filter(published | Q(author=user, state__in=OWN_VISIBLE))

    def moderatable_by(self, user: Any) -> TopicQuerySet:
        """Every topic, in whatever state, that this person moderates; none for anybody else."""
        if not moderates(user):
            return self.none()
        return self.filter(
            scope_of(user).narrowing(category="category", language="language"),
            category__audience__in=audiences_of(user),
        )

    def published(self) -> TopicQuerySet:
        """Topics that are public within their category; who reads is not asked."""
        return self.filter(state=State.PUBLISHED)

    def rows(self) -> TopicQuerySet:
        """What a row of a list shows of a topic, and no more."""
        return self.select_related("category", "author__profile").only(
            *("title", "slug", "language", "state", "reply_count", "last_post_at"),
            *("pinned", "locked", "is_sample"),
            *("category__slug", "category__name", "category__names"),
            *PERSON,
        )

    def newest_first(self) -> TopicQuerySet:
        """By the last public post, across categories; pinned topics stand where they are due."""
        return self.order_by("-last_post_at", "-pk")

    def newest_activity(self) -> TopicQuerySet:
        """The order of a category's list: pinned ones first, then by the last public post."""
        return self.order_by("-pinned", "-last_post_at", "-pk")

    def about(self, page: Any) -> TopicQuerySet:
        """Topics bound to a page or to one of its translations."""
        return self.filter(page__translation_key=page.translation_key)


class PostQuerySet(QuerySet["Post"]):
    def visible_to(self, user: Any) -> PostQuerySet:
        """Published posts of topics that the reader sees, and the reader's own in those topics."""
        readable = self.filter(topic__category__audience__in=audiences_of(user))
        public = Q(topic__state=State.PUBLISHED, state=State.PUBLISHED)
        if not user.is_authenticated:
            return readable.filter(public)
        open_to_author = Q(topic__state=State.PUBLISHED) | Q(
            topic__author=user, topic__state__in=OWN_VISIBLE
        )
        own = Q(author=user, state__in=[State.PUBLISHED, *OWN_VISIBLE])
        return readable.filter(public | (own & open_to_author))

    def within(self, topic: Topic, user: Any) -> PostQuerySet:
        """The posts that `visible_to` leaves of a topic which this reader is known to see."""
        own = Q(author_id=user.pk, state__in=[State.PUBLISHED, *OWN_VISIBLE])
        if topic.state != State.PUBLISHED:
            return self.filter(own, topic=topic)
        published = Q(state=State.PUBLISHED)
        return self.filter(published | own if user.is_authenticated else published, topic=topic)

    def published(self) -> PostQuerySet:
        """Posts that are public within their category; who reads is not asked."""
        return self.filter(state=State.PUBLISHED, topic__state=State.PUBLISHED)

    def moderatable_by(self, user: Any) -> PostQuerySet:
        """Every post, in whatever state, that this person looks after; none for anybody else."""
        if not moderates(user):
            return self.none()
        return self.filter(
            scope_of(user).narrowing(category="topic__category", language="language"),
            topic__category__audience__in=audiences_of(user),
        )

    def waiting(self) -> PostQuerySet:
        """What waits for a moderator, the longest wait first."""
        return self.filter(state=State.PENDING).order_by("created_at", "pk")

    def shown(self) -> PostQuerySet:
        """What a page shows of a post and its author, and no more."""
        return self.select_related("author__profile").only(
            *("topic", "number", "is_opening", "html", "language", "state", "version"),
            *("created_at", "published_at", "is_sample"),
            *PERSON,
        )
