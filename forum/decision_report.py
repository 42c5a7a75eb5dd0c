"""The report of decisions in the admin, with its export."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from forum.models import Decision
from forum.permissions import may_moderate

# A spreadsheet program takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class DecisionFilterSet(WagtailFilterSet):
    class Meta:
        model = Decision
        fields = ["measure", "source", "ground", "language"]


class DecisionReportView(ReportView):
    """Every decision within a moderator's scope; without names of authors, whose text it is not."""

    page_title = _("Forum decisions")
    header_icon = "clipboard-list"
    filterset_class = DecisionFilterSet
    index_url_name = "forum_decisions"
    index_results_url_name = "forum_decisions_results"
    default_ordering = "-created_at"
    export_filename = "forum-decisions"
    list_export = [
        *("reference", "created_at", "get_measure_display", "get_scope_display", "until"),
        *("get_source_display", "get_ground_display", "rule", "law", "facts", "language"),
        *("moderator", "withdrawn_at", "appeal.get_outcome_display"),
    ]
    export_headings = {
        "reference": _("Reference"),
        "created_at": _("Date"),
        "get_measure_display": _("Decision"),
        "get_scope_display": pgettext_lazy("decision", "Scope"),
        "get_source_display": _("Brought about by"),
        "get_ground_display": pgettext_lazy("decision", "Ground"),
        "withdrawn_at": _("Withdrawn"),
        "appeal.get_outcome_display": _("Appeal"),
    }
    columns = [
        DateColumn("created_at", label=_("Date")),
        Column("get_measure_display", label=_("Decision")),
        Column("topic", label=_("Topic")),
        Column("get_source_display", label=_("Brought about by")),
        Column("rule", label=_("Rule")),
        Column("moderator", label=_("Moderator")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_moderate(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> Any:
        found = Decision.objects.moderatable_by(self.request.user)
        return found.select_related("rule", "topic", "moderator", "appeal").order_by("-created_at")

    def get_queryset(self) -> Any:
        return self.get_base_queryset()

    def to_row_dict(self, item: Decision) -> dict[str, Any]:
        row = {name: self._value(item, name) for name in self.list_export}
        return {
            name: f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
            for name, value in row.items()
        }

    @staticmethod
    def _value(item: Decision, name: str) -> Any:
        if name.startswith("appeal."):
            appeal = getattr(item, "appeal", None)
            return appeal.get_outcome_display() if appeal else ""
        value = getattr(item, name)
        value = value() if callable(value) else value
        return str(value) if name in {"reference", "rule", "moderator"} and value else value
