"""Rules and scopes in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from forum import actions
from forum.models import ModeratorScope, Rule

WORDS = ("title", "titles", "text", "texts")


class RuleForm(WagtailAdminModelForm):
    """A new rule, or a change of one: other words become a new version."""

    class Meta:
        model = Rule
        fields = ["code", *WORDS, "active", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = self.instance.pk is not None

    def save(self, commit: bool = True) -> Rule:
        if self.instance.pk is None or not set(WORDS) & set(self.changed_data):
            return super().save(commit)
        stored = Rule.objects.get(pk=self.instance.pk)
        return actions.revise_rule(rule=stored, **{name: self.cleaned_data[name] for name in WORDS})


class ScopeForm(WagtailAdminModelForm):
    """What one moderator looks after."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )

    class Meta:
        model = ModeratorScope
        fields = ["user", "categories", "languages"]
        widgets = {"categories": forms.CheckboxSelectMultiple}
