"""The field for the tags of a topic."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from core.taxonomy import known_tags, tags_named
from forum.models.tags import MOST_TAGS
from forum.models.writing import TAGS_LENGTH

MOST_SUGGESTED = 3


class TagsField(forms.CharField):
    """Tags of the site's taxonomy, separated by commas; each must be one that the writer can know.

    Unknown ones come back with those that are spelled alike, so suggestions need no JavaScript;
    `known` is for a datalist. Set `user` before use.
    """

    user: Any = None
    default_error_messages = {
        "unknown": _("There is no tag “%(name)s” here."),
        "unknown_like": _("There is no tag “%(name)s” here. Did you mean: %(similar)s?"),
        "many": _("Choose at most %(most)d tags."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Tags"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", TAGS_LENGTH)
        help_text = _("At most 5, separated by commas, from those that pages of this site carry.")
        kwargs.setdefault("help_text", help_text)
        widget = forms.TextInput(attrs={"list": "known-tags", "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)

    @property
    def known(self) -> list[str]:
        """The tags to suggest."""
        return list(known_tags(self.user))

    def clean(self, value: Any) -> list[Tag]:  # type: ignore[override]
        """The tags. Raises ValidationError for unknown ones and for too many."""
        text = super().clean(value)
        names = [name for part in text.split(",") if (name := " ".join(part.split()))]
        tags, unknown = tags_named(names, self.user)
        if unknown:
            raise forms.ValidationError([self._no_such(name) for name in unknown[:MOST_TAGS]])
        if len(tags) > MOST_TAGS:
            raise forms.ValidationError(
                self.error_messages["many"], code="many", params={"most": MOST_TAGS}
            )
        return tags

    def _no_such(self, name: str) -> forms.ValidationError:
        by_folded = {one.casefold(): one for one in self.known}
        alike = get_close_matches(name.casefold(), by_folded, n=MOST_SUGGESTED)
        if not alike:
            return forms.ValidationError(
                self.error_messages["unknown"], code="unknown", params={"name": name}
            )
        similar = ", ".join(by_folded[one] for one in alike)
        return forms.ValidationError(
            self.error_messages["unknown_like"],
            code="unknown_like",
            params={"name": name, "similar": similar},
        )


class TagsForm(forms.Form):
    """The tags of a topic that is there already."""

    tags = TagsField()

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["tags"]
        field.user = user
