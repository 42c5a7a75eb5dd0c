"""What only some organisations say of themselves: clusters, and those that receive visitors."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from directory.models.organisations import Organisation


class ClusterProfile(models.Model):
    """What only a cluster organisation says of itself (domain.md 3.2).

    The composition is known as a whole or not at all, and adds up to the members; start-ups are
    counted among the SMEs.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="cluster_profile", primary_key=True
    )
    management_staff = models.DecimalField(
        _("staff in the management, full-time equivalents"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
    )
    members_total = models.PositiveIntegerField(_("members"), null=True, blank=True)
    smes = models.PositiveIntegerField(_("SMEs"), null=True, blank=True)
    start_ups = models.PositiveIntegerField(_("start-ups among the SMEs"), null=True, blank=True)
    large = models.PositiveIntegerField(_("large companies"), null=True, blank=True)
    research = models.PositiveIntegerField(_("research organisations"), null=True, blank=True)
    others = models.PositiveIntegerField(_("other members"), null=True, blank=True)
    figures_of = models.PositiveSmallIntegerField(_("figures of the year"), null=True, blank=True)
    mission = models.TextField(_("mission"), max_length=2000, blank=True)
    services = models.TextField(_("services to members"), max_length=2000, blank=True)
    technology_fields = models.CharField(_("technology fields"), max_length=300, blank=True)
    other_labels = models.CharField(_("other labels"), max_length=300, blank=True)
    networks = models.CharField(_("member of networks"), max_length=300, blank=True)
    has_strategy = models.BooleanField(_("has a written strategy"), null=True, blank=True)
    goes_abroad = models.BooleanField(
        _("the strategy covers internationalisation"), null=True, blank=True
    )

    PARTS = ("smes", "large", "research", "others")

    class Meta:
        verbose_name = _("cluster profile")
        verbose_name_plural = _("cluster profiles")
        constraints = [
            models.CheckConstraint(
                name="cluster_composition_adds_up",
                condition=models.Q(
                    smes__isnull=True,
                    large__isnull=True,
                    research__isnull=True,
                    others__isnull=True,
                )
                | models.Q(
                    smes__isnull=False,
                    large__isnull=False,
                    research__isnull=False,
                    others__isnull=False,
                    members_total__isnull=False,
                    members_total=models.F("smes")
                    + models.F("large")
                    + models.F("research")
                    + models.F("others"),
                ),
                violation_error_message=_(
                    "The members by type must add up to the number of members."
                ),
            ),
            models.CheckConstraint(
                name="cluster_start_ups_are_smes",
                condition=models.Q(start_ups__isnull=True)
                | models.Q(smes__isnull=False, start_ups__lte=models.F("smes")),
                violation_error_message=_("Start-ups are counted among the SMEs."),
            ),
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def composition(self) -> list[tuple[Any, int]]:
        """[(what, how many)] of the members by type; empty where it is not known."""
        if self.smes is None:
            return []
        return [
            (self._meta.get_field(name).verbose_name, getattr(self, name)) for name in self.PARTS
        ]


class HostingCapacity(models.Model):
    """Whether and how an organisation can receive visitors of an exchange (domain.md 3.3)."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="hosting", primary_key=True
    )
    most_visitors = models.PositiveSmallIntegerField(
        _("visitors at once, at most"), validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    months = models.JSONField(_("months"), default=list, blank=True)
    topics = models.CharField(_("what visitors can learn"), max_length=300, blank=True)
    accessibility = models.CharField(_("accessibility of the premises"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("hosting capacity")
        verbose_name_plural = _("hosting capacities")
        constraints = [
            models.CheckConstraint(
                name="hosting_receives_somebody", condition=models.Q(most_visitors__gte=1)
            )
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.organisation}: {self.most_visitors}"

    @property
    def month_names(self) -> list[str]:
        """The months that suit the organisation, in words."""
        return [str(MONTHS[month]) for month in self.months if month in MONTHS]
