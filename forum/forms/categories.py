"""A category in the admin, with those who look after it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from forum import actions, errors, permissions
from forum.models import Category, ModeratorScope
from forum.moderators import moderators


class ModeratorsWidget(forms.CheckboxSelectMultiple):
    """Those who look after every category are ticked, and cannot be unticked for one of them."""

    everywhere: frozenset[int] = frozenset()

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> Any:
        option = super().create_option(name, value, label, *args, **kwargs)
        if value.value in self.everywhere:
            option["label"] = _("%(name)s (looks after every category)") % {"name": label}
            option["attrs"] |= {"disabled": True, "checked": True}
        return option


class CategoryForm(WagtailAdminModelForm):
    """A category and its moderators, who are stored in their scopes."""

    moderators = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Moderators"),
        queryset=get_user_model().objects.none(),
        required=False,
        widget=ModeratorsWidget,
        help_text=gettext_lazy(
            "Whoever looks after every category is narrowed to some under “Moderators’ scopes”."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = moderators()
        narrowed = ModeratorScope.objects.narrowed()
        field: Any = self.fields["moderators"]
        field.queryset = everybody
        field.disabled = not permissions.may_assign_moderators(self.for_user)
        field.widget.everywhere = frozenset(
            everybody.exclude(moderator_scope__in=narrowed).values_list("pk", flat=True)
        )
        if self.instance.pk:
            of_this = narrowed.filter(categories=self.instance)
            self.initial["moderators"] = list(of_this.values_list("user", flat=True))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kept = {person.pk for person in cleaned.get("moderators", ())}
        if self.instance.pk and "moderators" in cleaned:
            alone = ModeratorScope.objects.of_only(self.instance).exclude(user__in=kept)
            for scope in alone.select_related("user"):
                self.add_error("moderators", str(errors.OnlyCategory(str(scope.user))))
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Category:
        category: Category = super().save(commit)
        if commit and not self.fields["moderators"].disabled:
            actions.assign_moderators(
                category=category,
                moderators=self.cleaned_data["moderators"],
                administrator=self.for_user,
            )
        return category
