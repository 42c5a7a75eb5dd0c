"""What an organisation says of itself: created and edited."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

from core.files import delete_after_commit
from directory import errors, permissions, towns, transitions
from directory.models import (
    ClusterProfile,
    HostingCapacity,
    Line,
    Organisation,
    OrganisationRole,
    Region,
    Trait,
)
from directory.sizes import size_class
from directory.states import PUBLIC, OtherAct, State
from directory.vocabulary import Kind, LineKind, Role, TraitKind

# What one person can have waiting: enough for anybody's own, too little to fill a queue with.
MOST_UNPUBLISHED = 5
LONGEST_SLUG = 70
# Words of the directory's own addresses stand where a slug would.
RESERVED = {"mine", "new", "review", "invitations", "map", "opportunities"}
SIZES = ("staff", "turnover", "balance")
FIELDS = (
    *("kind", "name", "legal_name", "language", "summary", "description", "products", "materials"),
    *("country", "region", "town", "founded", "nace", "digital_maturity", *SIZES),
    *("website", "links", "contact_role", "contact_email"),
)


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
    hosting: Mapping[str, Any] | None = field(default=None)


@transaction.atomic
def create(*, creator: Any, data: ProfileData, is_sample: bool = False) -> Organisation:
    """Store a new organisation as a draft of its first administrator.

    Raises NotAllowed, TooManyDrafts.
    """
    if not permissions.may_create(creator):
        raise errors.NotAllowed
    unpublished = Organisation.objects.of(creator).exclude(state__in=[*PUBLIC, State.ARCHIVED])
    if not permissions.may_coordinate(creator) and unpublished.count() >= MOST_UNPUBLISHED:
        raise errors.TooManyDrafts
    organisation = store(creator=creator, data=data, is_sample=is_sample)
    OrganisationRole.objects.create(
        organisation=organisation, user=creator, role=Role.ADMINISTRATOR
    )
    return organisation


@transaction.atomic
def store(*, creator: Any, data: ProfileData, is_sample: bool = False) -> Organisation:
    """Store a new organisation as a draft that is nobody's yet, for whoever brings in many.

    `creator` is who the log names, or None.
    """
    organisation = Organisation(created_by=creator, is_sample=is_sample)
    organisation.slug = free_slug(data.fields["name"])
    _set(organisation, data.fields)
    organisation.save(force_insert=True)
    _relate(organisation, data)
    transitions.log(
        organisation=organisation,
        actor=creator,
        action=OtherAct.CREATE,
        to_state=organisation.state,
    )
    return organisation


@transaction.atomic
def edit(*, organisation: Organisation, editor: Any, version: int, data: ProfileData) -> None:
    """Store what was changed in a profile.

    What kind of organisation a published one is, only coordinators change: exchanges and figures
    count by it. Raises NotAllowed, AlreadyHandled.
    """
    if not permissions.may_edit(editor, organisation):
        raise errors.NotAllowed
    kind = data.fields.get("kind", organisation.kind)
    has_new_kind = kind != organisation.kind
    if has_new_kind and organisation.is_public and not permissions.may_coordinate(editor):
        raise errors.NotAllowed
    transitions.touch(organisation=organisation, version=version)
    _set(organisation, data.fields)
    organisation.changed_at = timezone.now()
    organisation.save(
        update_fields=[
            *(name for name in FIELDS if name in data.fields),
            *("latitude", "longitude", "region", "size_class", "size_declared_on", "changed_at"),
        ]
    )
    _relate(organisation, data)
    transitions.log(organisation=organisation, actor=editor, action=OtherAct.EDIT)
    transitions.publish_change(organisation)


@transaction.atomic
def keep_logo(*, organisation: Organisation, editor: Any, picture: ContentFile | None) -> None:
    """Store a picture as the logo, or take the logo away; the old file goes after the commit.

    `picture` is a WebP of `core.images.reencoded`. Raises NotAllowed.
    """
    if not permissions.may_edit(editor, organisation):
        raise errors.NotAllowed
    old, storage = organisation.logo.name, organisation.logo.storage
    if picture is None:
        organisation.logo = ""
    else:
        organisation.logo.save(f"{uuid.uuid4().hex}.webp", picture, save=False)
    organisation.save(update_fields=["logo"])
    if old != organisation.logo.name:
        delete_after_commit(storage, old)
    transitions.publish_change(organisation)


def free_slug(name: str) -> str:
    """An address made of a name in any script, with a number where it is taken."""
    base = slugify(string_to_ascii(name))[:LONGEST_SLUG].strip("-") or "organisation"
    taken = (
        set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        | RESERVED
    )
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _set(organisation: Organisation, fields: Mapping[str, Any]) -> None:
    was = [getattr(organisation, name) for name in SIZES]
    for name in FIELDS:
        if name in fields:
            setattr(organisation, name, fields[name])
    if "town" in fields or "region" in fields or "country" in fields:
        _place(organisation)
    if [getattr(organisation, name) for name in SIZES] != was or not organisation.size_class:
        found = size_class(
            staff=organisation.staff, turnover=organisation.turnover, balance=organisation.balance
        )
        organisation.size_class = found or ""
        organisation.size_declared_on = timezone.localdate() if found else None


def _place(organisation: Organisation) -> None:
    """Give the coordinates of the town, else those of the region, else none."""
    found = towns.find(organisation.town, organisation.country_id)
    organisation.latitude = organisation.longitude = None
    if found is not None:
        organisation.town = found.name
        organisation.region = Region.objects.filter(pk=found.region).first()
        organisation.latitude, organisation.longitude = found.latitude, found.longitude
    elif organisation.region is not None:
        if organisation.region.country_id != organisation.country_id:
            organisation.region = None
            return
        organisation.latitude = organisation.region.latitude
        organisation.longitude = organisation.region.longitude


def _relate(organisation: Organisation, data: ProfileData) -> None:
    for name in ("value_chains", "circular_strategies", "other_nace"):
        codes = getattr(data, name)
        if codes is not None:
            getattr(organisation, name).set(codes)
    for kind, codes in (data.traits or {}).items():
        organisation.traits.filter(kind=kind).exclude(code__in=codes).delete()
        Trait.objects.bulk_create(
            [Trait(organisation=organisation, kind=kind, code=code) for code in codes],
            ignore_conflicts=True,
        )
    if data.lines is not None:
        organisation.lines.all().delete()
        once = dict.fromkeys(data.lines)
        Line.objects.bulk_create(
            Line(
                organisation=organisation,
                kind=kind,
                capability=capability,
                text=text,
                position=position,
            )
            for position, (kind, capability, text) in enumerate(once)
        )
    if organisation.kind != Kind.CLUSTER:
        ClusterProfile.objects.filter(organisation=organisation).delete()
    elif data.cluster is not None:
        ClusterProfile.objects.update_or_create(
            organisation=organisation, defaults=dict(data.cluster)
        )
    if data.hosting is not None:
        if data.hosting:
            HostingCapacity.objects.update_or_create(
                organisation=organisation, defaults=dict(data.hosting)
            )
        else:
            HostingCapacity.objects.filter(organisation=organisation).delete()
