"""Topics and posts.

A topic's state is that of its opening post. A post gets its number when it is published, under a
lock on its topic; numbers are never given twice. So the order of the numbers is the order in which
readers could see the posts, a late approval is never below what somebody has read already, and no
gap tells that something waits.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from core.swapping import Versioned
from forum.errors import AlreadyHandled
from forum.querysets import PostQuerySet, TopicQuerySet
from forum.states import NUMBERED, UNNUMBERED, State

TITLE_LENGTH = 160
POSTS_PER_PAGE = 20


class Topic(models.Model):
    """A thread. Counters and the last post tell of published posts only."""

    category = models.ForeignKey(
        "forum.Category", on_delete=models.PROTECT, related_name="topics", db_index=False
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    slug = models.SlugField(max_length=80)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="forum_topics",
        db_index=False,
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("about the page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What the page said when the topic was started; when it last came to say something else, and what
    # it said then.
    page_revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    page_changed_at = models.DateTimeField(null=True, blank=True)
    page_seen = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    last_number = models.PositiveIntegerField(default=0)
    reply_count = models.PositiveIntegerField(default=0)
    last_post = models.ForeignKey(
        "forum.Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    last_post_at = models.DateTimeField(default=timezone.now)
    accepted = models.OneToOneField(
        "forum.Post",
        verbose_name=_("accepted answer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    pinned = models.BooleanField(_("pinned"), default=False)
    locked = models.BooleanField(_("locked"), default=False)
    # A topic that was merged is empty and leads to the other one.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_sample = models.BooleanField(_("sample"), default=False)
    tags = TaggableManager(through="forum.TopicTag", blank=True)

    objects = TopicQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = [
            models.Index(fields=["category", "-pinned", "-last_post_at", "-id"], name="topic_list"),
            models.Index(
                fields=["-last_post_at", "-id"],
                name="topic_latest",
                condition=Q(state=State.PUBLISHED),
            ),
            models.Index(
                fields=["-last_post_at", "-id"],
                name="topic_unanswered",
                condition=Q(state=State.PUBLISHED, reply_count=0),
            ),
            models.Index(
                fields=["-last_post_at", "-id"],
                name="topic_solved",
                condition=Q(state=State.PUBLISHED, accepted__isnull=False),
            ),
            models.Index(fields=["author", "-last_post_at", "-id"], name="topic_of_author"),
        ]
        constraints = [
            models.CheckConstraint(name="topic_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="topic_replies_are_numbered",
                condition=Q(reply_count__lte=models.F("last_number")),
            ),
            models.CheckConstraint(
                name="topic_accepted_is_dated",
                condition=Q(accepted__isnull=True) | Q(accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="topic_accepter_has_date",
                condition=Q(accepted_by__isnull=True) | Q(accepted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The first page. Needs `category` selected."""
        return reverse("forum:topic", args=[self.category.slug, self.pk, self.slug])

    @property
    def page_count(self) -> int:
        """How many pages of posts there are; an unpublished topic has one."""
        return max(1, -(-self.last_number // POSTS_PER_PAGE))

    @property
    def answer_is_stale(self) -> bool:
        """Whether the page that the topic is about was changed after the answer was accepted."""
        changed, accepted = self.page_changed_at, self.accepted_at
        return bool(self.accepted_id and changed and accepted and changed > accepted)


class Post(Versioned):
    """One contribution: what its author typed, and the HTML made of it."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts", db_index=False)
    number = models.PositiveIntegerField(null=True, blank=True)
    is_opening = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="forum_posts",
        db_index=False,
    )
    source = models.TextField(_("text"))
    html = models.TextField()
    renderer_version = models.PositiveSmallIntegerField()
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    version = models.PositiveIntegerField(default=1)
    submission_key = models.UUIDField()
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False)

    objects = PostQuerySet.as_manager()
    already_handled = AlreadyHandled

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        permissions = [("moderate_post", _("Can moderate the forum"))]
        indexes = [
            models.Index(fields=["author", "-created_at"], name="post_author"),
            models.Index(
                fields=["created_at", "id"], name="post_pending", condition=Q(state=State.PENDING)
            ),
            models.Index(
                fields=["topic", "-published_at"],
                name="post_last_in_topic",
                condition=Q(state=State.PUBLISHED),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="post_number_once"),
            models.UniqueConstraint(
                fields=["topic"], condition=Q(is_opening=True), name="post_one_opening"
            ),
            models.UniqueConstraint(fields=["author", "submission_key"], name="post_sent_once"),
            models.CheckConstraint(name="post_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="post_numbered_when_published",
                condition=Q(state__in=NUMBERED, number__gte=1, published_at__isnull=False)
                | Q(state__in=UNNUMBERED, number__isnull=True)
                | Q(state=State.DELETED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}#{self.number or '–'}"

    def get_absolute_url(self) -> str:
        """The permalink, which outlives a change of the topic's title, category or length."""
        return reverse("forum:post", args=[self.pk])

    @property
    def shown_at(self) -> datetime:
        """When readers could first see it; for an unpublished post, when it was sent."""
        return self.published_at or self.created_at

    @property
    def anchor(self) -> str:
        """The fragment of its place on the topic's page."""
        return f"post-{self.number}" if self.number else f"waiting-{self.pk}"

    @property
    def page_number(self) -> int | None:
        """The page of the topic on which it stands; None without a number."""
        return None if self.number is None else -(-self.number // POSTS_PER_PAGE)
