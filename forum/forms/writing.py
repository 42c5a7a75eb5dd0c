"""Forms in which members write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forum import stamps
from forum.forms.tags import TagsField
from forum.markdown import LONGEST_SOURCE
from forum.models import Category
from forum.models.discussion import TITLE_LENGTH


class WritingForm(forms.Form):
    """A text in Markdown: an answer, or part of a new topic; and what stops robots and double clicks."""

    source = forms.CharField(
        label=_("Your text"),
        max_length=LONGEST_SOURCE,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "**bold**, *italic*, [link](https://…), lists with a hyphen, quotes with &gt;. "
            "An empty line begins a new paragraph. @[Name] mentions a member."
        ),
    )
    language = forms.ChoiceField(label=_("Language of your text"), choices=settings.LANGUAGES)
    key = forms.UUIDField(widget=forms.HiddenInput)
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)
    # People do not see this field; whoever fills it in is no person.
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
        language = (get_language() or settings.LANGUAGE_CODE)[:2]
        values = {"key": uuid4(), "language": language} | (initial or {})
        if not stamps.is_genuine(str(values.get("stamp", "")), values["key"]):
            values["stamp"] = stamps.stamp(values["key"])
        super().__init__(data, initial=values)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty and send your text again."))
        return ""

    def clean(self) -> dict[str, Any]:
        """Refuse what came faster than anybody writes, and what no form of ours was opened for."""
        values: dict[str, Any] = super().clean() or {}
        key, stamp = values.get("key"), values.get("stamp", "")
        if not settings.FORUM_SECONDS_TO_WRITE or key is None:
            return values
        if not stamps.is_genuine(stamp, key):
            self.data = {**self.data.dict(), "stamp": stamps.stamp(key)}  # type: ignore[attr-defined]
            raise forms.ValidationError(_("Please look at your text once more and send it again."))
        if stamps.is_too_quick(stamp, key):
            raise forms.ValidationError(
                _("That was quick. Please read your text once more and send it again.")
            )
        return values


class TopicForm(WritingForm):
    """A new topic: where, about what, and its opening post."""

    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.none(), empty_label=_("Choose a category")
    )
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    tags = TagsField()
    page = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ["category", "title", "source", "tags", "language"]

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        user: Any,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        field: Any = self.fields["category"]
        field.queryset = Category.objects.visible_to(user)
        tags: Any = self.fields["tags"]
        tags.user = user

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])


class EditForm(WritingForm):
    """The text of a post that is there already, in the version that was on the screen."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class EditOpeningForm(EditForm):
    """An opening post, which is edited with the title of its topic."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    field_order = ["title", "source", "language"]

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])


def one_line(title: str) -> str:
    """A title with single spaces between its words."""
    return " ".join(title.split())
