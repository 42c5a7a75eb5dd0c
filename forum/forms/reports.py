"""Forms in which something is reported or appealed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from forum.models.reports import ADDRESS_LENGTH, Reason

LONGEST_TEXT = 5000
# A person needs longer than that to read the form; who fills it in faster is no person.
FASTEST_SECONDS = 3
_stamps = signing.TimestampSigner(salt="forum.notice")


class ReportForm(forms.Form):
    """A member's report of a post."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"), choices=Reason.choices, widget=forms.RadioSelect
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Needed where the content is illegal: what is it, and against which law?"),
    )
    good_faith = forms.BooleanField(
        label=_("For illegal content: I believe in good faith that this is accurate and complete."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reason") == Reason.ILLEGAL:
            if not cleaned.get("explanation", "").strip():
                self.add_error("explanation", _("Please explain why this is illegal."))
            if not cleaned.get("good_faith"):
                self.add_error("good_faith", _("Please confirm this for illegal content."))
        return cleaned


class NoticeForm(forms.Form):
    """A notice of illegal content by anybody: the fields of Article 16 (2)."""

    address = forms.CharField(
        label=_("Exact address of the content"),
        max_length=ADDRESS_LENGTH,
        help_text=_("Copy it from the address bar, or from the number beside the post."),
    )
    explanation = forms.CharField(
        label=_("Why is it illegal?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Which words or pictures, and against which law?"),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We confirm the receipt and tell you the outcome there."),
    )
    may_be_anonymous = forms.BooleanField(
        label=_("It is about sexual abuse of children: I need not give my name."), required=False
    )
    good_faith = forms.BooleanField(
        label=_("I believe in good faith that what I say here is accurate and complete.")
    )
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"stamp": new_stamp()} | (initial or {}))
        if not (data or {}).get("may_be_anonymous"):
            for name in ("name", "email"):
                field = self.fields[name]
                field.required = True
                field.error_messages["required"] = _(
                    "Please fill this in, so that we can answer you."
                )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty and send your text again."))
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not _was_read(cleaned.get("stamp", "")):
            self.add_error(
                None, _("That was very fast. Please check what you entered and send it again.")
            )
        return cleaned


class AppealForm(forms.Form):
    """An appeal against a decision."""

    text = forms.CharField(
        label=_("Why should it be decided otherwise?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
    )


def new_stamp() -> str:
    """A signed word that says when a form was shown."""
    return _stamps.sign("shown")


def kept_stamp(stamp: str) -> str:
    """The stamp of a form that comes back, or a new one where it is none of ours."""
    try:
        _stamps.unsign(stamp)
    except signing.BadSignature:
        return new_stamp()
    return stamp


def _was_read(stamp: str) -> bool:
    """Whether the form was shown long enough ago, whenever that was."""
    if kept_stamp(stamp) != stamp:
        return False
    try:
        _stamps.unsign(stamp, max_age=FASTEST_SECONDS)
    except signing.SignatureExpired:
        return True
    return False
