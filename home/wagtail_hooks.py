"""What this app adds to Wagtail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.actions import translation_of
from home.models import Footer, Navigation
from home.reports import ContentChecksPanel, ContentChecksView, may_see
from home.review_admin import (
    ReviewedUpdateTranslationsView,
    decision_items,
    submit_translation_view,
)


class NavigationViewSet(SnippetViewSet):
    model = Navigation
    icon = "list-ul"
    add_to_settings_menu = True


class FooterViewSet(SnippetViewSet):
    model = Footer
    icon = "pilcrow"
    add_to_settings_menu = True


register_snippet(NavigationViewSet)
register_snippet(FooterViewSet)


@hooks.register("construct_page_action_menu")
def offer_decisions(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    page = context.get("page")
    if page is not None and context.get("view") == "edit":
        items[:0] = decision_items(page, request.user)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer_translation_review(
    page: Page, user: Any, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    if page.workflow_in_progress or translation_of(page) is None:
        return
    if page.permissions_for_user(user).can_edit():
        url = reverse("submit_translation_for_review", args=[page.pk])
        yield Button(_("Submit translation for review"), url, priority=65, icon_name="resubmit")


@hooks.register("register_reports_menu_item")
def content_checks_menu_item() -> MenuItem:
    class ContentChecksMenuItem(MenuItem):
        def is_shown(self, request: HttpRequest) -> bool:
            return may_see(request.user)

    return ContentChecksMenuItem(
        _("Content checks"), reverse("content_checks"), icon_name="glasses", order=650
    )


@hooks.register("construct_homepage_panels")
def content_checks_panel(request: HttpRequest, panels: list[Any]) -> None:
    if may_see(request.user):
        panels.append(ContentChecksPanel())


# Before the translation app's own view of the same address.
@hooks.register("register_admin_urls", order=-1)
def admin_urls() -> list[Any]:
    return [
        path(
            "localize/update/<int:translation_source_id>/",
            ReviewedUpdateTranslationsView.as_view(),
        ),
        path("reports/content-checks/", ContentChecksView.as_view(), name="content_checks"),
        path(
            "reports/content-checks/results/",
            ContentChecksView.as_view(results_only=True),
            name="content_checks_results",
        ),
        path(
            "review/translation/<int:page_id>/",
            submit_translation_view,
            name="submit_translation_for_review",
        ),
    ]
