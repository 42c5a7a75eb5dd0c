"""Forms of a profile: a short one to begin with, and the whole in sections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from core.images import reencoded
from directory import links, towns
from directory.forms.beginning import countries
from directory.labels import labels
from directory.links import LinksField
from directory.models import (
    CircularStrategy,
    ClusterProfile,
    Country,
    HostingCapacity,
    NaceDivision,
    Organisation,
    Region,
    ValueChain,
)
from directory.vocabulary import (
    Capability,
    Certification,
    ChainRole,
    TraitKind,
    spoken_languages,
)

LOGO_SIDE = 512
LOGO_BYTES = 5 * 1024 * 1024
EXTRA_LINES = 3
MOST_LINES = 20


def _many(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class ProfileForm(forms.ModelForm[Organisation]):
    """Everything that an organisation says of itself, except for its lines."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    value_chains = _many(_("Value chains"), lambda: list(labels(ValueChain).items()))
    roles = _many(_("Role in the chain"), ChainRole.choices)
    circular_strategies = _many(
        _("Circular strategies"), lambda: list(labels(CircularStrategy).items())
    )
    languages = _many(_("Languages you work in"), lambda: list(spoken_languages().items()))
    certifications = _many(_("Certificates"), Certification.choices)
    exports = _many(_("Countries you export to"), lambda: list(labels(Country).items()))
    other_nace = forms.MultipleChoiceField(
        label=_("Other activities"), choices=lambda: _listed(NaceDivision), required=False
    )
    website = forms.URLField(
        label=_("Website"), max_length=300, required=False, assume_scheme="https"
    )
    other_addresses = LinksField(
        label=_("Other addresses"),
        help_text=_("One a line, with or without words before it."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    logo_file = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, 5 MB at most."),
        widget=forms.FileInput({"accept": "image/*"}),
    )
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)

    # The sections of the page: heading, then the names of the fields.
    SECTIONS = (
        (_("Who you are"), ("kind", "name", "legal_name", "language", "summary", "description")),
        (_("Where you are"), ("country", "region", "town")),
        (
            _("What you do"),
            (
                *("value_chains", "roles", "circular_strategies", "products", "materials"),
                *("nace", "other_nace", "certifications", "exports", "digital_maturity"),
            ),
        ),
        (_("How large you are"), ("founded", "staff", "turnover", "balance")),
        (
            _("How to reach you"),
            (
                *("languages", "website", "other_addresses", "contact_role", "contact_email"),
                *("logo_file", "remove_logo"),
            ),
        ),
    )

    class Meta:
        model = Organisation
        fields = (
            *("kind", "name", "legal_name", "language", "summary", "description", "products"),
            *("materials", "country", "region", "town", "founded", "staff", "turnover", "balance"),
            *("nace", "digital_maturity", "website", "contact_role", "contact_email"),
        )
        help_texts = {
            "town": _("Towns of our regions are known with their place on the map."),
            "staff": _("Annual work units, those of linked enterprises counted in."),
            "turnover": _("In millions. It says which class of size you are in; nobody sees it."),
            "balance": _("In millions. Nobody sees it."),
            "contact_role": _("A function, not a person: “sales”, “exchange coordinator”."),
            "contact_email": _("Shown to nobody before you accept a contact."),
        }
        widgets = {
            "summary": forms.Textarea({"rows": 3}),
            "town": forms.TextInput({"list": "towns"}),
            "turnover": forms.NumberInput({"step": "0.01", "min": "0"}),
            "balance": forms.NumberInput({"step": "0.01", "min": "0"}),
        }

    def __init__(self, *args: Any, may_change_kind: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance
        self.fields["version"].initial = kept.version
        self.fields["country"] = forms.ChoiceField(label=_("Country"), choices=countries)
        for name, model in (("region", Region), ("nace", NaceDivision)):
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label,
                choices=[("", "—"), *_listed(model)],
                required=False,
            )
        if not may_change_kind:
            del self.fields["kind"]
        if not kept.logo:
            del self.fields["remove_logo"]
        for name, codes in (stored(kept) if kept.pk else {}).items():
            self.fields[name].initial = codes
        kept_links = ((link["label"], link["url"]) for link in kept.links)
        self.fields["other_addresses"].initial = links.written(kept_links)

    def clean_country(self) -> Country:
        return Country.objects.get(pk=self.cleaned_data["country"])

    def clean_region(self) -> Region | None:
        code = self.cleaned_data["region"]
        return Region.objects.get(pk=code) if code else None

    def clean_nace(self) -> NaceDivision | None:
        code = self.cleaned_data["nace"]
        return NaceDivision.objects.get(pk=code) if code else None

    def clean_logo_file(self) -> ContentFile | None:
        upload = self.cleaned_data["logo_file"]
        if not upload:
            return None
        return reencoded(upload, longest_side=LOGO_SIDE, max_bytes=LOGO_BYTES)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        region, country = data.get("region"), data.get("country")
        town = towns.find(data.get("town") or "", country.pk) if country else None
        if region and country and town is None and region.country_id != country.pk:
            self.add_error("region", _("This region is in another country."))
        return data

    def sections(self) -> list[dict[str, Any]]:
        """[{title, fields}] for the page, without the fields that are not asked."""
        return [
            {"title": title, "fields": [self[name] for name in names if name in self.fields]}
            for title, names in self.SECTIONS
        ]

    def values(self) -> dict[str, Any]:
        """The arguments of `actions.ProfileData` that this form fills."""
        data = self.cleaned_data
        fields = {name: data[name] for name in self.Meta.fields if name in data}
        others = [{"label": label, "url": url} for label, url in data["other_addresses"]]
        return {
            "fields": {**fields, "links": others},
            "value_chains": data["value_chains"],
            "circular_strategies": data["circular_strategies"],
            "other_nace": data["other_nace"],
            "traits": {
                TraitKind.ROLE: data["roles"],
                TraitKind.LANGUAGE: data["languages"],
                TraitKind.CERTIFICATION: data["certifications"],
                TraitKind.EXPORT: data["exports"],
            },
        }


