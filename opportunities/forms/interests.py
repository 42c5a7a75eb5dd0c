"""Forms about interest in an opportunity and what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Organisation
from directory.querysets import OrganisationQuerySet
from opportunities.forms.writing import day_field
from opportunities.vocabulary import Result


class InterestForm(forms.Form):
    """Who is interested, and why."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), to_field_name="slug"
    )
    message = forms.CharField(
        label=_("Message"),
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Say who you are and what you could do together. Only they read it."),
    )
    contact_name = forms.CharField(label=_("Person to contact"), max_length=150)
    contact_email = forms.EmailField(
        label=_("E-mail for contacts"),
        max_length=254,
        help_text=_("They see it once they accept, and you see theirs."),
    )

    def __init__(self, *args: Any, organisations: OrganisationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        field.empty_label = None


class DeclineForm(forms.Form):
    """Why not; those who asked read it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Those who asked read it."),
    )


class OutcomeForm(forms.Form):
    """What came of it."""

    result = forms.ChoiceField(
        label=_("What came of it?"), choices=Result.choices, widget=forms.RadioSelect
    )
    happened_on = day_field(_("When"), required=False)
    value = forms.DecimalField(
        label=_("Value of the agreement in euros"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text=_("If you wish to say so. It is counted, and shown to nobody else."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        happened_on = data.get("happened_on")
        if happened_on and happened_on > timezone.localdate():
            self.add_error("happened_on", _("This day is still to come."))
        if data.get("value") is not None and data.get("result") != Result.AGREEMENT:
            self.add_error("value", _("A value belongs to an agreement."))
        return data
