"""Forms of the public side."""

from __future__ import annotations

from django import forms

from bestpractices.models import Outcome, Uptake


class AnswerForm(forms.ModelForm[Uptake]):
    """What came of a practice that one wanted to use."""

    outcome = forms.ChoiceField(
        label=Uptake._meta.get_field("outcome").verbose_name.capitalize(),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Uptake
        fields = ("outcome", "report", "language")
        widgets = {"report": forms.Textarea({"rows": 5})}
