"""The list of all best practices and case studies."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from bestpractices import panels
from bestpractices.models.base import PracticeBase
from core.models import ListingMixin, SocialMixin

RESULTS = "results"


class PracticeIndexPage(ListingMixin, SocialMixin, Page):
    """Lists what a reader may read, narrowed by what the address says.

    The list holds each practice once: in the language of the page where it exists in it, else in
    the language it was written in, marked as such.
    """

    introduction = models.TextField(_("introduction"), max_length=500, blank=True)

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["bestpractices.BestPracticePage", "bestpractices.CaseStudyPage"]
    summary_fields = ("listing_summary", "introduction")
    template = "pages/bestpractices/index.html"
    page_description = _("The list of best practices and case studies, with filters.")
    edit_handler = panels.index()

    class Meta:
        verbose_name = _("list of practices")
        verbose_name_plural = _("lists of practices")

    @classmethod
    def for_language(cls, language: str) -> PracticeIndexPage | None:
        """The list of practices in a language, else the first one there is."""
        lists = cls.objects.live().select_related("locale").order_by("path")
        return lists.filter(locale__language_code=language).first() or lists.first()

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Wagtail's own way asks for a page first and for its specific fields then; this asks once."""
        if len(path_components) == 1:
            page = PracticeBase.objects.child_of(self).with_slug(path_components[0])
            if page is not None:
                page._cached_parent_obj = self
                return page.route(request, [])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from bestpractices import listing

        return {**super().get_context(request, *args, **kwargs), **listing.context(self, request)}

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The results alone where htmx asks for them, else the whole page."""
        htmx = getattr(request, "htmx", None)
        if htmx and htmx.target == RESULTS and not htmx.history_restore_request:
            return "pages/bestpractices/_results.html"
        return str(self.template)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        # One address has two answers, and a browser must not keep one for the other.
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response
