"""Forms in which moderators decide."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum import errors
from forum.forms.writing import one_line
from forum.grounds import Grounds
from forum.markdown import LONGEST_SOURCE
from forum.models import Rule
from forum.models.decisions import Outcome
from forum.models.discussion import TITLE_LENGTH
from forum.models.penalties import PenaltyKind

LONGEST_REASON = 2000
SMALL_NUMBER = re.compile(r"[0-9]{1,10}", re.ASCII)
DAYS = (1, 7, 30, 90)


class DecisionForm(forms.Form):
    """A moderator's decision about the version of the post that was on the screen."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class GroundsForm(forms.Form):
    """On what a decision rests: one single rule, or a provision of the law."""

    reason = forms.CharField(
        label=_("Facts and reasons"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The author gets it by e-mail, with the text of the post."),
    )
    rule = forms.ModelChoiceField(
        label=_("Rule"),
        queryset=Rule.objects.none(),
        required=False,
        empty_label=_("Choose the rule that was broken"),
    )
    law = forms.CharField(
        label=_("Legal provision"),
        max_length=300,
        required=False,
        help_text=_("Only where the text is illegal; it then takes the place of the rule."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["rule"]
        field.queryset = Rule.objects.active()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        rule, law = cleaned.pop("rule", None), (cleaned.pop("law", "") or "").strip()
        if self.needs_grounds(cleaned) and not (rule or law) and "rule" not in self.errors:
            self.add_error("rule", str(errors.GroundMissing()))
        cleaned["grounds"] = Grounds(rule=rule, law=law) if rule or law else None
        return cleaned

    def needs_grounds(self, cleaned: dict[str, Any]) -> bool:
        """Whether what was chosen is a measure against somebody."""
        return True


class ReasonedDecisionForm(GroundsForm, DecisionForm):
    """A decision against a post."""

    field_order = ["version", "reason", "rule", "law"]


class CorrectionForm(GroundsForm, DecisionForm):
    """Other words for somebody's post, as far as a rule asks for them."""

    source = forms.CharField(
        label=_("The text as it shall be"),
        max_length=LONGEST_SOURCE,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "Change only what breaks the rule. The author is shown what was taken out and what was "
            "put in, and can appeal."
        ),
    )
    field_order = ["version", "title", "source", "rule", "law", "reason"]


class OpeningCorrectionForm(CorrectionForm):
    """The same for an opening post, with the title of its topic."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])


class PenaltyForm(GroundsForm):
    """A penalty for the author of a post."""

    kind = forms.ChoiceField(label=_("Penalty"), choices=PenaltyKind.choices)
    days = forms.TypedChoiceField(
        label=_("Days"),
        coerce=int,
        choices=[(days, str(days)) for days in DAYS],
        initial=7,
        help_text=_("A warning has no end."),
    )
    field_order = ["kind", "days", "reason", "rule", "law"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        days = cleaned.pop("days", None)
        if days is not None and cleaned.get("kind") != PenaltyKind.WARN:
            cleaned["until"] = timezone.now() + timedelta(days=days)
        return cleaned


class AnswerForm(forms.Form):
    """What those are told who reported something."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever sent the report or the appeal gets it."),
    )


class AppealAnswerForm(AnswerForm):
    """The answer to an appeal."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    field_order = ["outcome", "answer"]


class ComplaintAnswerForm(GroundsForm, AppealAnswerForm):
    """The answer to whoever contests what became of a report.

    A text that can still be read is hidden where they are right; its author is told why.
    """

    field_order = ["outcome", "answer", "reason", "rule", "law"]

    def __init__(self, *args: Any, is_public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.fields["reason"].help_text = _("For the author, where the text is hidden.")
        if not is_public:
            for name in ("reason", "rule", "law"):
                del self.fields[name]

    def needs_grounds(self, cleaned: dict[str, Any]) -> bool:
        return "rule" in self.fields and bool(cleaned.get("outcome") == Outcome.OVERTURNED)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.needs_grounds(cleaned) and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Please give a reason: it is sent to the author."))
        return cleaned


class ReportsAnswerForm(AnswerForm):
    """The answer to reports and notices that are closed by themselves.

    What was done about them was done otherwise: the topic was moved, closed or merged, or the
    author has taken the text away.
    """

    upheld = forms.BooleanField(label=_("Something was done about it"), required=False)
    field_order = ["upheld", "answer"]
