"""Reads. Every list, page, feed, count and search entry of the forum starts at `visible_to`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import Coalesce

from core.audiences import Audience, reader_tokens
from forum.standing import holds, scope_of
from forum.states import OWN_VISIBLE, State

if TYPE_CHECKING:
    from forum.models import (  # noqa: F401
        Attachment,
        Category,
        ModerationLog,
        Post,
        PostRevision,
        Topic,
    )

# What a visitor has of what members have; no subquery need be made for it.
NOTHING = Value(None, output_field=IntegerField())
MODERATE = "forum.moderate_post"
# What lists and pages show of a person: reading all the rest for each row is a third of their cost.
PERSON = (
    *("author__name", "author__is_active", "author__approved_at"),
    *(f"author__profile__{name}" for name in ("organisation", "avatar", "visibility", "user")),
)


def audiences_of(user: Any) -> list[str]:
    """The audiences to which this reader belongs."""
    held = reader_tokens(user)
    return [value for value in Audience.values if value in held]


def moderates(user: Any) -> bool:
    """Whether this person moderates the forum; who is suspended does not."""
    return holds(user, MODERATE)


class CategoryQuerySet(QuerySet["Category"]):
    def visible_to(self, user: Any) -> CategoryQuerySet:
        """The categories that this reader may read."""
        return self.filter(audience__in=audiences_of(user))

    def with_level(self, user: Any) -> CategoryQuerySet:
        """Beside each its `level`: how closely this reader follows it, None for not at all."""
        from forum.models import CategorySubscription

        if not user.is_authenticated:
            return self.annotate(level=NOTHING)

        rows = CategorySubscription.objects.filter(category=OuterRef("pk"), user=user.pk)
        return self.annotate(level=Subquery(rows.values("level")[:1]))

    def about(self, page: Any) -> CategoryQuerySet:
        """The categories that belong to a page or to one of its translations."""
        return self.filter(page__translation_key=page.translation_key)

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

    def with_level(self, user: Any) -> TopicQuerySet:
        """Beside each its `level`: how closely this reader follows it, None for not at all."""
        from forum.models import TopicSubscription

        if not user.is_authenticated:
            return self.annotate(level=NOTHING)

        rows = TopicSubscription.objects.filter(topic=OuterRef("pk"), user=user.pk)
        return self.annotate(level=Subquery(rows.values("level")[:1]))

    def with_lines(self, user: Any) -> TopicQuerySet:
        """Beside each whether unread lines of this reader's inbox are about it: `has_lines`."""
        from forum.models import Notification

        if not user.is_authenticated:
            return self.annotate(has_lines=Value(False))
        lines = Notification.objects.unread().filter(topic=OuterRef("pk"), user=user.pk)
        return self.annotate(has_lines=Exists(lines))

    def followed_by(self, user: Any, *levels: str) -> TopicQuerySet:
        """The topics that somebody follows at one of these levels; whether still readable, `visible_to` says."""
        return self.filter(subscriptions__user=user, subscriptions__level__in=levels)

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
            *("pinned", "locked", "is_sample", "accepted"),
            *("category__slug", "category__name", "category__names"),
            *PERSON,
        )

    def newest_first(self) -> TopicQuerySet:
        """By the last public post, across categories; pinned topics stand where they are due."""
        return self.order_by("-last_post_at", "-pk")

    def newest_activity(self) -> TopicQuerySet:
        """The order of a category's list: pinned ones first, then by the last public post."""
        return self.order_by("-pinned", "-last_post_at", "-pk")

    def with_marks(self, user: Any, floor: datetime | None) -> TopicQuerySet:
        """Each with what this member has read of it, at the cost of no query.

        `is_unread`: whether it holds a public post that is new to the member. `last_read_number`
        and `unread_since`: the marks themselves, None where there are none. `floor` is
        `forum.reading.floor_of(user)`.
        """
        if floor is None:
            return self.annotate(
                is_unread=Value(False), last_read_number=NOTHING, unread_since=NOTHING
            )
        mark = Coalesce("mark__last_read_number", 0)
        # The number of the last public post, not the last number given: that may be a hidden one's.
        unread = Q(
            Q(last_post_at__gt=Coalesce("category_mark__read_at", floor)),
            state=State.PUBLISHED,
            last_post_at__gt=floor,
            last_number__gt=mark,
            last_post__number__gt=mark,
        )
        return self.alias(
            mark=FilteredRelation("read_marks", condition=Q(read_marks__user=user)),
            category_mark=FilteredRelation(
                "category__read_marks", condition=Q(category__read_marks__user=user)
            ),
        ).annotate(
            is_unread=ExpressionWrapper(unread, output_field=BooleanField()),
            last_read_number=F("mark__last_read_number"),
            unread_since=F("category_mark__read_at"),
        )

    def unanswered(self) -> TopicQuerySet:
        """Public topics without a public reply."""
        return self.published().filter(reply_count=0)

    def solved(self) -> TopicQuerySet:
        """Public topics with an accepted answer."""
        return self.published().filter(accepted__isnull=False)

    def started_by(self, user: Any) -> TopicQuerySet:
        """What this account started, as far as its author still sees it."""
        return self.filter(author=user, state__in=[State.PUBLISHED, *OWN_VISIBLE])

    def tagged(self, slug: str) -> TopicQuerySet:
        """Topics that carry the tag with this address."""
        return self.filter(tagged_items__tag__slug=slug)

    def about(self, page: Any) -> TopicQuerySet:
        """Topics bound to a page or to one of its translations."""
        return self.filter(page__translation_key=page.translation_key)

    def counted(self) -> TopicQuerySet:
        """Each with `total`, the number of all: a few of many and how many there are, in one query."""
        return self.annotate(total=Window(Count("pk")))

    def with_practice(self, user: Any) -> TopicQuerySet:
        """Each with the best practice that is made of it: `practice_id` is the page, `is_proposed`
        whether one is asked for, `asks_reader` whether this reader's consent to it is."""
        from forum.models import ConsentRequest

        asks: Any = Value(False)
        if user.is_authenticated:
            asks = Exists(
                ConsentRequest.objects.filter(proposal__topic=OuterRef("pk"), author_id=user.pk)
            )
        return self.annotate(
            practice_id=F("practice_proposal__page_id"),
            is_proposed=Q(practice_proposal__isnull=False),
            asks_reader=asks,
        )


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
        """What a page shows of a post and its author, and no more; `has_files`: whether it has attachments."""
        from forum.models import Attachment

        attached = Attachment.objects.filter(post=OuterRef("pk"))
        return (
            self.select_related("author__profile")
            .only(
                *("topic", "number", "is_opening", "html", "language", "state", "version"),
                *("created_at", "published_at", "edited_at", "is_sample"),
                *PERSON,
            )
            .annotate(has_files=Exists(attached))
        )


class RevisionQuerySet(QuerySet["PostRevision"]):
    def visible_to(self, user: Any, post: Post) -> RevisionQuerySet:
        """The former texts of a post which this reader is known to see.

        Its author and its moderators see all of them; other readers those that they could have
        read while they stood.
        """
        own = self.filter(post=post)
        if user.is_authenticated and post.author_id == user.pk:
            return own
        if type(post).objects.moderatable_by(user).filter(pk=post.pk).exists():
            return own
        return own.filter(is_public=True)


class AttachmentQuerySet(QuerySet["Attachment"]):
    def visible_to(self, user: Any) -> AttachmentQuerySet:
        """Of the posts that the reader sees or moderates, and what the reader has not sent yet."""
        posts = self.model._meta.get_field("post").remote_field.model.objects
        readable = Q(post__in=posts.visible_to(user).values("pk")) | Q(
            post__in=posts.moderatable_by(user).values("pk")
        )
        if not user.is_authenticated:
            return self.filter(readable)
        return self.filter(readable | Q(post__isnull=True, owner=user))

    def unsent(self, owner: Any, key: Any) -> AttachmentQuerySet:
        """What its owner attached to a form that is not sent yet."""
        return self.filter(owner=owner, submission_key=key, post__isnull=True)
