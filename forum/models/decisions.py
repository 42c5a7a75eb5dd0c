"""Statements of reasons and appeals: Articles 17 and 20 of Regulation (EU) 2022/2065."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.case_querysets import AppealQuerySet, DecisionQuerySet
from forum.models.discussion import TITLE_LENGTH

if TYPE_CHECKING:
    from forum.models import Post, Topic

APPEAL_MONTHS = 6
MONTHS = 12


class Measure(models.TextChoices):
    """What was decided against a text or an account."""

    REJECT = "reject", _("Not published")
    HIDE = "hide", _("Hidden")
    EDIT = "edit", _("Edited by a moderator")
    WARN = "warn", _("Warning")
    SILENCE = "silence", _("No posting for a time")
    SUSPEND = "suspend", _("Suspended for a time")


class Scope(models.TextChoices):
    """How far the measure reaches."""

    POST = "post", _("this text")
    TOPIC = "topic", _("the topic with all its replies")
    ACCOUNT = "account", _("your account in the forum")


class Source(models.TextChoices):
    """How the moderator came to look."""

    OWN = "own", _("a moderator’s own initiative")
    REPORT = "report", _("a report")
    FIRST_POSTS = "first", _("the check of a member’s first posts")


class Ground(models.TextChoices):
    """Article 17 (3) (d) and (e)."""

    RULE = "rule", _("the rules of this forum")
    LAW = "law", _("the law")


def appeal_deadline(decided_at: datetime) -> datetime:
    """Six months later; a day that this month lacks becomes the first of the next one."""
    months = decided_at.month - 1 + APPEAL_MONTHS
    year, month = decided_at.year + months // MONTHS, months % MONTHS + 1
    try:
        return decided_at.replace(year=year, month=month)
    except ValueError:
        following = month % MONTHS + 1
        return decided_at.replace(year=year, month=following, day=1)


def _deadline_from_now() -> datetime:
    return appeal_deadline(timezone.now())


class Decision(models.Model):
    """A statement of reasons: what was decided about whose text, why, and how to appeal."""

    reference = models.UUIDField(unique=True, default=uuid4, editable=False)
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("about"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="forum_decisions",
    )
    post = models.ForeignKey(
        "forum.Post", null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    topic = models.ForeignKey("forum.Topic", null=True, on_delete=models.SET_NULL, related_name="+")
    measure = models.CharField(_("decision"), max_length=10, choices=Measure.choices)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope.choices)
    until = models.DateTimeField(_("until"), null=True)
    facts = models.TextField(_("facts and reasons"))
    source = models.CharField(_("brought about by"), max_length=10, choices=Source.choices)
    automated = models.BooleanField(_("automated means were used"), default=False)
    ground = models.CharField(_("ground"), max_length=10, choices=Ground.choices)
    rule = models.ForeignKey("forum.Rule", null=True, on_delete=models.PROTECT, related_name="+")
    law = models.CharField(_("legal provision"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    # What an edit replaced, so that a successful appeal can bring it back.
    text_before = models.TextField(blank=True)
    title_before = models.CharField(_("former title"), max_length=TITLE_LENGTH, blank=True)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("moderator"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("date"), default=timezone.now)
    appeal_until = models.DateTimeField(default=_deadline_from_now)
    withdrawn_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("moderation decision")
        verbose_name_plural = _("moderation decisions")
        indexes = [models.Index(fields=["-created_at"], name="decision_newest")]
        constraints = [
            models.CheckConstraint(
                name="decision_measure_known", condition=Q(measure__in=Measure.values)
            ),
            models.CheckConstraint(
                name="decision_scope_known", condition=Q(scope__in=Scope.values)
            ),
            models.CheckConstraint(
                name="decision_source_known", condition=Q(source__in=Source.values)
            ),
            models.CheckConstraint(
                name="decision_has_one_ground",
                condition=Q(ground=Ground.RULE, rule__isnull=False, law="")
                | (Q(ground=Ground.LAW, rule__isnull=True) & ~Q(law="")),
            ),
            models.CheckConstraint(name="decision_says_why", condition=~Q(facts="")),
            models.CheckConstraint(
                name="decision_can_be_appealed", condition=Q(appeal_until__gt=F("created_at"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)

    def get_absolute_url(self) -> str:
        """Its page, for the person whom it concerns."""
        return reverse("forum:decision", args=[self.reference])


class Outcome(models.TextChoices):
    """What became of an appeal."""

    UPHELD = "upheld", _("The decision stands")
    OVERTURNED = "overturned", _("The decision is overturned")


class Appeal(models.Model):
    """One complaint about one decision, answered by somebody who did not take it.

    Whom a decision concerns complains about its measure, who sent a report about what became of
    that: Article 20 (1) is for both.
    """

    decision = models.OneToOneField(
        Decision, null=True, on_delete=models.CASCADE, related_name="appeal"
    )
    report = models.OneToOneField(
        "forum.Report", null=True, on_delete=models.CASCADE, related_name="appeal"
    )
    # Copied from what it is about, so that the database itself can keep the two apart.
    first_moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("your appeal"))
    created_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = AppealQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes = [
            models.Index(
                fields=["created_at", "id"], name="appeal_open", condition=Q(decided_at=None)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="appeal_about_one_thing",
                condition=Q(decision__isnull=False, report__isnull=True)
                | Q(decision__isnull=True, report__isnull=False),
            ),
            models.CheckConstraint(
                name="appeal_decided_by_another",
                condition=Q(decided_by__isnull=True)
                | Q(first_moderator__isnull=True)
                | ~Q(decided_by=F("first_moderator")),
            ),
            models.CheckConstraint(
                name="appeal_open_or_answered",
                condition=Q(outcome="", answer="", decided_at__isnull=True, decided_by__isnull=True)
                | (Q(outcome__in=Outcome.values, decided_at__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id or self.report_id} {self.outcome}"

    @property
    def post(self) -> Post | None:
        """The text that it is about, where that is a post and still there."""
        about = self.decision or self.report
        return about.post if about else None

    @property
    def topic(self) -> Topic | None:
        """Where that text stands, or stood."""
        if self.decision is not None:
            return self.decision.topic
        return self.post.topic if self.post else None
