"""What organisations have several of, read for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from directory.actions.storing import RELATIONS
from directory.models import Line, Organisation, Trait
from directory.vocabulary import LineKind, TraitKind

Codes = dict[int, dict[str, list[str]]]

# Names of columns in files, by what stands there.
TRAITS = {
    TraitKind.ROLE: "roles",
    TraitKind.LANGUAGE: "languages",
    TraitKind.CERTIFICATION: "certifications",
    TraitKind.EXPORT: "exports_to",
}
LINES = {LineKind.OFFER: "offers", LineKind.SEEK: "seeks"}


def codes_of(keys: Sequence[int], relations: Iterable[str] = RELATIONS) -> Codes:
    """{organisation: {column: codes}} of the relations and of all traits; a query for each of these."""
    found: Codes = defaultdict(lambda: defaultdict(list))
    for name in relations:
        rows = getattr(Organisation, name).through.objects.filter(organisation_id__in=keys)
        for key, code in rows.order_by("pk").values_list("organisation_id", RELATIONS[name]):
            found[key][name].append(code)
    traits = Trait.objects.filter(organisation__in=keys)
    for key, kind, code in traits.values_list("organisation_id", "kind", "code"):
        found[key][TRAITS[TraitKind(kind)]].append(code)
    return found


def lines_of(keys: Sequence[int]) -> dict[int, dict[str, list[tuple[str, str]]]]:
    """{organisation: {column: (capability, sentence) of each line, in their order}}, in one query."""
    found: dict[int, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    lines = Line.objects.filter(organisation__in=keys)
    for key, kind, *line in lines.values_list("organisation_id", "kind", "capability", "text"):
        found[key][LINES[LineKind(kind)]].append((line[0], line[1]))
    return found
