"""Topics of the people of an organisation, for its profile in the directory."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directory.mentions import MOST_EACH, Mention, names_of, register
from directory.models import Organisation
from forum.models import Topic
from members.parts import Part
from members.visibility import people_showing


def begun_by(organisation: Organisation, request: HttpRequest) -> list[Mention]:
    """Published topics that this reader may read, of authors beside whose posts this reader is shown
    the organisation, those with the newest posts first; one query besides the reader's contacts.

    The organisation is what stands beside an author's name in the forum, not a role in the directory:
    who has one is told only as far as they tell it themselves, and to whom they tell it.
    """
    language = (get_language() or "")[:2]
    topics = Topic.objects.visible_to(request.user).published()
    named = people_showing(Part.ORGANISATION, request.user).filter(
        organisation__in=names_of(organisation)
    )
    shown = topics.filter(author__in=named.values("user")).rows().newest_first()
    return [
        Mention(
            title=topic.title,
            url=topic.get_absolute_url(),
            kind=topic.category.label,
            lang="" if topic.language == language else topic.language,
            badge=_now("Sample") if topic.is_sample else "",
        )
        for topic in shown[:MOST_EACH]
    ]


register("topics", _("Topics in the forum"), begun_by)
