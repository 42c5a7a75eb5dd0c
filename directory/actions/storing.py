"""How profiles get into the tables: in one way, whether somebody types one or a file brings thousands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

from directory import names, towns
from directory.models import (
    ClusterProfile,
    DirectoryLog,
    HostingCapacity,
    Line,
    NameWord,
    Organisation,
    Region,
    Trait,
)
from directory.sizes import size_class
from directory.states import OtherAct
from directory.vocabulary import Kind, LineKind, TraitKind

LONGEST_SLUG = 70
AT_ONCE = 500
# Words of the directory's own addresses stand where a slug would.
RESERVED = {"mine", "new", "review", "invitations", "map", "opportunities"}
SIZES = ("staff", "turnover", "balance")
# What the place on the map follows from.
PLACE = {"country", "region", "town"}
FIELDS = (
    *("kind", "name", "legal_name", "language", "summary", "description", "products", "materials"),
    *("country", "region", "town", "founded", "nace", "digital_maturity", *SIZES),
    *("website", "links", "contact_role", "contact_email"),
)
# Relations of codes: the attribute, and the column of the code in the table between.
RELATIONS = {
    "value_chains": "valuechain_id",
    "circular_strategies": "circularstrategy_id",
    "other_nace": "nacedivision_id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileData:
    """Everything that the form of a profile holds.

    `fields` are the columns of `FIELDS` that are to change; money is in millions of euros. Of the
    rest, None leaves what there is. `cluster` are the columns of ClusterProfile, `hosting` those of
    HostingCapacity, where nothing (an empty mapping) means that nobody is received.
    """

    fields: Mapping[str, Any]
    value_chains: Sequence[str] | None = None
    circular_strategies: Sequence[str] | None = None
    other_nace: Sequence[str] | None = None
    traits: Mapping[TraitKind, Sequence[str]] | None = None
    lines: Sequence[tuple[LineKind, str, str]] | None = None
    cluster: Mapping[str, Any] | None = None
    hosting: Mapping[str, Any] | None = None


Pair = tuple[Organisation, ProfileData]


@transaction.atomic
def store(*, creator: Any, data: ProfileData, is_sample: bool = False) -> Organisation:
    """Store a new organisation as a draft that is nobody's yet.

    `creator` is who the log names, or None.
    """
    return store_many(creator=creator, profiles=[data], is_sample=is_sample)[0]


@transaction.atomic
def store_many(
    *, creator: Any, profiles: Sequence[ProfileData], is_sample: bool = False
) -> list[Organisation]:
    """The same for whoever brings in many, in their order; a fixed number of queries for each 500."""
    slugs = free_slugs([data.fields["name"] for data in profiles])
    regions = Region.objects.in_bulk()
    pairs = []
    for data, slug in zip(profiles, slugs, strict=True):
        organisation = Organisation(created_by=creator, is_sample=is_sample, slug=slug)
        set_fields(organisation, data.fields, regions)
        pairs.append((organisation, data))
    made = [organisation for organisation, _data in pairs]
    Organisation.objects.bulk_create(made, batch_size=AT_ONCE)
    for start in range(0, len(pairs), AT_ONCE):
        relate(pairs[start : start + AT_ONCE])
    DirectoryLog.objects.bulk_create(
        (
            DirectoryLog(
                organisation=organisation,
                actor=creator,
                action=OtherAct.CREATE,
                to_state=organisation.state,
            )
            for organisation in made
        ),
        batch_size=AT_ONCE,
    )
    return made


def free_slugs(called: Sequence[str]) -> list[str]:
    """Addresses made of names in any script, each with a number where it is taken."""
    bases = [
        slugify(string_to_ascii(name))[:LONGEST_SLUG].strip("-") or "organisation"
        for name in called
    ]
    rows = Organisation.objects.all()
    if len(bases) == 1:
        rows = rows.filter(slug__startswith=bases[0])
    taken = set(rows.values_list("slug", flat=True)) | RESERVED
    numbers: dict[str, int] = {}
    slugs = []
    for base in bases:
        number = numbers.get(base, 1)
        slug = base if number == 1 else f"{base}-{number}"
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        numbers[base] = number
        taken.add(slug)
        slugs.append(slug)
    return slugs


def set_fields(
    organisation: Organisation, fields: Mapping[str, Any], regions: Mapping[str, Region]
) -> None:
    """Give an organisation its columns, its place and its size; `regions` are all, by code."""
    was = [getattr(organisation, name) for name in SIZES]
    for name in FIELDS:
        if name in fields:
            setattr(organisation, name, fields[name])
    if PLACE & fields.keys():
        _place(organisation, regions)
    if [getattr(organisation, name) for name in SIZES] != was or not organisation.size_class:
        found = size_class(
            staff=organisation.staff, turnover=organisation.turnover, balance=organisation.balance
        )
        organisation.size_class = found or ""
        organisation.size_declared_on = timezone.localdate() if found else None


def _place(organisation: Organisation, regions: Mapping[str, Region]) -> None:
    """Give the coordinates of the town, else those of the region, else none."""
    found = towns.find(organisation.town, organisation.country_id)
    organisation.latitude = organisation.longitude = None
    if found is not None:
        organisation.town = found.name
        organisation.region = regions.get(found.region)
        organisation.latitude, organisation.longitude = found.latitude, found.longitude
    elif organisation.region_id is not None:
        region = regions[organisation.region_id]
        if region.country_id != organisation.country_id:
            organisation.region = None
            return
        organisation.latitude, organisation.longitude = region.latitude, region.longitude


def relate(pairs: Sequence[Pair]) -> None:
    """Add the rows of everything that these organisations have several of, and their name's words.

    What is there already stays; whoever changes a profile takes away first what is to go.
    """
    for attribute, column in RELATIONS.items():
        between = getattr(Organisation, attribute).through
        between.objects.bulk_create(
            (
                between(organisation_id=organisation.pk, **{column: code})
                for organisation, data in pairs
                for code in dict.fromkeys(getattr(data, attribute) or ())
            ),
            ignore_conflicts=True,
        )
    Trait.objects.bulk_create(
        (
            Trait(organisation=organisation, kind=kind, code=code)
            for organisation, data in pairs
            for kind, codes in (data.traits or {}).items()
            for code in codes
        ),
        ignore_conflicts=True,
    )
    Line.objects.bulk_create(
        Line(
            organisation=organisation,
            kind=kind,
            capability=capability,
            text=text,
            position=position,
        )
        for organisation, data in pairs
        for position, (kind, capability, text) in enumerate(dict.fromkeys(data.lines or ()))
    )
    ClusterProfile.objects.bulk_create(
        ClusterProfile(organisation=organisation, **data.cluster)
        for organisation, data in pairs
        if organisation.kind == Kind.CLUSTER and data.cluster is not None
    )
    HostingCapacity.objects.bulk_create(
        HostingCapacity(organisation=organisation, **data.hosting)
        for organisation, data in pairs
        if data.hosting
    )
    keep_words(
        organisation
        for organisation, data in pairs
        if "name" in data.fields or "legal_name" in data.fields
    )


def keep_words(organisations: Iterable[Organisation]) -> None:
    """Store by which words these organisations are found by name."""
    NameWord.objects.bulk_create(
        (
            NameWord(organisation=organisation, word=word)
            for organisation in organisations
            for word in names.words_of(organisation.name, organisation.legal_name)
        ),
        ignore_conflicts=True,
    )
