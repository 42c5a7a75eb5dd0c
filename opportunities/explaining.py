"""The reasons of a match in words: everything that made it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from django.utils.translation import gettext as _

from directory.labels import labels
from directory.models import Country, NaceDivision, ValueChain
from directory.vocabulary import Capability, spoken_languages
from directory.vocabulary import Kind as Partner
from opportunities.matching import Party, Reason, Why


class Names:
    """What the codes of reasons are called in the reader's language; each list is read once."""

    @cached_property
    def capabilities(self) -> Mapping[str, str]:
        return {str(code): str(label) for code, label in Capability.choices}

    @cached_property
    def partners(self) -> Mapping[str, str]:
        return {str(code): str(label) for code, label in Partner.choices}

    @cached_property
    def languages(self) -> Mapping[str, str]:
        return spoken_languages()

    @cached_property
    def value_chains(self) -> Mapping[str, str]:
        return labels(ValueChain)

    @cached_property
    def activities(self) -> Mapping[str, str]:
        return labels(NaceDivision)

    @cached_property
    def countries(self) -> Mapping[str, str]:
        return labels(Country)


def explained(
    reasons: Iterable[Reason], *, mine: Party, theirs: Party, names: Names | None = None
) -> list[str]:
    """One sentence for each reason, in the reader's language, in the order of the reasons.

    `names`: shared by those who explain several matches.
    """
    known = names or Names()
    return [_sentence(reason, known, mine=mine, theirs=theirs) for reason in reasons]


def _sentence(reason: Reason, names: Names, *, mine: Party, theirs: Party) -> str:
    match reason.why:
        case Why.YOU_SEEK:
            return _("You seek and they offer: %(what)s") % _what(reason, names.capabilities)
        case Why.YOU_OFFER:
            return _("You offer and they seek: %(what)s") % _what(reason, names.capabilities)
        case Why.PROJECT:
            return _("Both look for project partners in: %(what)s") % _what(
                reason, names.value_chains
            )
        case Why.VALUE_CHAIN:
            return _("Same value chain: %(what)s") % _what(reason, names.value_chains)
        case Why.ACTIVITY:
            return _("Same activity: %(what)s") % _what(reason, names.activities)
        case Why.YOU_WANT_TYPE:
            return _("They are what you look for: %(what)s") % _what(reason, names.partners)
        case Why.THEY_WANT_TYPE:
            return _("You are what they look for: %(what)s") % _what(reason, names.partners)
        case Why.YOU_WANT_COUNTRY:
            return _("They are in a country that you want: %(what)s") % _what(
                reason, names.countries
            )
        case Why.THEY_WANT_COUNTRY:
            return _("You are in a country that they want: %(what)s") % _what(
                reason, names.countries
            )
        case Why.LANGUAGE:
            return _("Common language: %(what)s") % _what(reason, names.languages)
        case Why.OTHER_COUNTRY:
            countries = names.countries
            return _("Different countries: %(yours)s and %(theirs)s") % {
                "yours": countries.get(mine.country, mine.country),
                "theirs": countries.get(theirs.country, theirs.country),
            }


def _what(reason: Reason, names: Mapping[str, str]) -> dict[str, str]:
    return {"what": ", ".join(names.get(code, code) for code in reason.codes)}
