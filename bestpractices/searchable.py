"""What search sees of best practices and case studies."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from bestpractices import texts
from bestpractices.classification import classification
from bestpractices.models import (
    BestPracticePage,
    CaseStudyPage,
    PracticeBase,
    PracticeIndexPage,
    Uptake,
)
from core import searchable
from core.audiences import page_tokens
from core.blocks import body
from directory.models import CircularStrategy, NaceDivision, ValueChain

RELATIONS: dict[type[Model], str] = {
    Tag: "tags",
    ValueChain: "value_chains",
    CircularStrategy: "circular_strategies",
    NaceDivision: "sectors",
}


class PracticeSearchable(searchable.Searchable):
    """One kind of page; texts of contacts never enter."""

    mentions = (Tag, ValueChain, CircularStrategy, NaceDivision)

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
            headings="\n".join(filter(None, [body.headings(obj.body), *_tags(obj)])),
            body=texts.plain_text(obj),
            organisation=getattr(obj, "organisation", "") or obj.main_institution,
            date=obj.holds_since,
            is_sample=obj.is_sample,
            facets=_facets(obj),
        )

    def mentioning(self, other: Model) -> QuerySet[Any]:
        return self.model.objects.filter(**{RELATIONS[type(other)]: other})


class PracticeIndexSearchable(searchable.Searchable):
    """The list itself, by its title and introduction."""

    model = PracticeIndexPage
    kind = "page"
    label = _("Page")

    def queryset(self) -> QuerySet[Any]:
        return PracticeIndexPage.objects.live().select_related("locale")

    def entry(self, obj: PracticeIndexPage) -> searchable.Entry | None:
        return searchable.listing_entry(obj, kind=self.kind, intro=obj.introduction)


def _tags(practice: PracticeBase) -> list[str]:
    return sorted(tag.name for tag in practice.tags.all())


def _facets(practice: PracticeBase) -> dict[str, list[str]]:
    # While a page is being saved, its relations are not in the database yet.
    classified = classification(practice, in_memory=True)
    found = {facet: list(codes) for facet, codes in classified.items()}
    # Shared with what is no practice, so by the name, not by the address in the list of practices.
    found["tag"] = _tags(practice)
    found["country"] = [practice.country_id] if practice.country_id else []
    found["region"] = [practice.region_id] if practice.region_id else []
    found["year"] = [str(practice.period_start.year)] if practice.period_start else []
    return {facet: codes for facet, codes in found.items() if codes}


searchable.register(PracticeSearchable(BestPracticePage, "practice", _("Best practice")))
searchable.register(PracticeSearchable(CaseStudyPage, "case_study", _("Case study")))
searchable.register(PracticeIndexSearchable())
searchable.leave_out(
    PracticeBase, "What practices and case studies share; they are found themselves."
)
searchable.leave_out(Uptake, "What members say of a practice stands on its page.")
