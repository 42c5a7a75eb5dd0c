"""An organisation's opportunities, for its profile in the directory."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directory.mentions import MOST_EACH, Mention, register
from directory.models import Organisation
from opportunities.models import Opportunity


def of_organisation(organisation: Organisation, _request: HttpRequest) -> list[Mention]:
    """What the organisation offers and looks for now, the newest first; one query."""
    language = (get_language() or "")[:2]
    rows = Opportunity.objects.public().filter(organisation=organisation)
    return [
        Mention(
            title=row.title,
            url=row.get_absolute_url(),
            kind=row.get_type_display(),
            lang="" if row.language == language else row.language,
            badge=_now("Sample") if row.is_sample else "",
        )
        for row in rows.order_by("-listed_at", "-pk")[:MOST_EACH]
    ]


register("opportunities", _("Opportunities"), of_organisation)
