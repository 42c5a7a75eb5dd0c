"""What a moderator can do with a whole topic."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.models import Category, Topic
from forum.models.discussion import TITLE_LENGTH

LONGEST_REASON = 500


class TopicActForm(forms.Form):
    """An act that needs no more than a word for the log."""

    reason = forms.CharField(
        label=_("For the log"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("Moderators read it."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)


class MoveForm(TopicActForm):
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.none())
    field_order = ["category", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["category"]
        field.queryset = Category.objects.moderatable_by(self.user)


class MergeForm(TopicActForm):
    into = forms.IntegerField(
        label=_("Number of the other topic"),
        min_value=1,
        max_value=2**31,
        help_text=_("It stands in its address, before the title."),
    )
    field_order = ["into", "reason"]

    def clean_into(self) -> Topic:
        found = Topic.objects.moderatable_by(self.user).filter(pk=self.cleaned_data["into"])
        topic = found.select_related("category").first()
        if topic is None:
            raise forms.ValidationError(_("There is no such topic."))
        return topic


class SplitForm(TopicActForm):
    title = forms.CharField(label=_("Title of the new topic"), max_length=TITLE_LENGTH)
    numbers = forms.RegexField(
        label=_("Numbers of the replies"),
        regex=r"^[0-9]{1,7}(?:[ ,]+[0-9]{1,7})*$",
        max_length=2000,
        help_text=_("Such as: 3, 4, 7"),
    )
    field_order = ["title", "numbers", "reason"]

    def clean_numbers(self) -> list[int]:
        words = self.cleaned_data["numbers"].replace(",", " ").split()
        return sorted({int(word) for word in words})
