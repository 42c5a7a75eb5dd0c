"""The report "Content checks" and its summary on the dashboard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Model
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core import content_checks
from core.content_checks import Check

# Of one check; whoever has more than that to mend will not read a longer list either.
LISTED = 500
RIGHTS = ("add", "change", "publish")


@dataclass(frozen=True, slots=True)
class Finding:
    """One object that falls short of one check."""

    check: Check
    instance: Model

    @property
    def title(self) -> str:
        return str(self.instance)

    @property
    def label(self) -> str:
        return str(self.check.label)

    @property
    def kind(self) -> str:
        specific = getattr(self.instance, "specific_class", None) or type(self.instance)
        return capfirst(specific._meta.verbose_name)


def _check_choices() -> list[tuple[str, Any]]:
    return [(check.name, check.label) for check in content_checks.registered()]


class ContentChecksFilterSet(WagtailFilterSet):
    check = django_filters.ChoiceFilter(label=_("Check"), choices=_check_choices)

    class Meta:
        model = Page
        fields: list[str] = []


class ContentChecksView(ReportView):
    """Everything that falls short, by check; for whoever may edit pages."""

    page_title = _("Content checks")
    header_icon = "glasses"
    filterset_class = ContentChecksFilterSet
    index_url_name = "content_checks"
    index_results_url_name = "content_checks_results"
    default_ordering = None
    any_permission_required = list(RIGHTS)
    list_export = ["title", "label", "kind"]
    export_headings = {"title": _("Title"), "label": _("Check"), "kind": _("Type")}

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Page)

    @property
    def columns(self) -> list[Column]:
        finder = AdminURLFinder(self.request.user)
        return [
            TitleColumn(
                "title",
                label=_("Title"),
                get_url=lambda finding: finder.get_edit_url(finding.instance),
            ),
            Column("label", label=_("Check")),
            Column("kind", label=_("Type")),
        ]

    def get_filtered_queryset(self) -> list[Finding]:
        form = self.filters.form
        wanted = form.cleaned_data.get("check") if form.is_valid() else ""
        return [
            Finding(check, instance)
            for check in content_checks.registered()
            if not wanted or check.name == wanted
            for instance in check.queryset()[:LISTED]
        ]


class ContentChecksPanel(Component):
    """How much there is to mend, on the dashboard of whoever may edit pages."""

    name = "content_checks"
    template_name = "admin/home/content_checks_panel.html"
    order = 250

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        address = reverse("content_checks")
        counted = [(check, check.count()) for check in content_checks.registered()]
        return {
            "findings": [
                {"label": check.label, "count": count, "url": f"{address}?check={check.name}"}
                for check, count in counted
                if count
            ]
        }


def may_see(user: Any) -> bool:
    """Whether the checks are any business of this user: only of those who may edit pages."""
    policy = policy_registry.get_by_type(Page)
    return bool(policy.user_has_any_permission(user, RIGHTS))
