"""How one wants to be told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.models.following import Frequency


class PreferencesForm(forms.Form):
    """Rhythm of mail, and whether one's own topics are watched by themselves."""

    frequency = forms.ChoiceField(
        label=_("E-mail about what you watch"),
        choices=Frequency.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Decisions about your own posts are always sent. On the site you are told in any case."
        ),
    )
    watches_own = forms.BooleanField(
        label=_("Watch the topics that I start or answer"), required=False
    )
