"""The home page, and the pages that belong to no other app."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.images.models import Filter
from wagtail.models import Orderable, Page
from wagtail.search import index

from core import generation
from core.audiences import audience_key, visible_pages
from core.blocks.body import BodyBlock, contents
from core.blocks.key_figures import KeyFigureBlock
from core.blocks.links import LinkBlock
from core.blocks.targets import readable_pages, targets
from core.models import FreshnessMixin, ListingMixin, SocialMixin
from core.pagination import page_of
from home.cards import (
    CARD_IMAGES,
    cards,
    listing_images,
    load_images,
    specific_pages,
    trail,
)

PICKS = 6
LINKS = 2
SECTION_PAGE = 24
# The sizes that components/hero.html asks for.
HERO_IMAGES = Filter.expand_spec("format-{avif,webp,jpeg} fill-{480x400,960x800,1200x1000}")


class HomePage(SocialMixin, Page):
    """Where a language begins. What other apps show here comes through slots."""

    hero_title = models.CharField(_("title"), max_length=120)
    hero_intro = models.TextField(_("introduction"), max_length=400, blank=True)
    hero_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hero_links = StreamField(
        [("link", LinkBlock())], blank=True, max_num=LINKS, verbose_name=_("links")
    )
    key_figures = StreamField(
        [("figure", KeyFigureBlock())], blank=True, max_num=6, verbose_name=_("key figures")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("hero_title"),
                FieldPanel("hero_intro"),
                FieldPanel("hero_image"),
                FieldPanel("hero_links"),
            ],
            heading=_("Opening"),
        ),
        InlinePanel("picks", heading=_("Editors' picks"), label=_("Page"), max_num=PICKS),
        FieldPanel("key_figures"),
        FieldPanel("body"),
    ]
    promote_panels = [*Page.promote_panels, *SocialMixin.social_panels]
    search_fields = [*Page.search_fields, index.SearchField("body")]

    summary_fields = ("hero_intro",)
    template = "pages/home/home_page.html"
    # Which pages may stand below is said by each of them, so that no app is named here.
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if getattr(request, "is_preview", False):
            shown = self._shown(request)
        else:
            key = f"home:{self.pk}:{get_language()}:{audience_key(request.user)}"
            shown = generation.cached(key, lambda: self._shown(request))
        context.update(shown)
        return context

    def _shown(self, request: HttpRequest) -> dict[str, Any]:
        """The links and picks that this reader may see, and the image; the same until content changes."""
        links = targets([link.value for link in self.hero_links], {"request": request})
        chosen = [pick.picked for pick in self.picks.select_related("picked")]
        readable = readable_pages(chosen, request.user)
        found = [readable[page.pk] for page in chosen if page.pk in readable]
        picks = specific_pages(found)
        images = load_images(
            [self.hero_image_id, *listing_images(picks)], [*HERO_IMAGES, *CARD_IMAGES]
        )
        return {
            "links": [{"url": link.url, "title": link.title} for link in links if link],
            "hero_image": images.get(self.hero_image_id or 0),
            "picks": cards(picks, images, request),
        }


class HomePagePick(Orderable):
    """A page that the editors put on the home page."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="picks")
    picked = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("picked")]

    class Meta(Orderable.Meta):
        verbose_name = _("pick")
        verbose_name_plural = _("picks")

    def __str__(self) -> str:
        return str(self.picked)


class StandardPage(ListingMixin, SocialMixin, FreshnessMixin, Page):
    """A page of text, such as the privacy notice."""

    intro = models.TextField(_("introduction"), max_length=500, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        *FreshnessMixin.freshness_panels,
    ]
    promote_panels = [
        *Page.promote_panels,
        *ListingMixin.listing_panels,
        *SocialMixin.social_panels,
    ]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]

    summary_fields = ("listing_summary", "intro")
    template = "pages/home/standard_page.html"
    parent_page_types = ["home.HomePage", "home.SectionIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["trail"] = trail(self, request)
        context["contents"] = contents(self.body)
        return context


class SectionIndexPage(ListingMixin, SocialMixin, Page):
    """A page that lists the pages below it."""

    intro = models.TextField(_("introduction"), max_length=500, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    promote_panels = [
        *Page.promote_panels,
        *ListingMixin.listing_panels,
        *SocialMixin.social_panels,
    ]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]

    summary_fields = ("listing_summary", "intro")
    template = "pages/home/section_index_page.html"
    parent_page_types = ["home.HomePage", "home.SectionIndexPage"]
    subpage_types = ["home.StandardPage", "home.SectionIndexPage"]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        children = visible_pages(self.get_children(), request.user).order_by("path")
        page_obj = page_of(request, children, SECTION_PAGE)
        context["page_obj"] = page_obj
        below = specific_pages(page_obj)
        context["cards"] = cards(below, load_images(listing_images(below), CARD_IMAGES), request)
        context["trail"] = trail(self, request)
        return context
