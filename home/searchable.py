"""What search sees of the pages that belong to no other app."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.audiences import page_tokens
from core.blocks.body import headings, plain_text
from core.models import FreshnessMixin
from core.searchable import Entry, Searchable, leave_out, register
from home.models import Footer, HomePage, Navigation, SectionIndexPage, StandardPage


class SearchablePage(Searchable):
    """A page with an introduction and a body."""

    kind = "page"
    label = _("Page")
    intro_field = "intro"

    def __init__(self, model: type[Page]) -> None:
        self.model = model

    def queryset(self) -> QuerySet[Any]:
        return self.model.objects.live().select_related("locale")

    def entry(self, obj: Any) -> Entry | None:
        audience = page_tokens(obj)
        if not obj.live or not audience:
            return None
        intro = getattr(obj, self.intro_field)
        return Entry(
            kind=self.kind,
            language=obj.locale.language_code,
            title=obj.title,
            url=obj.url or "",
            audience=audience,
            summary=getattr(obj, "listing_summary", "") or intro,
            headings=headings(obj.body),
            body="\n".join(filter(None, [intro, plain_text(obj.body)])),
            date=obj.holds_since if isinstance(obj, FreshnessMixin) else obj.last_published_at,
        )


class SearchableHome(SearchablePage):
    intro_field = "hero_intro"


register(SearchableHome(HomePage))
register(SearchablePage(StandardPage))
register(SearchablePage(SectionIndexPage))
for frame in (Navigation, Footer):
    leave_out(frame, "Part of every page: whatever it names would be found everywhere.")
