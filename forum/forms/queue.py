"""What narrows the moderators' queue and their list of topics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from forum.models import Category
from forum.models.reports import Reason
from forum.queue import KINDS
from forum.states import State

ANY = [("", _("All"))]


class FilterForm(forms.Form):
    """Category and language; both of them optional."""

    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.none(), required=False, empty_label=_("All")
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[*ANY, *settings.LANGUAGES], required=False
    )

    def __init__(self, data: Mapping[str, Any], *, user: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["category"]
        field.queryset = Category.objects.moderatable_by(user)


class QueueFilterForm(FilterForm):
    """Kind, category, language and reason; all of them optional."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[*ANY, *KINDS.items()], required=False)
    reason = forms.ChoiceField(label=_("Reason"), choices=[*ANY, *Reason.choices], required=False)
    field_order = ["kind", "category", "language", "reason"]


class TopicsFilterForm(FilterForm):
    """Category, language and state; all of them optional."""

    state = forms.ChoiceField(label=_("State"), choices=[*ANY, *State.choices], required=False)
