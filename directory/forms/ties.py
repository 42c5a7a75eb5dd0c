"""Forms about who belongs where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from directory.models import Organisation
from directory.vocabulary import Role


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail of the person"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.EDITOR)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)


class JoinForm(forms.Form):
    """Which cluster, and since when."""

    cluster = forms.ModelChoiceField(
        label=_("Cluster"), queryset=Organisation.objects.none(), to_field_name="slug"
    )
    since = forms.DateField(
        label=_("Member since"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alive = organisation.memberships.alive().values("cluster")
        rows = Organisation.objects.public().clusters().exclude(pk=organisation.pk)
        field: Any = self.fields["cluster"]
        field.queryset = rows.exclude(pk__in=alive).order_by("name", "pk")


CLAIMED = {
    Role.READER: _("I work there: I take part in its name"),
    Role.EDITOR: _("I also keep its profile up to date"),
    Role.ADMINISTRATOR: _("I also decide who belongs to it"),
}


class ClaimForm(forms.Form):
    """What somebody asks an organisation for; `roles` are those that they may ask for."""

    role = forms.ChoiceField(label=_("What you will do there"), widget=forms.RadioSelect)
    message = forms.CharField(
        label=_("How do you belong to this organisation?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Those who look after the organisation read this, or its cluster."),
    )

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = [(role.value, CLAIMED[role]) for role in roles]
        field.initial = roles[0].value


class AnswerForm(forms.Form):
    """A reason, where an act needs one."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
