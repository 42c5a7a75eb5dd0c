"""What members fill in about the searches that they keep."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from search.actions import LONGEST_NAME
from search.models import Rhythm


class SavedSearchForm(forms.Form):
    """Name of a saved search, and rhythm of its mail."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    rhythm = forms.ChoiceField(
        label=_("E-mail about what is new"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        help_text=_("Sent in the morning, weekly on Mondays, and only if there is something new."),
    )
