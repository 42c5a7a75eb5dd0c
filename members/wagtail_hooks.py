"""Members in the Wagtail admin: who waits to become one, and the texts that they agree to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.snippets import Without
from directory.permissions import may_coordinate
from members.actions.membership import ADMITTED, ENDED
from members.models import ConsentText, User
from members.views import admin
from members.waiting import ServiceLevelsPanel


class ConsentTextViewSet(SnippetViewSet):
    model = ConsentText
    icon = "clipboard-list"
    menu_label = _("Texts to agree to")
    list_display = ["purpose", "version", "published_at"]
    copy_view_enabled = False
    inspect_view_enabled = True
    panels = [
        FieldPanel("purpose"),
        MultiFieldPanel([FieldPanel("text"), FieldPanel("texts")], heading=_("Text")),
    ]


# A version that somebody may have agreed to is neither changed nor removed.
register_permission_policy(ConsentText, Without(ConsentText, "change", "delete"))
register_snippet(ConsentTextViewSet)


class WaitingItem(MenuItem):
    """The way to the people who wait, with the number of those who have asked; for coordinators."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_coordinate(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        asking = User.objects.waiting().asking().count()
        label = _now("New members")
        return LinkMenuItem(
            self.name,
            f"{label} ({asking})" if asking else label,
            self.url,
            icon_name=self.icon_name,
            classname=self.classname,
            attrs=self.attrs,
        )


@hooks.register("register_admin_menu_item")
def waiting_item() -> WaitingItem:
    return WaitingItem(
        _("New members"),
        reverse("members_admin:waiting"),
        name="becoming-members",
        icon_name="user",
        order=255,
    )


@hooks.register("construct_homepage_panels")
def service_levels_panel(request: HttpRequest, panels: list[Any]) -> None:
    if may_coordinate(request.user):
        panels.append(ServiceLevelsPanel())


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver | URLPattern]:
    patterns: Any = [path("", admin.waiting, name="waiting")]
    return [path("becoming-members/", include((patterns, "members_admin")))]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        ADMITTED, _("Admit without an organisation"), _("Admitted without an organisation")
    )
    actions.register_action(
        ENDED, _("No longer without an organisation"), _("No longer a member by exception")
    )
