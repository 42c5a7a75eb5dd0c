"""Forms of the admin beside those that Wagtail makes of panels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from bestpractices import actions
from bestpractices.models import Uptake


class ReportForm(WagtailAdminModelForm):
    """A member's words, to be read and shown or not; never to be changed."""

    report = forms.CharField(
        label=_("What came of it"), widget=forms.Textarea({"rows": 6}), disabled=True
    )
    is_shown = forms.BooleanField(label=_("Show it on the practice’s page"), required=False)

    class Meta:
        model = Uptake
        fields = ["report"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_shown"].initial = self.instance.shown_at is not None

    def save(self, commit: bool = True) -> Uptake:
        actions.show_report(
            uptake=self.instance,
            editor=self.for_user,
            is_shown=self.cleaned_data["is_shown"],
        )
        self.instance.refresh_from_db()
        return self.instance
