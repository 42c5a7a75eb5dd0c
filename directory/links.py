"""Further addresses of an organisation as people write them: one a line, words before it or none."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_LINKS = 10
LONGEST_LABEL = 100
_url = forms.URLField(max_length=300, assume_scheme="https")
_label = forms.CharField(max_length=LONGEST_LABEL, required=False)

Links = tuple[tuple[str, str], ...]


def read(text: str) -> Links:
    """((label, address), …) of a text; raises ValidationError for what is no address, and too many."""
    found = []
    for line in text.splitlines():
        label, _space, url = line.strip().rpartition(" ")
        if url:
            found.append((_label.clean(label), _url.clean(url)))
    if len(found) > MOST_LINKS:
        raise ValidationError(_("%(most)d lines at most.") % {"most": MOST_LINKS})
    return tuple(found)


def written(links: Iterable[tuple[str, str]]) -> str:
    """The text that `read` takes."""
    return "\n".join(f"{label} {url}".strip() for label, url in links)


class LinksField(forms.CharField):
    """Such a text; its value is what `read` gives."""

    widget = forms.Textarea

    def clean(self, value: str) -> Links:
        return read(super().clean(value))