def stored(organisation: Organisation) -> dict[str, list[str]]:
    """{field: codes} of what an organisation has several of."""
    traits = list(organisation.traits.values_list("kind", "code"))
    fields = {
        "roles": TraitKind.ROLE,
        "languages": TraitKind.LANGUAGE,
        "certifications": TraitKind.CERTIFICATION,
        "exports": TraitKind.EXPORT,
    }
    return {
        "value_chains": [row.pk for row in organisation.value_chains.all()],
        "circular_strategies": [row.pk for row in organisation.circular_strategies.all()],
        "other_nace": [row.pk for row in organisation.other_nace.all()],
        **{
            name: [code for found, code in traits if found == kind] for name, kind in fields.items()
        },
    }


def _listed(model: Any) -> list[tuple[str, str]]:
    if model is Region:
        return list(labels(Region).items())
    return [(code, f"{code} {name}") for code, name in sorted(labels(model).items())]


class LineForm(forms.Form):
    """One offer or need; a line without a capability is left out."""

    capability = forms.ChoiceField(
        label=_("What"), choices=[("", "—"), *Capability.choices], required=False
    )
    text = forms.CharField(label=_("In a sentence"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("text") and not data.get("capability"):
            self.add_error("capability", _("Choose what this is about."))
        return data


LineFormSet = forms.formset_factory(
    LineForm, extra=EXTRA_LINES, max_num=MOST_LINES, validate_max=True, absolute_max=MOST_LINES + 5
)


class ClusterForm(forms.ModelForm[ClusterProfile]):
    """What only clusters say; the constraints of the table say whether the numbers add up."""

    class Meta:
        model = ClusterProfile
        fields = (
            *("mission", "services", "members_total", "smes", "start_ups", "large", "research"),
            *("others", "figures_of", "management_staff", "technology_fields", "networks"),
            *("other_labels", "has_strategy", "goes_abroad"),
        )


class HostingForm(forms.Form):
    """Whether visitors are received; no number means that none are."""

    most_visitors = forms.IntegerField(
        label=_("Visitors at once, at most"), min_value=1, max_value=500, required=False
    )
    months = forms.TypedMultipleChoiceField(
        label=_("Months that suit you"),
        choices=MONTHS.items(),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.CharField(label=_("What visitors can learn"), max_length=300, required=False)
    accessibility = forms.CharField(
        label=_("Accessibility of the premises"), max_length=300, required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        says_something = data.get("topics") or data.get("accessibility")
        if says_something and not data.get("most_visitors") and not self.errors:
            self.add_error("most_visitors", _("Say how many visitors you can receive."))
        return data

    @staticmethod
    def initial_of(organisation: Organisation) -> dict[str, Any]:
        """What is stored."""
        kept: HostingCapacity | None = getattr(organisation, "hosting", None)
        names = ("most_visitors", "months", "topics", "accessibility")
        return {name: getattr(kept, name) for name in names} if kept else {}

    def values(self) -> dict[str, Any]:
        """The columns to store; nothing where nobody is received."""
        return dict(self.cleaned_data) if self.cleaned_data.get("most_visitors") else {}
