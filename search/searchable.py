"""Documents, which belong to the ground: findable by their title and their text."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.audiences import document_tokens
from core.models import CustomDocument
from core.searchable import Entry, Searchable, register


class DocumentSearchable(Searchable):
    model = CustomDocument
    kind = "document"
    label = _("Document")

    def queryset(self) -> QuerySet[CustomDocument]:
        return CustomDocument.objects.select_related("collection", "extracted").prefetch_related(
            "tags"
        )

    def entry(self, obj: CustomDocument) -> Entry | None:
        kept = getattr(obj, "extracted", None)
        return Entry(
            kind=self.kind,
            language=obj.language,
            title=obj.title,
            url=obj.url,
            audience=document_tokens(obj),
            body=kept.readable if kept else "",
            organisation=obj.credit,
            date=obj.created_at,
        )


register(DocumentSearchable())
