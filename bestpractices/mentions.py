"""Practices that name an organisation, for its profile in the directory."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bestpractices.cards import cards
from bestpractices.models import PracticeBase
from directory.mentions import MOST_EACH, Mention, names_of, register
from directory.models import Organisation


def naming(organisation: Organisation, request: HttpRequest) -> list[Mention]:
    """The practices and case studies that this reader may read, the newest first; one query."""
    language = (get_language() or "")[:2]
    names = names_of(organisation)
    named = Q(main_institution__in=names) | Q(casestudypage__organisation__in=names)
    practices = PracticeBase.objects.visible_to(request.user).filter(named)
    shown = practices.once_each(language, request.user).newest_first().card_fields()
    return [
        Mention(
            title=card["title"],
            url=card["url"],
            kind=card["eyebrow"],
            lang=card["lang"],
            badge=card["badge"],
        )
        for card in cards(shown[:MOST_EACH], request)
    ]


register("practices", _("Practices and case studies"), naming)
