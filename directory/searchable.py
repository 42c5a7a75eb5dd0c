"""What search sees of the directory: the public profiles, once each, in their own language."""

from __future__ import annotations

from django.db.models import Model, Q, QuerySet
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.audiences import PUBLIC
from core.searchable import Entry, Searchable, register
from directory.models import (
    CircularStrategy,
    Country,
    NaceDivision,
    Organisation,
    Region,
    Trait,
    ValueChain,
)
from directory.querysets import SEARCHED_ONE, searched_many
from directory.vocabulary import Certification, ChainRole, TraitKind, spoken_languages

CLUSTER_TEXTS = ("mission", "services", "technology_fields", "other_labels", "networks")


class OrganisationSearchable(Searchable):
    """An organisation with what it does, offers and seeks; no contact enters."""

    model = Organisation
    kind = "organisation"
    label = _("Organisation")
    mentions = (Country, Region, ValueChain, CircularStrategy, NaceDivision)

    def queryset(self) -> QuerySet[Organisation]:
        return (
            Organisation.objects.public()
            .select_related(*SEARCHED_ONE)
            .prefetch_related(*searched_many())
        )

    def entry(self, obj: Organisation) -> Entry | None:
        if not obj.is_public:
            return None
        with translation.override(obj.language):
            return Entry(
                kind=self.kind,
                language=obj.language,
                title=obj.name,
                url=obj.get_absolute_url(),
                audience=frozenset({PUBLIC}),
                summary=obj.summary,
                headings=obj.legal_name,
                body=_text(obj),
                organisation=obj.name,
                date=obj.confirmed_at,
                is_sample=obj.is_sample,
                facets={
                    "country": [obj.country_id],
                    "region": [obj.region_id] if obj.region_id else [],
                    "value_chain": [row.pk for row in obj.value_chains.all()],
                    "strategy": [row.pk for row in obj.circular_strategies.all()],
                    "tag": [line.capability for line in obj.lines.all()],
                },
            )

    def mentioning(self, other: Model) -> QuerySet[Organisation]:
        return Organisation.objects.filter(_tells_of(other))


def _tells_of(other: Model) -> Q:
    match other:
        case Country():
            exporting = Trait.objects.filter(kind=TraitKind.EXPORT, code=other.pk)
            return Q(country=other) | Q(pk__in=exporting.values("organisation"))
        case Region():
            return Q(region=other)
        case ValueChain():
            return Q(value_chains=other)
        case CircularStrategy():
            return Q(circular_strategies=other)
        case _:
            others = Organisation.other_nace.through.objects.filter(nacedivision=other.pk)
            return Q(nace=other.pk) | Q(pk__in=others.values("organisation"))


def _text(organisation: Organisation) -> str:
    """Everything that the profile says, one piece a line."""
    cluster = getattr(organisation, "cluster_profile", None)
    hosting = getattr(organisation, "hosting", None)
    activities = [
        *([organisation.nace] if organisation.nace else []),
        *organisation.other_nace.all(),
    ]
    place = [organisation.town]
    place += [str(row.label) for row in (organisation.region, organisation.country) if row]
    pieces = [
        organisation.description,
        organisation.products,
        organisation.materials,
        *((getattr(cluster, name) for name in CLUSTER_TEXTS) if cluster else ()),
        *((hosting.topics, hosting.accessibility) if hosting else ()),
        *(f"{line.get_capability_display()}. {line.text}" for line in organisation.lines.all()),
        *(str(row.label) for row in organisation.value_chains.all()),
        *(str(row.label) for row in organisation.circular_strategies.all()),
        *(str(activity) for activity in activities),
        *_traits(organisation),
        organisation.get_kind_display(),
        ", ".join(part for part in place if part),
    ]
    return "\n".join(piece.strip() for piece in pieces if piece.strip())


def _traits(organisation: Organisation) -> list[str]:
    """The words of the codes, from the database: what caches keep may be from before a renaming."""
    language = get_language() or ""
    lists = {
        TraitKind.ROLE: dict(ChainRole.choices),
        TraitKind.CERTIFICATION: dict(Certification.choices),
        TraitKind.LANGUAGE: spoken_languages(),
    }
    traits = getattr(organisation, "named_traits", None)
    if traits is None:
        traits = organisation.traits.with_names()
    return [
        str(lists[row.kind].get(row.code, row.code))
        if row.kind in lists
        else (row.country_names or {}).get(language) or row.country_name or row.code
        for row in traits
    ]


register(OrganisationSearchable())
