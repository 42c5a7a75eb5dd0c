"""The list of events and the calendar that one can subscribe to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface, TitleFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from core import generation
from core.models import ListingMixin, SocialMixin
from events.models.event import EventPage
from events.querysets import EventQuerySet

RESULTS = "results"


class EventIndexPage(RoutablePageMixin, ListingMixin, SocialMixin, Page):
    """Lists the events below it and below its translations, each once, in the best language."""

    introduction = models.TextField(_("introduction"), max_length=500, blank=True)

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [TitleFieldPanel("title"), FieldPanel("introduction")], heading=_("Content")
            ),
            ObjectList(
                [
                    *ListingMixin.listing_panels,
                    *SocialMixin.social_panels,
                    *Page.promote_panels,
                ],
                heading=_("Promote"),
            ),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )

    summary_fields = ("listing_summary", "introduction")
    template = "pages/events/event_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["events.EventPage"]
    max_count_per_parent = 1
    page_description = _("The list of all events, with a calendar to subscribe to.")

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    @classmethod
    def for_language(cls, language: str) -> EventIndexPage | None:
        """The list of events in a language, else the first one there is."""
        lists = cls.objects.live().select_related("locale").order_by("path")
        return lists.filter(locale__language_code=language).first() or lists.first()

    def events_for(self, user: Any) -> EventQuerySet:
        """The events that this reader may read here, each once, in the best language."""
        below = Q()
        for place in self._places():
            below |= Q(path__startswith=place)
        events = EventPage.objects.filter(below).visible_to(user)
        return events.in_best_language(self.locale, user)

    def _places(self) -> list[str]:
        """Paths of this list and its translations."""

        def read() -> list[str]:
            lists = EventIndexPage.objects.filter(translation_key=self.translation_key)
            return list(lists.values_list("path", flat=True))

        return generation.cached(f"events.places:{self.translation_key}", read)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from events.listing import listing

        context = super().get_context(request, *args, **kwargs)
        context.update(listing(self, request))
        return context

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """What a choice changes where htmx asks for it, else the whole page."""
        htmx = getattr(request, "htmx", None)
        if htmx and htmx.target == RESULTS and not htmx.history_restore_request:
            return "pages/events/_swapped.html"
        return str(self.template)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        # One address has two answers, and a browser must not keep one for the other.
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response

    @path("calendar/", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """The calendar to subscribe to: what everybody may read, whoever asks."""
        from events.calendars import calendar_response, feed

        return calendar_response(feed(self, self.events_for(AnonymousUser()), request))
