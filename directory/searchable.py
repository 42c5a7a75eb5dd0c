"""What search sees of the directory: the public profiles, once each, in their own language."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.audiences import PUBLIC
from core.searchable import Entry, Searchable, register
from directory.models import Organisation
from directory.querysets import SEARCHED_MANY, SEARCHED_ONE


class OrganisationSearchable(Searchable):
    """An organisation with what it does, offers and seeks; no contact enters."""

    model = Organisation
    kind = "organisation"
    label = _("Organisation")

    def queryset(self) -> QuerySet[Organisation]:
        return (
            Organisation.objects.public()
            .select_related(*SEARCHED_ONE)
            .prefetch_related(*SEARCHED_MANY)
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


def _text(organisation: Organisation) -> str:
    """Everything that the profile says, one piece a line."""
    cluster = getattr(organisation, "cluster_profile", None)
    place = [organisation.town]
    place += [str(row.label) for row in (organisation.region, organisation.country) if row]
    pieces = [
        organisation.description,
        organisation.products,
        organisation.materials,
        *((cluster.mission, cluster.services, cluster.technology_fields) if cluster else ()),
        *(f"{line.get_capability_display()}. {line.text}" for line in organisation.lines.all()),
        *(str(row.label) for row in organisation.value_chains.all()),
        *(str(row.label) for row in organisation.circular_strategies.all()),
        organisation.get_kind_display(),
        ", ".join(part for part in place if part),
    ]
    return "\n".join(piece.strip() for piece in pieces if piece.strip())


register(OrganisationSearchable())
