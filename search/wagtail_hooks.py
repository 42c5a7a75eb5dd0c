"""What editors do to many documents at once, which sends no signal; the report of searches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.models import CustomDocument
from search import outbox
from search.permissions import may_see_report
from search.report import report


@hooks.register("after_bulk_action")
def write_documents(
    request: HttpRequest, action_type: str, objects: Iterable[Model], action: Any
) -> None:
    if action_type == "delete":
        return
    keys = [obj.pk for obj in objects if isinstance(obj, CustomDocument)]
    with transaction.atomic():
        for document in CustomDocument.objects.filter(pk__in=keys):
            outbox.write(document)


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [path("reports/searches/", report, name="search_report")]


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    class ReportItem(MenuItem):
        def is_shown(self, request: HttpRequest) -> bool:
            return may_see_report(request.user)

    return ReportItem(
        _("What is searched for"), reverse("search_report"), icon_name="search", order=800
    )


@hooks.register("construct_reports_menu")
def hide_unfed_report(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's own report of search terms keeps words as they were typed; nothing feeds it here."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]
