"""What an organisation says of itself: created and edited."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from core.files import delete_after_commit
from directory import counts, errors, permissions, transitions
from directory.actions.storing import (
    AT_ONCE,
    FIELDS,
    PLACE,
    RELATIONS,
    Pair,
    ProfileData,
    relate,
    set_fields,
    store,
)
from directory.models import (
    ClusterProfile,
    DirectoryLog,
    HostingCapacity,
    Organisation,
    OrganisationRole,
    Region,
)
from directory.querysets import SEARCHED_ONE, searched_many
from directory.states import PUBLIC, OtherAct, State
from directory.vocabulary import Kind, Role

# What one person can have waiting: enough for anybody's own, too little to fill a queue with.
MOST_UNPUBLISHED = 5


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
def edit(*, organisation: Organisation, editor: Any, version: int, data: ProfileData) -> None:
    """Store what was changed in a profile.

    What kind of organisation a published one is, only coordinators change: exchanges and figures
    count by it. Raises NotAllowed, AlreadyHandled.
    """
    regions = Region.objects.in_bulk() if PLACE & data.fields.keys() else {}
    with counts.kept([organisation]):
        _change(organisation, editor, version, data, regions)
    transitions.log(organisation=organisation, actor=editor, action=OtherAct.EDIT)
    transitions.publish_change(organisation)


@transaction.atomic
def edit_many(*, editor: Any, changes: Sequence[Pair]) -> None:
    """The same for whoever changes many, each from the version that its object holds.

    What search reads of them is read together. Raises NotAllowed, AlreadyHandled, and then changes none.
    """
    regions = Region.objects.in_bulk()
    for start in range(0, len(changes), AT_ONCE):
        part = changes[start : start + AT_ONCE]
        with counts.kept([organisation for organisation, _data in part]):
            for organisation, data in part:
                _change(organisation, editor, organisation.version, data, regions)
        done = [organisation for organisation, _data in part]
        DirectoryLog.objects.bulk_create(
            DirectoryLog(organisation=organisation, actor=editor, action=OtherAct.EDIT)
            for organisation in done
        )
        prefetch_related_objects(done, *SEARCHED_ONE, *searched_many())
        for organisation in done:
            transitions.publish_change(organisation)


def _change(
    organisation: Organisation,
    editor: Any,
    version: int,
    data: ProfileData,
    regions: Mapping[str, Region],
) -> None:
    if not permissions.may_edit(editor, organisation):
        raise errors.NotAllowed
    kind = data.fields.get("kind", organisation.kind)
    has_new_kind = kind != organisation.kind
    if has_new_kind and organisation.is_public and not permissions.may_coordinate(editor):
        raise errors.NotAllowed
    organisation.touch(version=version)
    old_name = organisation.name
    set_fields(organisation, data.fields, regions)
    organisation.changed_at = timezone.now()
    organisation.save(
        update_fields=[
            *(name for name in FIELDS if name in data.fields),
            *("latitude", "longitude", "region", "size_class", "size_declared_on", "changed_at"),
        ]
    )
    _take_away(organisation, data)
    relate([(organisation, data)])
    if organisation.name != old_name:
        transitions.tell_of_places(*organisation.roles.values_list("user", flat=True))


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


def _take_away(organisation: Organisation, data: ProfileData) -> None:
    """Delete what a change replaces."""
    for attribute, column in RELATIONS.items():
        codes = getattr(data, attribute)
        if codes is not None:
            between = getattr(Organisation, attribute).through
            rows = between.objects.filter(organisation_id=organisation.pk)
            rows.exclude(**{f"{column}__in": codes}).delete()
    for kind, codes in (data.traits or {}).items():
        organisation.traits.filter(kind=kind).exclude(code__in=codes).delete()
    if data.lines is not None:
        organisation.lines.all().delete()
    is_none_now = "kind" in data.fields and organisation.kind != Kind.CLUSTER
    if is_none_now or data.cluster is not None:
        _drop(ClusterProfile, organisation)
    if data.hosting is not None:
        _drop(HostingCapacity, organisation)
    if "name" in data.fields or "legal_name" in data.fields:
        organisation.name_words.all().delete()


def _drop(model: type[ClusterProfile | HostingCapacity], organisation: Organisation) -> None:
    model.objects.filter(organisation=organisation).delete()
    relation = model._meta.get_field("organisation").remote_field
    if relation.is_cached(organisation):
        # What search reads next would still be there.
        relation.delete_cached_value(organisation)
