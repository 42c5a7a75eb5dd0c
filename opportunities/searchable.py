"""What search sees of opportunities: the public ones, in their own language."""

from __future__ import annotations

from django.db.models import Model, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.audiences import PUBLIC
from core.searchable import Entry, Searchable, leave_out, register
from directory.models import Country, Region, ValueChain
from directory.vocabulary import Capability
from opportunities.models import Interest, Opportunity
from opportunities.vocabulary import CriterionKind

CAPABILITIES = (CriterionKind.OFFER, CriterionKind.SEEK)
RELATIONS: dict[type[Model], str] = {
    Country: "organisation__country",
    Region: "organisation__region",
    ValueChain: "value_chains",
}


class OpportunitySearchable(Searchable):
    """An opportunity with what is offered and sought; no contact enters."""

    model = Opportunity
    kind = "opportunity"
    label = _("Opportunity")
    mentions = tuple(RELATIONS)

    def queryset(self) -> QuerySet[Opportunity]:
        return (
            Opportunity.objects.public()
            .select_related("organisation__country", "organisation__region")
            .prefetch_related("value_chains", "criteria")
        )

    def entry(self, obj: Opportunity) -> Entry | None:
        if not obj.is_public:
            return None
        organisation = obj.organisation
        with translation.override(obj.language):
            return Entry(
                kind=self.kind,
                language=obj.language,
                title=obj.title,
                url=obj.get_absolute_url(),
                audience=frozenset({PUBLIC}),
                summary=obj.summary,
                headings=obj.get_type_display(),
                body=_text(obj),
                organisation=organisation.name,
                date=obj.changed_at,
                is_sample=obj.is_sample,
                facets={
                    "country": [organisation.country_id],
                    "region": [organisation.region_id] if organisation.region_id else [],
                    "value_chain": [row.pk for row in obj.value_chains.all()],
                    "tag": _capabilities(obj),
                },
            )

    def mentioning(self, other: Model) -> QuerySet[Opportunity]:
        return Opportunity.objects.filter(**{RELATIONS[type(other)]: other})


def _capabilities(opportunity: Opportunity) -> list[str]:
    codes = [row.code for row in opportunity.criteria.all() if row.kind in CAPABILITIES]
    return sorted(set(codes))


def _text(opportunity: Opportunity) -> str:
    """Everything that the page says, one piece a line."""
    organisation = opportunity.organisation
    place = [organisation.town]
    place += [str(row.label) for row in (organisation.region, organisation.country) if row]
    pieces = [
        opportunity.description,
        opportunity.advantages,
        *(str(Capability(code).label) for code in _capabilities(opportunity)),
        *(str(row.label) for row in opportunity.value_chains.all()),
        ", ".join(part for part in place if part),
    ]
    return "\n".join(piece.strip() for piece in pieces if piece.strip())


register(OpportunitySearchable())
leave_out(Interest, "what two organisations write to each other is read by nobody else")
