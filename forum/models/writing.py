"""What belongs to writing: former texts, drafts, mentions, and what a member wants checked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.discussion import TITLE_LENGTH
from forum.querysets import RevisionQuerySet

TERM_LENGTH = 100
TAGS_LENGTH = 400


class PostRevision(models.Model):
    """What a post said before it was edited, under which title and with which files.

    `is_public` is decided when the text is replaced: it stood published and it was the author who
    replaced it. What a moderator takes out, and what was changed before publication, is shown to
    the author and to moderators only.
    """

    post = models.ForeignKey(
        "forum.Post", on_delete=models.CASCADE, related_name="revisions", db_index=False
    )
    version = models.PositiveIntegerField()
    source = models.TextField()
    html = models.TextField()
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    # The title of its topic, with an opening post; and the names of its files. None: not kept then.
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    files = models.JSONField(null=True)
    is_public = models.BooleanField(default=False)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(blank=True)
    replaced_at = models.DateTimeField(default=timezone.now)

    objects = RevisionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-version"]
        verbose_name = _("former text of a post")
        verbose_name_plural = _("former texts of posts")
        constraints = [
            models.UniqueConstraint(fields=["post", "version"], name="revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} v{self.version}"


class Draft(models.Model):
    """A text that is not sent yet. Of a reply there is one for each topic."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="forum_drafts",
        db_index=False,
    )
    # The submission key of the form: what is attached to the draft is found by it.
    key = models.UUIDField()
    topic = models.ForeignKey(
        "forum.Topic", null=True, on_delete=models.CASCADE, related_name="drafts"
    )
    category = models.ForeignKey(
        "forum.Category", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    source = models.TextField(blank=True)
    # As they are typed: whether there are such tags is asked when the text is sent.
    tags = models.CharField(max_length=TAGS_LENGTH, blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    updated_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-updated_at", "-pk"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        indexes = [
            models.Index(fields=["owner", "-updated_at"], name="draft_of_owner"),
            models.Index(fields=["updated_at"], name="draft_age"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="draft_once"),
            models.UniqueConstraint(
                fields=["owner", "topic"],
                condition=Q(topic__isnull=False),
                name="draft_one_reply_of_topic",
            ),
            models.CheckConstraint(name="draft_not_empty", condition=~Q(title="", source="")),
        ]

    def __str__(self) -> str:
        return self.title or f"draft {self.pk}"


class Mention(models.Model):
    """That a post names somebody; kept when an edit takes the name out, so that caps hold."""

    post = models.ForeignKey(
        "forum.Post", on_delete=models.CASCADE, related_name="mentions", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_mentions"
    )
    created_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(fields=["post", "user"], name="mention_once_in_a_post"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} → {self.user_id}"


class MentionConsent(models.Model):
    """A member who may be mentioned in any topic that they may read, not only in those they joined."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mention_consent"
    )
    given_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("consent to be mentioned")
        verbose_name_plural = _("consents to be mentioned")

    def __str__(self) -> str:
        return str(self.user_id)


class ConfidentialTerm(models.Model):
    """A word that its owner does not want to publish unawares, such as the name of a client."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="confidential_terms",
        db_index=False,
    )
    text = models.CharField(_("word or name"), max_length=TERM_LENGTH)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["text", "pk"]
        verbose_name = _("confidential term")
        verbose_name_plural = _("confidential terms")
        constraints = [
            models.UniqueConstraint("owner", Lower("text"), name="term_once_whatever_the_case"),
            models.CheckConstraint(name="term_not_empty", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text
