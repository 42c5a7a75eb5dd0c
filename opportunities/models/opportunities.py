"""An opportunity, and what it is matched by."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.swapping import Versioned
from directory.models import Country, NaceDivision, Organisation, ValueChain
from directory.states import PUBLIC
from opportunities.querysets import OpportunityQuerySet
from opportunities.states import State
from opportunities.terms import LONGEST
from opportunities.vocabulary import CriterionKind, Type


class Opportunity(Versioned):
    """What an organisation offers or looks for, for a time. Texts are in one language, which is named.

    `version` grows with each change of state and each edit: whoever saw an older one is told.
    `contact_name` and `contact_email` are for those whose interest was accepted, and for nobody else.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="opportunities",
        verbose_name=_("organisation"),
    )
    type = models.CharField(_("type"), max_length=10, choices=Type.choices)
    language = models.CharField(
        _("language of the texts"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    title = models.CharField(_("title"), max_length=150)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    advantages = models.TextField(_("advantages"), max_length=2000, blank=True)
    value_chains = models.ManyToManyField(
        ValueChain, related_name="+", verbose_name=_("value chains"), blank=True
    )
    activities = models.ManyToManyField(
        NaceDivision, related_name="+", verbose_name=_("activities"), blank=True
    )
    countries = models.ManyToManyField(
        Country, related_name="+", verbose_name=_("countries wanted"), blank=True
    )
    deadline = models.DateField(_("answers until"), null=True, blank=True)
    contact_name = models.CharField(_("person to contact"), max_length=150, blank=True)
    contact_email = models.EmailField(_("e-mail for contacts"), blank=True)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    # The term: from its publication or last renewal, to the last day on which it is open.
    term_from = models.DateField(null=True, blank=True, editable=False)
    expires_on = models.DateField(_("open until"), null=True, blank=True)
    renewals = models.PositiveSmallIntegerField(_("renewals"), default=0, editable=False)
    # The place in lists: when the term began.
    listed_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The day of the end that its people were warned of.
    warned_of = models.DateField(null=True, blank=True, editable=False)
    is_sample = models.BooleanField(_("sample"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("last update"), default=timezone.now, editable=False)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("opportunity")
        verbose_name_plural = _("opportunities")
        indexes = [
            models.Index(fields=["state", "-listed_at", "-id"], name="opportunity_newest"),
            models.Index(fields=["state", "expires_on"], name="opportunity_by_end"),
        ]
        constraints = [
            models.CheckConstraint(name="opportunity_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="opportunity_type_known", condition=models.Q(type__in=Type.values)
            ),
            models.CheckConstraint(
                name="opportunity_state_known", condition=models.Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="opportunity_published_has_a_term",
                condition=~models.Q(state__in=["published", "expired"])
                | models.Q(
                    term_from__isnull=False,
                    expires_on__isnull=False,
                    listed_at__isnull=False,
                    published_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="opportunity_open_for_a_year_at_most",
                condition=models.Q(term_from__isnull=True)
                | models.Q(
                    expires_on__gte=models.F("term_from"),
                    expires_on__lte=models.F("term_from") + LONGEST,
                ),
                violation_error_message=_("An opportunity is open for twelve months at most."),
            ),
            models.CheckConstraint(
                name="opportunity_answers_while_it_is_open",
                condition=models.Q(deadline__isnull=True)
                | models.Q(expires_on__isnull=True)
                | models.Q(deadline__lte=models.F("expires_on")),
                violation_error_message=_("Answers are possible as long as it is open."),
            ),
            models.CheckConstraint(
                name="opportunity_closed_is_dated",
                condition=models.Q(state__in=["draft", "published"], closed_at__isnull=True)
                | models.Q(state__in=["expired", "withdrawn"], closed_at__isnull=False),
            ),
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("opportunities:detail", args=[self.pk])

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it: `Opportunity.objects.public` as a check."""
        return (
            self.state == State.PUBLISHED
            and self.expires_on is not None
            and self.expires_on >= timezone.localdate()
            and self.organisation.state in PUBLIC
        )

    def takes_answers(self, day: date | None = None) -> bool:
        """Whether interest can be expressed."""
        is_late = self.deadline is not None and self.deadline < (day or timezone.localdate())
        return self.is_public and not is_late


class Criterion(models.Model):
    """One code that an opportunity is filtered and matched by."""

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="criteria", db_index=False
    )
    kind = models.CharField(max_length=10, choices=CriterionKind.choices)
    code = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "kind", "code"], name="criterion_once"),
            models.CheckConstraint(
                name="criterion_kind_known", condition=models.Q(kind__in=CriterionKind.values)
            ),
        ]
        indexes = [models.Index(fields=["kind", "code"], name="criterion_by_code")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.kind}: {self.code}"
