"""The forms in which members write what may become a practice or a case study."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bestpractices.models.base import Scope
from core.contributable import StepForm
from directory.labels import labels
from directory.models import CircularStrategy, Country, NaceDivision, Region, ValueChain

TEXT_LENGTH, BODY_LENGTH = 5000, 20_000
FIGURES = 3
HIGHEST = Decimal(10) ** 12
BODY_HELP = _("An empty line begins a paragraph, “- ” before a line makes a list, “## ” a heading.")


def _text(label: Any, help_text: Any = "", *, required: bool = False, rows: int = 5) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=BODY_LENGTH if rows > 5 else TEXT_LENGTH,
        widget=forms.Textarea({"rows": rows}),
    )


def _many(label: Any, model: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=lambda: list(labels(model).items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _one(label: Any, model: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=lambda: [("", "—"), *labels(model).items()], required=False
    )


def _sectors() -> list[tuple[str, str]]:
    return [(code, f"{code} {name}") for code, name in sorted(labels(NaceDivision).items())]


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=False, widget=widget)


class PracticeStoryForm(StepForm):
    """What a best practice tells."""

    challenge = _text(
        _("Challenge addressed"), _("What was the matter before, and for whom?"), required=True
    )
    body = _text(_("Description"), BODY_HELP, required=True, rows=14)
    resources_needed = _text(
        _("Resources needed"),
        _("Money, people, machines, time: what somebody else would have to bring."),
    )
    evidence_text = _text(
        _("Evidence of success"), _("What came of it, and how that is known."), required=True
    )
    challenges_encountered = _text(
        _("Challenges encountered"),
        _("What was harder than expected? Others learn most from this."),
    )
    potential_for_transfer = _text(
        _("Potential for transfer"),
        _("Where else could it work, and under which conditions?"),
    )

    SECTIONS = (
        (_("What it is about"), ("challenge", "body")),
        (
            _("How it went"),
            ("resources_needed", "evidence_text", "challenges_encountered"),
        ),
        (_("For others"), ("potential_for_transfer",)),
    )


class CaseStoryForm(PracticeStoryForm):
    """What a case study tells: the story of one organisation."""

    subject = forms.CharField(
        label=_("Organisation"), max_length=200, help_text=_("Whose story this is.")
    )

    SECTIONS = (
        (_("What it is about"), ("subject", "challenge", "body")),
        *PracticeStoryForm.SECTIONS[1:],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("The story")
        for name in ("challenge", "evidence_text"):
            self.fields[name].required = False


class FigureRow:
    """The fields of one measured result, all or nothing, in a form that has several."""

    PARTS = ("name", "unit", "before", "after", "how_measured")

    @staticmethod
    def fields(number: int) -> dict[str, forms.Field]:
        """{name: field} of the row of this number."""
        numbers: dict[str, Any] = {"required": False, "max_digits": 16, "decimal_places": 3}
        made = {
            "name": forms.CharField(label=_("What is measured"), max_length=150, required=False),
            "unit": forms.CharField(
                label=_("Unit"),
                max_length=80,
                required=False,
                help_text=_("Such as “tonnes a year”."),
            ),
            "before": forms.DecimalField(label=_("Before"), **numbers),
            "after": forms.DecimalField(label=_("After"), **numbers),
            "how_measured": forms.CharField(
                label=_("How measured"),
                max_length=300,
                required=False,
                help_text=_("By whom, when, over which period."),
            ),
        }
        return {f"figure{number}_{name}": field for name, field in made.items()}


class PracticeFactsForm(StepForm):
    """Where, when, what it belongs to, and what was measured."""

    location_place = forms.CharField(
        label=_("Place"),
        max_length=120,
        required=False,
        help_text=_("A town or an area, in words."),
    )
    region = _one(_("Region"), Region)
    country = _one(_("Country"), Country)
    period_start = _day(_("Start"))
    period_end = _day(_("End"), _("Leave empty where it goes on."))
    ongoing = forms.BooleanField(label=_("It goes on"), required=False)
    scope = forms.ChoiceField(label=_("Scope"), choices=[("", "—"), *Scope.choices], required=False)
    value_chains = _many(_("Value chains"), ValueChain)
    circular_strategies = _many(_("Circular strategies"), CircularStrategy)
    sectors = forms.MultipleChoiceField(label=_("Sectors (NACE)"), choices=_sectors, required=False)
    website = forms.URLField(
        label=_("Where to read more"), max_length=500, required=False, assume_scheme="https"
    )

    SECTIONS = (
        (_("Where"), ("location_place", "region", "country", "scope")),
        (_("When"), ("period_start", "period_end", "ongoing")),
        (_("What it belongs to"), ("value_chains", "circular_strategies", "sectors", "website")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, FIGURES + 1):
            self.fields.update(FigureRow.fields(number))

    def sections(self) -> list[dict[str, Any]]:
        """Every measured result is a section of its own."""
        return super().sections() + [
            {
                "title": _("Measured result %(number)s") % {"number": number},
                "fields": [self[f"figure{number}_{part}"] for part in FigureRow.PARTS],
            }
            for number in range(1, FIGURES + 1)
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("period_start"), data.get("period_end")
        if data.get("ongoing") and end:
            self.add_error("period_end", _("What is ongoing has no end yet."))
        elif start and end and end < start:
            self.add_error("period_end", _("The end is before the start."))
        self._place(data)
        for number in range(1, FIGURES + 1):
            self._figure(data, number)
        return data

    def values(self) -> dict[str, Any]:
        data = {name: self.cleaned_data[name] for name in type(self).base_fields}
        return {**data, "indicators": self._figures()}

    def _place(self, data: dict[str, Any]) -> None:
        """A region brings its country along."""
        region = Region.objects.filter(pk=data.get("region") or "").first()
        if region is None:
            return
        if not data.get("country"):
            data["country"] = region.country_id
        elif region.country_id != data["country"]:
            self.add_error("region", _("This region lies in another country."))

    def _figure(self, data: dict[str, Any], number: int) -> None:
        row = {part: data.get(f"figure{number}_{part}") for part in FigureRow.PARTS}
        if all(value in (None, "") for value in row.values()):
            return
        for part in ("name", "unit", "after", "how_measured"):
            name = f"figure{number}_{part}"
            if row[part] in (None, "") and name not in self.errors:
                self.add_error(name, _("A measured result needs this."))

    def _figures(self) -> list[dict[str, Any]]:
        rows = [
            {part: self.cleaned_data[f"figure{number}_{part}"] for part in FigureRow.PARTS}
            for number in range(1, FIGURES + 1)
        ]
        return [row for row in rows if row["name"]]
