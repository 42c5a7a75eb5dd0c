"""Interest in an opportunity, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Organisation
from opportunities.models.opportunities import Opportunity
from opportunities.querysets import FollowUpQuerySet, InterestQuerySet
from opportunities.states import Closing, InterestState
from opportunities.terms import CHECKS
from opportunities.vocabulary import Result, Side


class Interest(models.Model):
    """An organisation says that it is interested: once for each opportunity.

    Who the two sides are to each other's editors by name and address stands in `contact_name` and
    `contact_email` here and in the opportunity; both are shown after acceptance only.
    """

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="interests", db_index=False
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="interests"
    )
    message = models.TextField(_("message"), max_length=2000, blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    contact_name = models.CharField(_("person to contact"), max_length=150, blank=True)
    contact_email = models.EmailField(_("e-mail for contacts"), blank=True)
    state = models.CharField(
        max_length=10, choices=InterestState.choices, default=InterestState.SENT
    )
    # In the words of who declined.
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    closing = models.CharField(max_length=12, choices=Closing.choices, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(default=timezone.now)
    # Working days are counted once, when it is sent: the days on which it is reminded of and closed.
    remind_on = models.DateField()
    close_on = models.DateField()
    reminded_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("expression of interest")
        verbose_name_plural = _("expressions of interest")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "organisation"], name="interest_one_each"
            ),
            models.CheckConstraint(
                name="interest_state_known", condition=models.Q(state__in=InterestState.values)
            ),
            models.CheckConstraint(
                name="interest_decided_is_dated",
                condition=models.Q(state="sent", decided_at__isnull=True)
                | (~models.Q(state="sent") & models.Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="interest_declined_with_a_reason",
                condition=~models.Q(state="declined") | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="interest_closed_with_a_reason",
                condition=models.Q(state="closed", closing__in=Closing.values)
                | (~models.Q(state="closed") & models.Q(closing="")),
            ),
            models.CheckConstraint(
                name="interest_reminded_of_before_it_is_closed",
                condition=models.Q(remind_on__lt=models.F("close_on")),
            ),
        ]
        indexes = [models.Index(fields=["state", "remind_on"], name="interest_by_reminder")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.opportunity_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == InterestState.SENT

    @property
    def is_accepted(self) -> bool:
        """Whether the two sides may see whom to write to."""
        return self.state == InterestState.ACCEPTED


class FollowUp(models.Model):
    """One side of an accepted interest is asked what came of it, so many days after."""

    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="follow_ups")
    side = models.CharField(max_length=10, choices=Side.choices)
    day = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    result = models.CharField(
        _("what came of it"), max_length=10, choices=Result.choices, blank=True
    )
    value = models.DecimalField(
        _("value in euros"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    happened_on = models.DateField(_("when"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("question what came of it")
        verbose_name_plural = _("questions what came of it")
        ordering = ["interest", "day", "side"]
        constraints = [
            models.UniqueConstraint(fields=["interest", "side", "day"], name="follow_up_once"),
            models.CheckConstraint(
                name="follow_up_side_known", condition=models.Q(side__in=Side.values)
            ),
            models.CheckConstraint(
                name="follow_up_day_known", condition=models.Q(day__in=list(CHECKS))
            ),
            models.CheckConstraint(
                name="follow_up_answered_is_dated",
                condition=models.Q(result="", answered_at__isnull=True)
                | models.Q(result__in=Result.values, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="follow_up_value_of_an_agreement",
                condition=models.Q(value__isnull=True)
                | models.Q(value__gte=0, result=Result.AGREEMENT),
                violation_error_message=_("A value belongs to an agreement."),
            ),
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.interest_id}, {self.side}, {self.day}"

    @property
    def organisation(self) -> Organisation:
        """Who is asked."""
        if self.side == Side.OWNER:
            return self.interest.opportunity.organisation
        return self.interest.organisation
