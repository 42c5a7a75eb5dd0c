"""What search sees of best practices and case studies."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bestpractices import texts
from bestpractices.classification import classification
from bestpractices.models import BestPracticePage, CaseStudyPage, PracticeBase
from core import searchable
from core.audiences import page_tokens
from core.blocks import body


class PracticeSearchable(searchable.Searchable):
    """One kind of page; texts of contacts never enter."""

    def __init__(self, model: type[PracticeBase], kind: str, label: Any) -> None:
        self.model = model
        self.kind = kind
        self.label = label

    def queryset(self) -> QuerySet[Any]:
        return (
            self.model.objects.live()
            .select_related("locale")
            .prefetch_related(
                "indicators", "value_chains", "circular_strategies", "sectors", "tags"
            )
        )

    def entry(self, obj: BestPracticePage | CaseStudyPage) -> searchable.Entry | None:
        """The entry of a live page, without one where nobody may read it."""
        audience = page_tokens(obj) if obj.live else frozenset()
        url = obj.get_url()
        if not audience or not url:
            return None
        return searchable.Entry(
            kind=self.kind,
            language=obj.locale.language_code,
            title=obj.title,
            url=url,
            audience=audience,
            summary=obj.listing_summary,
            headings=body.headings(obj.body),
            body=texts.plain_text(obj),
            organisation=getattr(obj, "organisation", "") or obj.main_institution,
            date=obj.last_published_at,
            is_sample=obj.is_sample,
            facets=_facets(obj),
        )


def _facets(practice: PracticeBase) -> dict[str, list[str]]:
    # While a page is being saved, its relations are not in the database yet.
    classified = classification(practice, in_memory=True)
    found = {facet: list(codes) for facet, codes in classified.items()}
    found["country"] = [practice.country_id] if practice.country_id else []
    found["region"] = [practice.region_id] if practice.region_id else []
    found["year"] = [str(practice.period_start.year)] if practice.period_start else []
    return {facet: codes for facet, codes in found.items() if codes}


searchable.register(PracticeSearchable(BestPracticePage, "practice", _("Best practice")))
searchable.register(PracticeSearchable(CaseStudyPage, "case_study", _("Case study")))
