"""An organisation and the facts that it has one of."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.swapping import Versioned
from directory.models.classifications import (
    CircularStrategy,
    Country,
    NaceDivision,
    Region,
    ValueChain,
)
from directory.querysets import STALE_LAST, OrganisationQuerySet
from directory.states import PUBLIC, State
from directory.vocabulary import Kind, SizeClass

# The permission of those who look after the whole directory.
COORDINATE = "directory.coordinate_organisation"
OLDEST = 1500
MOST_STAFF = 5_000_000


class Organisation(Versioned):
    """A profile in the directory (domain.md 3.3). Texts are in one language, which is named.

    `version` grows with each change of state and each edit: whoever saw an older one is told.
    """

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("type"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    language = models.CharField(
        _("language of the texts"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    products = models.TextField(_("products and services"), max_length=2000, blank=True)
    materials = models.CharField(_("materials"), max_length=300, blank=True)

    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("region"),
        null=True,
        blank=True,
    )
    town = models.CharField(_("town"), max_length=120, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )

    founded = models.PositiveSmallIntegerField(
        _("founded in"), null=True, blank=True, validators=[MinValueValidator(OLDEST)]
    )
    staff = models.PositiveIntegerField(
        _("staff"), null=True, blank=True, validators=[MaxValueValidator(MOST_STAFF)]
    )
    turnover = models.DecimalField(
        _("turnover, million euros"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    balance = models.DecimalField(
        _("balance sheet, million euros"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    size_class = models.CharField(
        _("size"), max_length=10, choices=SizeClass.choices, blank=True, editable=False
    )
    size_declared_on = models.DateField(_("size declared on"), null=True, blank=True)
    nace = models.ForeignKey(
        NaceDivision,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("main activity"),
        null=True,
        blank=True,
    )
    other_nace = models.ManyToManyField(
        NaceDivision, related_name="+", verbose_name=_("other activities"), blank=True
    )
    value_chains = models.ManyToManyField(
        ValueChain, related_name="+", verbose_name=_("value chains"), blank=True
    )
    circular_strategies = models.ManyToManyField(
        CircularStrategy, related_name="+", verbose_name=_("circular strategies"), blank=True
    )
    digital_maturity = models.PositiveSmallIntegerField(
        _("digital maturity, 0 to 5"), null=True, blank=True, validators=[MaxValueValidator(5)]
    )

    website = models.URLField(_("website"), max_length=300, blank=True)
    links = models.JSONField(_("other addresses"), default=list, blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    contact_role = models.CharField(_("whom to ask for"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail for contacts"), blank=True)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    version = models.PositiveIntegerField(default=0, editable=False)
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
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        permissions = [("coordinate_organisation", _("Can look after the whole directory"))]
        indexes = [
            models.Index(fields=["state", "name", "id"], name="organisation_by_name"),
            models.Index(fields=["state", "country", "region"], name="organisation_by_place"),
            models.Index(fields=["state", "confirmed_at"], name="organisation_by_freshness"),
            models.Index(fields=["latitude", "longitude"], name="organisation_on_the_map"),
            # The order of the list: what nobody confirmed for a year comes last.
            models.Index(
                STALE_LAST,
                "name",
                "id",
                condition=models.Q(state__in=[str(state) for state in PUBLIC]),
                name="organisation_listed",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="organisation_has_a_name", condition=~models.Q(name="") & ~models.Q(slug="")
            ),
            models.CheckConstraint(
                name="organisation_kind_known", condition=models.Q(kind__in=Kind.values)
            ),
            models.CheckConstraint(
                name="organisation_state_known", condition=models.Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="organisation_public_ones_are_dated",
                condition=~models.Q(state__in=[str(state) for state in PUBLIC])
                | models.Q(published_at__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_submitted_is_dated",
                condition=~models.Q(state=State.SUBMITTED) | models.Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_coordinates_on_earth",
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="organisation_size_is_declared",
                condition=models.Q(size_class="", size_declared_on__isnull=True)
                | models.Q(size_class__in=SizeClass.values, size_declared_on__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_digital_maturity_range",
                condition=models.Q(digital_maturity__isnull=True)
                | models.Q(digital_maturity__range=(0, 5)),
            ),
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:profile", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Whether everybody may read the profile."""
        return self.state in PUBLIC

    @property
    def is_cluster(self) -> bool:
        return self.kind == Kind.CLUSTER
