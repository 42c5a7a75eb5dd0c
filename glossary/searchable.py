"""What search sees of the glossary: each term in its language; a concept is one hit."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.audiences import PUBLIC
from core.searchable import Entry, Searchable, register
from glossary.models import GlossaryTerm, lines
from glossary.reading import address


class TermSearchable(Searchable):
    model = GlossaryTerm
    kind = "term"
    label = _("Glossary term")

    def queryset(self) -> QuerySet[GlossaryTerm]:
        return GlossaryTerm.objects.select_related("locale")

    def entry(self, obj: GlossaryTerm) -> Entry | None:
        return Entry(
            kind=self.kind,
            language=obj.language,
            title=obj.term,
            url=address(obj.language, obj.slug),
            audience=frozenset({PUBLIC}),
            summary=obj.definition,
            headings=", ".join(lines(obj.synonyms)),
            group=f"term:{obj.translation_key}",
        )


register(TermSearchable())
