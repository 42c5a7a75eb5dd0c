"""Reports of members, and notices of illegal content by anybody: Article 16 of Regulation (EU) 2022/2065."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.case_querysets import ReportQuerySet
from forum.models.decisions import appeal_deadline

ADDRESS_LENGTH = 500


class Reason(models.TextChoices):
    """What is wrong with a text, in the eyes of whoever reports it."""

    SPAM = "spam", _("Spam or advertising")
    OFF_TOPIC = "offtopic", _("Off topic")
    DISRESPECT = "disrespect", _("Disrespectful")
    CONFIDENTIAL = "confid", _("Confidential, or somebody else’s property")
    ILLEGAL = "illegal", _("Illegal content")


class Handling(models.TextChoices):
    """What became of a report."""

    OPEN = "open", _("Open")
    UPHELD = "upheld", _("Something was done")
    DISMISSED = "dismissed", _("Nothing was done")


class Report(models.Model):
    """One report of one post by one person, or a notice about an address.

    A member is known by the account; name and e-mail are kept only of people without one.
    """

    reference = models.UUIDField(unique=True, default=uuid4, editable=False)
    post = models.ForeignKey(
        "forum.Post", null=True, on_delete=models.SET_NULL, related_name="reports", db_index=False
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    explanation = models.TextField(_("explanation"), blank=True)
    address = models.CharField(_("exact address"), max_length=ADDRESS_LENGTH, blank=True)
    # Of a notice that is about no post: what its address is compared by, see forum.places.
    place = models.CharField(max_length=ADDRESS_LENGTH, blank=True, editable=False)
    name = models.CharField(_("your name"), max_length=150, blank=True)
    email = models.EmailField(_("your e-mail"), blank=True)
    # Article 16 (2) (c): notices of child sexual abuse need no name.
    may_be_anonymous = models.BooleanField(default=False)
    good_faith = models.BooleanField(default=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(max_length=10, choices=Handling.choices, default=Handling.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    decision = models.ForeignKey(
        "forum.Decision", null=True, on_delete=models.SET_NULL, related_name="reports"
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    handled_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ReportQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [
            models.Index(
                fields=["created_at", "id"], name="report_open", condition=Q(state=Handling.OPEN)
            ),
            models.Index(fields=["post", "state"], name="report_of_post"),
            models.Index(
                fields=["place"], name="report_open_of_place", condition=Q(state=Handling.OPEN)
            ),
            models.Index(fields=["reporter", "created_at"], name="report_of_reporter"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "post"],
                condition=Q(state=Handling.OPEN),
                name="report_one_open_per_reporter",
            ),
            models.UniqueConstraint(
                fields=["email", "post"],
                condition=Q(state=Handling.OPEN, reporter__isnull=True) & ~Q(email=""),
                name="report_one_open_per_address",
            ),
            models.UniqueConstraint(
                fields=["email", "place"],
                condition=Q(state=Handling.OPEN, post__isnull=True) & ~Q(email="") & ~Q(place=""),
                name="report_one_open_per_place",
            ),
            models.CheckConstraint(
                name="report_reason_known", condition=Q(reason__in=Reason.values)
            ),
            models.CheckConstraint(
                name="report_open_or_handled",
                condition=Q(state=Handling.OPEN, handled_at__isnull=True)
                | Q(state__in=[Handling.UPHELD, Handling.DISMISSED], handled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="report_notice_is_whole",
                condition=~Q(reason=Reason.ILLEGAL)
                | (Q(good_faith=True) & ~Q(explanation="") & ~Q(address="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)

    @property
    def appeal_until(self) -> datetime | None:
        """Until when whoever sent it can contest the outcome; None while there is none."""
        return appeal_deadline(self.handled_at) if self.handled_at else None

    @property
    def is_contestable(self) -> bool:
        """Whether its outcome can be contested now: once, and in time."""
        until = self.appeal_until
        return until is not None and until > timezone.now() and not hasattr(self, "appeal")
