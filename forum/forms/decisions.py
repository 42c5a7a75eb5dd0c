"""Forms in which moderators decide."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 2000


class DecisionForm(forms.Form):
    """A moderator's decision about the version of the post that was on the screen."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ReasonedDecisionForm(DecisionForm):
    """A decision against a post."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The author gets it by e-mail, with the text of the post."),
    )
