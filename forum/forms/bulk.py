"""One act for several posts or topics, which moderators choose from a list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum import errors
from forum.forms.decisions import DAYS, LONGEST_REASON, SMALL_NUMBER, GroundsForm
from forum.models import Category
from forum.models.penalties import PenaltyKind
from forum.states import Act, OtherAct

MOST_AT_ONCE = 50


class BulkForm(GroundsForm):
    """One act for several posts, each in the version that was on the screen: "key:version"."""

    act = forms.ChoiceField(
        label=_("For the chosen posts"),
        choices=[
            (Act.PUBLISH, _("Approve")),
            (Act.REJECT, _("Reject")),
            (Act.HIDE, _("Hide")),
            (Act.RESTORE, _("Restore")),
            (OtherAct.DISMISS, _("Close the reports")),
            (_("Penalise the author"), PenaltyKind.choices),
        ],
    )
    days = forms.TypedChoiceField(
        label=_("Days"),
        coerce=int,
        choices=[(days, str(days)) for days in DAYS],
        initial=7,
        required=False,
        help_text=_("A warning has no end."),
    )
    answer = forms.CharField(
        label=_("Answer"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed to close reports; whoever sent one gets it."),
    )
    upheld = forms.BooleanField(label=_("Something was done about it"), required=False)
    posts = forms.CharField(widget=forms.MultipleHiddenInput, required=False)
    field_order = ["act", "days", "reason", "rule", "law", "answer", "upheld", "posts"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.fields["reason"].help_text = _(
            "Needed to reject, to hide and for a penalty; each author gets it."
        )
        self.fields["rule"].help_text = _(
            "Needed to reject, to hide and for a penalty, if no law is named."
        )

    def clean_posts(self) -> dict[int, int]:
        chosen = _chosen(self.data, "posts", 2)
        if not chosen:
            raise forms.ValidationError(_("Choose posts from the list."))
        return {row[0]: row[1] for row in chosen}

    def needs_grounds(self, cleaned: dict[str, Any]) -> bool:
        return cleaned.get("act") in {Act.REJECT, Act.HIDE, *PenaltyKind.values}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.needs_grounds(cleaned) and not cleaned.get("reason", "").strip():
            self.add_error("reason", str(errors.ReasonMissing()))
        if cleaned.get("act") == OtherAct.DISMISS and not cleaned.get("answer", "").strip():
            self.add_error("answer", self.fields["answer"].error_messages["required"])
        if cleaned.get("act") in {PenaltyKind.SILENCE, PenaltyKind.SUSPEND}:
            if not cleaned.get("days"):
                self.add_error("days", self.fields["days"].error_messages["required"])
            else:
                cleaned["until"] = timezone.now() + timedelta(days=cleaned["days"])
        return cleaned

    def words(self) -> dict[str, Any]:
        """What the act is told beside the post, its version and the moderator."""
        values = self.cleaned_data
        if values["act"] == OtherAct.DISMISS:
            return {"answer": values["answer"], "upheld": values["upheld"]}
        if not self.needs_grounds(values):
            return {}
        words = {"reason": values["reason"], "grounds": values["grounds"]}
        if values["act"] not in PenaltyKind.values:
            return words
        return words | {"kind": PenaltyKind(values["act"]), "until": values.get("until")}


class Seen(NamedTuple):
    """What was on the screen of a topic: the version of its opening post, and its category."""

    version: int
    category: int


class TopicsBulkForm(GroundsForm):
    """One act for several topics, each as it was on the screen: "key:version:category"."""

    act = forms.ChoiceField(
        label=_("For the chosen topics"),
        choices=[
            (OtherAct.MOVE, _("Move to another category")),
            (OtherAct.LOCK, _("Close for replies")),
            (OtherAct.UNLOCK, _("Open for replies")),
            (OtherAct.PIN, _("Pin")),
            (OtherAct.UNPIN, _("Unpin")),
            (Act.HIDE, _("Hide")),
            (Act.RESTORE, _("Restore")),
        ],
    )
    category = forms.ModelChoiceField(
        label=_("Move to another category"),
        queryset=Category.objects.none(),
        required=False,
    )
    topics = forms.CharField(widget=forms.MultipleHiddenInput, required=False)
    field_order = ["act", "category", "reason", "rule", "law", "topics"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["category"]
        field.queryset = Category.objects.moderatable_by(user)
        self.fields["reason"].required = False
        self.fields["reason"].help_text = _(
            "Needed to hide; each author gets it. For all other acts it stands in the log."
        )

    def clean_topics(self) -> dict[int, Seen]:
        chosen = _chosen(self.data, "topics", 3)
        if not chosen:
            raise forms.ValidationError(_("Choose topics from the list."))
        return {row[0]: Seen(*row[1:]) for row in chosen}

    def needs_grounds(self, cleaned: dict[str, Any]) -> bool:
        return bool(cleaned.get("act") == Act.HIDE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.needs_grounds(cleaned) and not cleaned.get("reason", "").strip():
            self.add_error("reason", str(errors.ReasonMissing()))
        if cleaned.get("act") == OtherAct.MOVE and not cleaned.get("category"):
            self.add_error("category", self.fields["category"].error_messages["required"])
        return cleaned


def _chosen(data: Any, name: str, size: int) -> list[list[int]]:
    """The rows that were ticked, each as its numbers; nothing where one is no row of ours."""
    rows = [word.split(":") for word in data.getlist(name)[:MOST_AT_ONCE]]
    if any(len(row) != size or not all(map(SMALL_NUMBER.fullmatch, row)) for row in rows):
        return []
    return [[int(part) for part in row] for row in rows]
