from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from directory.models import CircularStrategy, Country, NaceDivision, Region, ValueChain

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
