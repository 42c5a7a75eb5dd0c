"""The reasons of a match in words: everything that made it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from directory.labels import labels
from directory.models import Country, NaceDivision, ValueChain
from directory.vocabulary import Capability, spoken_languages
from directory.vocabulary import Kind as Partner
from opportunities.matching import Party, Reason, Why


def explained(reasons: Iterable[Reason], *, mine: Party, theirs: Party) -> list[str]:
    """One sentence for each reason, in the reader's language, in the order of the reasons."""
    return [_sentence(reason, mine=mine, theirs=theirs) for reason in reasons]


def _sentence(reason: Reason, *, mine: Party, theirs: Party) -> str:
    match reason.why:
        case Why.YOU_SEEK:
            return _("You seek and they offer: %(what)s") % _what(reason, _capabilities())
        case Why.YOU_OFFER:
            return _("You offer and they seek: %(what)s") % _what(reason, _capabilities())
        case Why.PROJECT:
            return _("Both look for project partners in: %(what)s") % _what(
                reason, labels(ValueChain)
            )
        case Why.VALUE_CHAIN:
            return _("Same value chain: %(what)s") % _what(reason, labels(ValueChain))
        case Why.ACTIVITY:
            return _("Same activity: %(what)s") % _what(reason, labels(NaceDivision))
        case Why.YOU_WANT_TYPE:
            return _("They are what you look for: %(what)s") % _what(reason, _partners())
        case Why.THEY_WANT_TYPE:
            return _("You are what they look for: %(what)s") % _what(reason, _partners())
        case Why.YOU_WANT_COUNTRY:
            return _("They are in a country that you want: %(what)s") % _what(
                reason, labels(Country)
            )
        case Why.THEY_WANT_COUNTRY:
            return _("You are in a country that they want: %(what)s") % _what(
                reason, labels(Country)
            )
        case Why.LANGUAGE:
            return _("Common language: %(what)s") % _what(reason, spoken_languages())
        case Why.OTHER_COUNTRY:
            names = labels(Country)
            return _("Different countries: %(yours)s and %(theirs)s") % {
                "yours": names.get(mine.country, mine.country),
                "theirs": names.get(theirs.country, theirs.country),
            }


def _what(reason: Reason, names: Mapping[str, str]) -> dict[str, str]:
    return {"what": ", ".join(names.get(code, code) for code in reason.codes)}


def _capabilities() -> dict[str, str]:
    return {str(code): str(label) for code, label in Capability.choices}


def _partners() -> dict[str, str]:
    return {str(code): str(label) for code, label in Partner.choices}
