"""Practices in the Wagtail admin beside their pages: what members report of their use."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from bestpractices.admin_forms import ReportForm
from bestpractices.models import Uptake
from core.snippets import Without


class UptakeViewSet(SnippetViewSet):
    model = Uptake
    icon = "check"
    menu_label = _("Uses of practices")
    list_display = ["practice", "kind", "outcome", "answered_at", "shown_at"]
    list_filter = ["kind", "outcome"]
    ordering = ["-answered_at", "-created_at"]
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[ReportForm]:
        return ReportForm

    def get_queryset(self, request: Any) -> Any:
        """Only those with words to read: the rest is numbers."""
        return Uptake.objects.exclude(report="").select_related("practice")


# Members make them and take them back; editors decide what is shown.
register_permission_policy(Uptake, Without(Uptake, "add", "delete"))
register_snippet(UptakeViewSet)
