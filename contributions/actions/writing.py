"""Writing a proposal, step by step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from contributions import errors, limits, permissions
from contributions.models import Contribution
from contributions.states import State
from contributions.steps import Step
from core.contributable import kind_of
from directory.models import Organisation

if TYPE_CHECKING:
    from members.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the first step asks; the organisation is one of the member's, or none."""

    title: str
    summary: str
    language: str
    organisation: Organisation | None


@transaction.atomic
def begin(*, contributor: User, key: UUID, kind: str, about: About) -> Contribution:
    """Begin a proposal; the key of the form makes sending it twice begin one.

    Raises NotAllowed, also for a kind that nobody offers; TooManyDrafts.
    """
    if not permissions.may_propose(contributor) or kind_of(kind) is None:
        raise errors.NotAllowed
    there = Contribution.objects.filter(key=key).first()
    if there is None:
        _check_organisation(contributor, about)
        if Contribution.objects.of(contributor).open().count() >= limits.current().open:
            raise errors.TooManyDrafts
        try:
            with transaction.atomic():
                return Contribution.objects.create(
                    key=key, contributor=contributor, kind=kind, **_fields(about)
                )
        except IntegrityError:
            there = Contribution.objects.get(key=key)
    if there.contributor_id != contributor.pk:
        raise errors.NotAllowed
    return there


@transaction.atomic
def save_about(
    *, contribution: Contribution, contributor: User, version: int, about: About
) -> Contribution:
    """Keep the first step. The language stays once a page was made in it.

    Raises NotAllowed, AlreadyHandled.
    """
    _check_organisation(contributor, about)
    current = writable(contribution, contributor, version)
    fields = _fields(about)
    if current.page_id is not None:
        fields["language"] = current.language
    return store(current, **fields)


@transaction.atomic
def save_step(
    *,
    contribution: Contribution,
    contributor: User,
    version: int,
    step: Step,
    raw: Mapping[str, Any],
) -> Contribution:
    """Keep what was typed into a step, valid or not. Raises NotAllowed, AlreadyHandled, TooMuch."""
    current = writable(contribution, contributor, version)
    if len(json.dumps(raw)) > limits.current().step_length:
        raise errors.TooMuch
    return store(current, content={**current.content, step.value: dict(raw)})


def writable(contribution: Contribution, contributor: User, version: int | None) -> Contribution:
    """The proposal as it is now, locked. `version` is the one that its contributor saw, None for any.

    Raises NotAllowed, AlreadyHandled.
    """
    current = own(contribution, contributor)
    if not current.is_editable:
        raise errors.AlreadyHandled
    if version is not None and current.version != version:
        raise errors.AlreadyHandled
    return current


def own(contribution: Contribution, contributor: User) -> Contribution:
    """A member's own, as it is now, locked. Raises NotAllowed."""
    rows = Contribution.objects.of(contributor).select_for_update(of=("self",))
    current = rows.select_related("organisation").filter(pk=contribution.pk).first()
    if current is None:
        raise errors.NotAllowed
    return current


def store(current: Contribution, **values: Any) -> Contribution:
    """Change a locked row; its version goes up with every change."""
    Contribution.objects.filter(pk=current.pk).update(
        **values, version=F("version") + 1, changed_at=timezone.now()
    )
    current.refresh_from_db()
    return current


def move(current: Contribution, state: State, **values: Any) -> Contribution:
    """Put a locked row into another state."""
    return store(current, state=state, **values)


def _check_organisation(contributor: User, about: About) -> None:
    if about.organisation is None:
        return
    if not Organisation.objects.of(contributor).filter(pk=about.organisation.pk).exists():
        raise errors.NotAllowed


def _fields(about: About) -> dict[str, Any]:
    return {name: getattr(about, name) for name in About.__dataclass_fields__}
