"""The directory in the Wagtail admin: classifications, and the coordinators' view of organisations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from directory.models import (
    CircularStrategy,
    Country,
    NaceDivision,
    Organisation,
    Region,
    ValueChain,
)
from directory.permissions import may_coordinate
from directory.states import State
from directory.views import admin, tables

COMMON = [FieldPanel("code"), FieldPanel("name"), FieldPanel("names")]


class ClassificationViewSet(SnippetViewSet):
    list_display = ["code", "name"]
    search_fields = ["code", "name"]
    panels = COMMON
    # A changed code would be a new row: identifiers stay.
    copy_view_enabled = False


class CountryViewSet(ClassificationViewSet):
    model = Country
    panels = [*COMMON, FieldPanel("group")]


class RegionViewSet(ClassificationViewSet):
    model = Region
    list_display = ["code", "name", "country"]
    panels = [
        *COMMON,
        FieldPanel("country"),
        FieldPanel("nuts_version"),
        FieldPanel("native_name"),
        FieldPanel("latitude"),
        FieldPanel("longitude"),
    ]


class ValueChainViewSet(ClassificationViewSet):
    model = ValueChain


class CircularStrategyViewSet(ClassificationViewSet):
    model = CircularStrategy


class NaceViewSet(ClassificationViewSet):
    model = NaceDivision
    panels = [*COMMON, FieldPanel("nace_version")]


class ClassificationGroup(SnippetViewSetGroup):
    menu_label = _("Classifications")
    menu_icon = "list-ul"
    items = (CountryViewSet, RegionViewSet, ValueChainViewSet, CircularStrategyViewSet, NaceViewSet)


register_snippet(ClassificationGroup)


class OrganisationsItem(MenuItem):
    """The way to the organisations, with the number of those that wait; coordinators only see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_coordinate(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        waiting = Organisation.objects.filter(state=State.SUBMITTED).count()
        label = _now("Organisations")
        return LinkMenuItem(
            self.name,
            f"{label} ({waiting})" if waiting else label,
            self.url,
            icon_name=self.icon_name,
            classname=self.classname,
            attrs=self.attrs,
        )


@hooks.register("register_admin_menu_item")
def organisations_item() -> OrganisationsItem:
    return OrganisationsItem(
        _("Organisations"),
        reverse("directory_admin:queue"),
        name="organisations",
        icon_name="group",
        order=260,
    )


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver | URLPattern]:
    patterns: Any = [
        path("", admin.queue, name="queue"),
        path("bulk/", admin.bulk, name="bulk"),
        path("labels/", admin.award, name="award"),
        path("import/", tables.bring_in, name="import"),
        path("import/empty.<slug:kind>", tables.template, name="template"),
        path("export.<slug:kind>", tables.write_out, name="export"),
    ]
    return [path("directory/", include((patterns, "directory_admin")))]
