"""What belongs to the ground: documents, findable by their title and their text, and the lists of codes."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from core.audiences import document_tokens
from core.models import CustomDocument
from core.searchable import Entry, Searchable, leave_out, register
from directory.models import CircularStrategy, Country, NaceDivision, Region, ValueChain
from search.models import SavedSearch


class DocumentSearchable(Searchable):
    model = CustomDocument
    kind = "document"
    label = _("Document")
    mentions = (Tag,)

    def queryset(self) -> QuerySet[CustomDocument]:
        return CustomDocument.objects.select_related("collection", "extracted").prefetch_related(
            "tags"
        )

    def entry(self, obj: CustomDocument) -> Entry | None:
        kept = getattr(obj, "extracted", None)
        tags = sorted(tag.name for tag in obj.tags.all())
        return Entry(
            kind=self.kind,
            language=obj.language,
            title=obj.title,
            url=obj.url,
            audience=document_tokens(obj),
            body=kept.readable if kept else "",
            headings="\n".join(tags),
            organisation=obj.credit,
            date=obj.created_at,
            facets={"tag": tags, "year": [str(localtime(obj.created_at).year)]},
        )

    def mentioning(self, other: Tag) -> QuerySet[CustomDocument]:
        return CustomDocument.objects.filter(tags=other)


register(DocumentSearchable())
for codes in (Country, Region, ValueChain, CircularStrategy, NaceDivision):
    leave_out(codes, "A code that others carry: a filter, and no page of its own.")
leave_out(SavedSearch, "A reader's own; what it finds is found anyway.")
