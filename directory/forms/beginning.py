"""The first form of a profile: what is needed to see whether the organisation is there already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directory import towns
from directory.labels import labels
from directory.models import Country, Organisation
from directory.vocabulary import Kind


def countries() -> list[tuple[str, str]]:
    return [("", _now("Choose a country")), *labels(Country).items()]


def kinds() -> list[tuple[str, Any]]:
    return [("", _now("Choose a type")), *Kind.choices]


class NewForm(forms.Form):
    """The first step: what is needed to see whether the organisation is there already."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=200)
    kind = forms.ChoiceField(label=_("Type"), choices=kinds)
    country = forms.ChoiceField(label=_("Country"), choices=countries)
    town = forms.CharField(label=_("Town"), max_length=120, required=False)
    language = forms.ChoiceField(
        label=_("Language in which you describe it"), choices=settings.LANGUAGES
    )
    is_another = forms.BooleanField(label=_("Ours is another organisation"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike: list[Organisation] = []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        name, country = data.get("name"), data.get("country")
        if name and country:
            self.alike = alike(name, country)
            if self.alike and not data.get("is_another"):
                raise forms.ValidationError(
                    _("An organisation of this name is there already. Is it yours?")
                )
        return data


def alike(name: str, country: str) -> list[Organisation]:
    """The public organisations of a country whose name is the same but for case and accents."""
    wanted = towns.folded(name)
    rows = Organisation.objects.public().filter(country=country, name__istartswith=name.strip()[:1])
    return [row for row in rows.only("name", "legal_name", "slug")[:5000] if _same(row, wanted)]


def _same(organisation: Organisation, wanted: str) -> bool:
    return wanted in {towns.folded(organisation.name), towns.folded(organisation.legal_name)}
