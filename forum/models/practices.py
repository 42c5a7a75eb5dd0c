"""A best practice made of a thread: which posts, who agreed, which page came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Consent(models.TextChoices):
    """What an author said. Only `forum.actions` changes it."""

    ASKED = "asked", _("Asked")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")


class Naming(models.TextChoices):
    """How an author wants to be named on the page."""

    NAME = "name", _("With my name")
    ORGANISATION = "org", _("With my name and organisation")
    NOBODY = "none", _("Without my name")


class Proposal(models.Model):
    """An editor wants to make a best practice of a topic; one at a time for each topic."""

    topic = models.OneToOneField(
        "forum.Topic", on_delete=models.CASCADE, related_name="practice_proposal"
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The draft, then the published page; empty until it is made.
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("best practice made of a topic")
        verbose_name_plural = _("best practices made of topics")

    def __str__(self) -> str:
        return f"topic {self.topic_id}"


class ConsentQuerySet(models.QuerySet["ConsentRequest"]):
    def usable(self) -> ConsentQuerySet:
        """Agreed to, still public, and not changed since the author agreed."""
        return self.filter(
            state=Consent.AGREED, post__state="published", post__version=F("post_version")
        )


class ConsentRequest(models.Model):
    """Whether one post may be taken over, and how its author is named."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="requests", db_index=False
    )
    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="+")
    # Kept beside the post's author: a text is given away by whoever was asked.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=Consent.choices, default=Consent.ASKED)
    naming = models.CharField(max_length=4, choices=Naming.choices, default=Naming.ORGANISATION)
    # Of the text that the author agreed to.
    post_version = models.PositiveIntegerField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request for consent")
        verbose_name_plural = _("requests for consent")
        ordering = ["post__number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "post"], name="consent_once_for_a_post"),
            models.CheckConstraint(
                name="consent_state_known", condition=Q(state__in=Consent.values)
            ),
            models.CheckConstraint(
                name="consent_naming_known", condition=Q(naming__in=Naming.values)
            ),
            models.CheckConstraint(
                name="consent_answered_with_a_date",
                condition=Q(state=Consent.ASKED, answered_at__isnull=True)
                | (~Q(state=Consent.ASKED) & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="consent_names_the_version",
                condition=~Q(state=Consent.AGREED) | Q(post_version__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.state}"

    @property
    def is_out_of_date(self) -> bool:
        """Whether the post changed after its author agreed. Needs `post` selected."""
        return self.state == Consent.AGREED and self.post.version != self.post_version
