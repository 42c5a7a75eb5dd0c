"""The form of an opportunity, in sections, and those of its acts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.labels import labels
from directory.models import Country, NaceDivision, Organisation, ValueChain
from directory.querysets import OrganisationQuerySet
from directory.vocabulary import Capability
from directory.vocabulary import Kind as Partner
from opportunities.actions import OpportunityData
from opportunities.errors import TermTooLong
from opportunities.models import Opportunity
from opportunities.states import State
from opportunities.terms import USUAL, latest_end
from opportunities.vocabulary import CriterionKind, Type

CRITERIA = {
    "offers": CriterionKind.OFFER,
    "seeks": CriterionKind.SEEK,
    "partners": CriterionKind.PARTNER,
}
RELATED = ("value_chains", "activities", "countries")


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day, chosen with the browser's own calendar."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def _many(label: Any, choices: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **options,
    )


def _activities() -> list[tuple[str, str]]:
    return [(code, f"{code} {name}") for code, name in sorted(labels(NaceDivision).items())]


class OpportunityForm(forms.Form):
    """Everything that an opportunity says. For a draft a title is enough: the rest can come later."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), to_field_name="slug"
    )
    type = forms.ChoiceField(label=_("Type"), choices=Type.choices)
    title = forms.CharField(label=_("Title"), max_length=150)
    language = forms.ChoiceField(
        label=_("Language in which you describe it"), choices=settings.LANGUAGES
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What lists and search show."),
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Everybody reads this: please leave out names, numbers and addresses."),
    )
    advantages = forms.CharField(
        label=_("Advantages for a partner"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    value_chains = _many(_("Value chains"), lambda: list(labels(ValueChain).items()))
    offers = _many(_("What is offered"), Capability.choices)
    seeks = _many(_("What is sought"), Capability.choices)
    activities = forms.MultipleChoiceField(
        label=_("Activities"), choices=_activities, required=False
    )
    partners = _many(
        _("Partners sought"), Partner.choices, help_text=_("None means that all are welcome.")
    )
    countries = _many(
        _("Countries wanted"),
        lambda: list(labels(Country).items()),
        help_text=_("None means that all are welcome."),
    )
    deadline = day_field(_("Answers until"), required=False)
    expires_on = day_field(
        _("Open until"),
        required=False,
        help_text=_("Twelve months from its publication at most. It can be renewed."),
    )
    contact_name = forms.CharField(label=_("Person to contact"), max_length=150, required=False)
    contact_email = forms.EmailField(
        label=_("E-mail for contacts"),
        max_length=254,
        required=False,
        help_text=_("Shown to nobody before you accept their interest."),
    )

    # The sections of the page: heading, then the names of the fields.
    SECTIONS = (
        (
            _("What it is"),
            (
                *("organisation", "type", "title", "language", "summary", "description"),
                "advantages",
            ),
        ),
        (_("What it is found by"), ("value_chains", "offers", "seeks", "activities")),
        (_("Whom you look for"), ("partners", "countries")),
        (_("How long it is open"), ("deadline", "expires_on")),
        (_("Whom to write to"), ("contact_name", "contact_email")),
    )

    def __init__(
        self,
        *args: Any,
        organisations: OrganisationQuerySet | None = None,
        opportunity: Opportunity | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.opportunity = opportunity
        organisation: Any = self.fields["organisation"]
        if organisations is None:
            del self.fields["organisation"]
        else:
            organisation.queryset = organisations
            if organisations.count() == 1:
                # With one there is nothing to choose; with more, nothing is chosen by mistake.
                organisation.empty_label = None
        if opportunity is not None and opportunity.state == State.EXPIRED:
            # Only renewing it gives it another end.
            del self.fields["expires_on"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        today, end = timezone.localdate(), data.get("expires_on")
        if "expires_on" in self.fields and end != self._kept("expires_on"):
            latest = latest_end(today)
            if self._is_running:
                latest = self._kept("expires_on") or latest
            if end is None:
                if self._is_running:
                    self.add_error("expires_on", _("A published opportunity has an end."))
            elif not today <= end <= latest:
                self.add_error("expires_on", _range(latest))
        deadline = data.get("deadline")
        last = end or self._kept("expires_on")
        if deadline and last and deadline > last:
            self.add_error("deadline", _("Answers are possible as long as it is open."))
        return data

    @property
    def _is_running(self) -> bool:
        return self.opportunity is not None and self.opportunity.state == State.PUBLISHED

    def _kept(self, name: str) -> Any:
        return getattr(self.opportunity, name) if self.opportunity is not None else None

    def sections(self) -> list[dict[str, Any]]:
        """[{title, fields}] for the page, without the fields that are not asked."""
        return [
            {"title": title, "fields": [self[name] for name in names if name in self.fields]}
            for title, names in self.SECTIONS
        ]

    def data_to_store(self) -> OpportunityData:
        """What was sent, as the actions take it."""
        data = self.cleaned_data
        left_out = {"version", "organisation", *CRITERIA, *RELATED}
        return OpportunityData(
            fields={name: value for name, value in data.items() if name not in left_out},
            **{name: data[name] for name in RELATED},
            criteria={kind: data[name] for name, kind in CRITERIA.items()},
        )


def stored(opportunity: Opportunity) -> dict[str, Any]:
    """The initial values of the form of an opportunity."""
    names = (
        *("version", "type", "title", "language", "summary", "description", "advantages"),
        *("deadline", "expires_on", "contact_name", "contact_email"),
    )
    criteria = list(opportunity.criteria.values_list("kind", "code"))
    return {
        **{name: getattr(opportunity, name) for name in names},
        **{name: [row.pk for row in getattr(opportunity, name).all()] for name in RELATED},
        **{
            name: [code for found, code in criteria if found == kind]
            for name, kind in CRITERIA.items()
        },
    }


def begun(user: Any, language: str) -> dict[str, Any]:
    """The initial values of a new opportunity."""
    return {
        "language": language,
        "expires_on": timezone.localdate() + USUAL,
        "contact_name": user.name,
        "contact_email": user.email,
    }


class RenewForm(forms.Form):
    """Until when it is open again."""

    expires_on = day_field(_("Open until"))

    def clean_expires_on(self) -> date:
        end: date = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if not today <= end <= latest_end(today):
            raise forms.ValidationError(_range(latest_end(today)))
        return end


class WithdrawForm(forms.Form):
    """Why; only coordinators have to say."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )


def _range(latest: date) -> str:
    return str(TermTooLong(latest))
