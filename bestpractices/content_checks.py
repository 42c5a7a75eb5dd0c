"""What editors of practices should look at; the review date is checked for pages of every type."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from bestpractices.models import PracticeBase, PracticeIndicator
from core.content_checks import register

# An emptied editor leaves empty paragraphs behind.
NO_TEXT = r"^\s*(<p[^>]*>\s*</p>\s*)*$"


def without_evidence() -> QuerySet[Page]:
    """Live practices and case studies with neither an indicator nor a word about their success."""
    practices = PracticeBase.objects.live().filter(
        Q(evidence_text__regex=NO_TEXT),
        ~Exists(PracticeIndicator.objects.filter(practice=OuterRef("pk"))),
    )
    return Page.objects.filter(pk__in=practices.order_by().values("pk")).order_by("title")


register("practices-without-evidence", _("Practices without evidence"), without_evidence)
