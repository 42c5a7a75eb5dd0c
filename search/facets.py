"""By what results can be narrowed, as people read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from core.searchable import registered
from directory.labels import labels
from directory.models import CircularStrategy, Country, Region, ValueChain

Names = Callable[[Iterable[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: `names` gives {code: what people read} for codes, and leaves out unknown ones.

    A list of a facet that is `is_ordered` keeps the order of its names; others begin with what is
    found most.
    """

    name: str
    label: Any
    names: Names
    is_ordered: bool = False


def kind_labels() -> dict[str, str]:
    """{kind: label} of everything that can be found, in the reader's language."""
    return {searchable.kind: str(searchable.label) for searchable in registered()}


def language_names() -> dict[str, str]:
    """{code: the language's own name}."""
    return dict(settings.LANGUAGES)


def _tag_names(codes: Iterable[str]) -> dict[str, str]:
    wanted = [code for code in codes if code.isprintable()]
    if not wanted:
        return {}
    return dict(Tag.objects.filter(slug__in=wanted).values_list("slug", "name"))


def _years(codes: Iterable[str]) -> dict[str, str]:
    known = {code for code in codes if len(code) == 4 and code.isascii() and code.isdigit()}
    return {code: code for code in sorted(known, reverse=True)}


def _classified(model: Any, codes: Iterable[str]) -> dict[str, str]:
    return labels(model) if any(codes) else {}


FACETS: tuple[Facet, ...] = (
    Facet("kind", gettext_lazy("Kind"), lambda _codes: kind_labels(), is_ordered=True),
    Facet("language", gettext_lazy("Language"), lambda _codes: language_names(), is_ordered=True),
    Facet("country", gettext_lazy("Country"), partial(_classified, Country)),
    Facet("region", gettext_lazy("Region"), partial(_classified, Region)),
    Facet("value_chain", gettext_lazy("Value chain"), partial(_classified, ValueChain)),
    Facet("strategy", gettext_lazy("Circular strategy"), partial(_classified, CircularStrategy)),
    Facet("tag", gettext_lazy("Tag"), _tag_names),
    Facet("year", gettext_lazy("Year"), _years, is_ordered=True),
    Facet("solved", gettext_lazy("Forum"), lambda _codes: {"yes": _("Solved")}),
)


def names_of(codes: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """{facet: {code: what people read}} for these codes; unknown ones are left out."""
    return {facet.name: dict(facet.names(list(codes.get(facet.name, ())))) for facet in FACETS}
