"""What editors are told of how a document was read."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import CustomDocument, DocumentText


def description(document: CustomDocument) -> str:
    """One sentence on the document's text in search."""
    kept: DocumentText | None = getattr(document, "extracted", None)
    if kept is None or kept.is_waiting:
        return _("Search will read the text of this file soon.")
    match DocumentText.State(kept.state):
        case DocumentText.State.READ:
            count = len(kept.text)
            if kept.is_cut:
                return ngettext(
                    "Search finds this document by the first %(count)d character of its text.",
                    "Search finds this document by the first %(count)d characters of its text.",
                    count,
                ) % {"count": count}
            return _("Search finds this document by its text.")
        case state:
            return _("Search finds this document by its title only: %(reason)s") % {
                "reason": state.label
            }
