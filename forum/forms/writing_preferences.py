"""The form of what a member decides about writing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.models.writing import TERM_LENGTH

MOST_TERMS = 100


class WritingPreferencesForm(forms.Form):
    """Who may mention me, and which words I do not want to publish unawares."""

    may_be_mentioned = forms.BooleanField(
        label=_("Members may mention me in every topic that I may read"),
        required=False,
        help_text=_("Without this, they can where you take part."),
    )
    terms = forms.CharField(
        label=_("Confidential words and names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One on each line, such as the names of your clients. Only you see this list. "
            "You are warned before you post one of them."
        ),
    )

    def clean_terms(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["terms"].splitlines()]
        terms = list({line.casefold(): line for line in lines if line}.values())
        if len(terms) > MOST_TERMS:
            raise forms.ValidationError(_("Please keep to %(most)d lines.") % {"most": MOST_TERMS})
        if any(len(term) > TERM_LENGTH for term in terms):
            raise forms.ValidationError(
                _("A line can hold %(most)d signs.") % {"most": TERM_LENGTH}
            )
        return terms
