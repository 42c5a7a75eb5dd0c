"""Classifications that the whole platform shares: where, which value chain, which strategy.

The code is the primary key: it is the stable identifier in addresses, in exports and in the search
index, and a filter by code needs no join.
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import texts

CODE = RegexValidator(r"^[A-Za-z0-9_.\-]+$", _("Use letters, digits, dots and underscores only."))


class Classification(models.Model):
    """A code with an English name and its translations, `{"fr": "…"}`."""

    code = models.CharField(_("code"), max_length=40, primary_key=True, validators=[CODE])
    name = models.CharField(_("name"), max_length=200)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language, else in English."""
        return self.label_in((get_language() or settings.LANGUAGE_CODE)[:2])

    def label_in(self, language: str) -> str:
        """The name in one language of the site, else in English."""
        return self.names.get(language) or self.name

    def clean(self) -> None:
        super().clean()
        texts.check(self, "names")


class Country(Classification):
    """A country by its ISO 3166-1 code of two letters (Kosovo: XK)."""

    class Group(models.TextChoices):
        EU = "eu", _("Member State of the European Union")
        COSME = "cosme", _("Took part in the COSME programme")
        OTHER = "other", _("Other")

    group = models.CharField(_("group"), max_length=10, choices=Group.choices, default=Group.OTHER)

    class Meta(Classification.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")


class Region(Classification):
    """A region by its NUTS code (domain.md 3.7); the version matters, for codes change."""

    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="regions", verbose_name=_("country")
    )
    nuts_version = models.CharField(_("NUTS version"), max_length=4, default="2021")
    native_name = models.CharField(_("own name"), max_length=200, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )

    class Meta(Classification.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [
            models.CheckConstraint(
                name="region_coordinates_on_earth",
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            )
        ]


class ValueChain(Classification):
    """A value chain of the two projects (domain.md 3.7)."""

    class Meta(Classification.Meta):
        verbose_name = _("value chain")
        verbose_name_plural = _("value chains")


class CircularStrategy(Classification):
    """A circular strategy after the European Environment Agency (domain.md 3.7)."""

    class Meta(Classification.Meta):
        verbose_name = _("circular strategy")
        verbose_name_plural = _("circular strategies")


class NaceDivision(Classification):
    """A class of economic activity by its NACE code, such as 13.20 (domain.md 3.7)."""

    nace_version = models.CharField(_("NACE version"), max_length=4, default="2")

    class Meta(Classification.Meta):
        ordering = ["code"]
        verbose_name = _("economic activity")
        verbose_name_plural = _("economic activities")

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


CLASSIFICATIONS: tuple[type[Classification], ...] = (
    Country,
    Region,
    ValueChain,
    CircularStrategy,
    NaceDivision,
)
