"""What an opportunity says: created and edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Organisation
from opportunities import errors, permissions, transitions
from opportunities.models import Criterion, Opportunity
from opportunities.states import OtherAct, State
from opportunities.terms import latest_end
from opportunities.vocabulary import CriterionKind

# What one organisation can have begun: enough for anybody, too little to fill a table with.
MOST_DRAFTS = 20
FIELDS = (
    *("type", "language", "title", "summary", "description", "advantages", "deadline"),
    *("expires_on", "contact_name", "contact_email"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityData:
    """Everything that the form of an opportunity holds.

    `fields` are the columns of `FIELDS` that are to change. Of the rest, None leaves what there is;
    `criteria` changes the kinds that it names.
    """

    fields: Mapping[str, Any]
    value_chains: Sequence[str] | None = None
    activities: Sequence[str] | None = None
    countries: Sequence[str] | None = None
    criteria: Mapping[CriterionKind, Sequence[str]] | None = None


@transaction.atomic
def create(*, organisation: Organisation, creator: Any, data: OpportunityData) -> Opportunity:
    """Store a new opportunity as a draft. Raises NotAllowed, TooManyDrafts."""
    if not permissions.may_write_for(creator, organisation):
        raise errors.NotAllowed
    drafts = Opportunity.objects.filter(organisation=organisation, state=State.DRAFT)
    if drafts.count() >= MOST_DRAFTS:
        raise errors.TooManyDrafts
    return store(organisation=organisation, creator=creator, data=data)


@transaction.atomic
def store(*, organisation: Organisation, creator: Any, data: OpportunityData) -> Opportunity:
    """Store a draft without asking who may, for whoever brings in many. A sample's are samples."""
    opportunity = Opportunity(
        organisation=organisation, created_by=creator, is_sample=organisation.is_sample
    )
    _set(opportunity, data)
    opportunity.save(force_insert=True)
    _relate(opportunity, data)
    transitions.log(
        opportunity=opportunity, actor=creator, action=OtherAct.CREATE, to_state=opportunity.state
    )
    return opportunity


@transaction.atomic
def edit(*, opportunity: Opportunity, editor: Any, version: int, data: OpportunityData) -> None:
    """Store what was changed.

    The end of a term that runs can come sooner; later only by renewing it. Raises NotAllowed,
    AlreadyHandled, TermTooLong.
    """
    current = Opportunity.objects.select_related("organisation").get(pk=opportunity.pk)
    if not permissions.may_edit(editor, current):
        raise errors.NotAllowed
    if current.version != version:
        raise opportunity.overtaken()
    end = data.fields.get("expires_on", current.expires_on)
    if current.state != State.DRAFT and end != current.expires_on:
        today = timezone.localdate()
        if end is None or current.expires_on is None or not today <= end <= current.expires_on:
            raise errors.TermTooLong(current.expires_on or latest_end(today))
    opportunity.touch(version=version)
    _set(opportunity, data)
    opportunity.changed_at = timezone.now()
    opportunity.save(
        update_fields=[*(name for name in FIELDS if name in data.fields), "changed_at"]
    )
    _relate(opportunity, data)
    transitions.log(opportunity=opportunity, actor=editor, action=OtherAct.EDIT)
    transitions.publish_change(opportunity)


def missing(opportunity: Opportunity) -> list[str]:
    """What an opportunity still needs to be published, by name."""
    needed = {
        _("a summary"): opportunity.summary,
        _("a description"): opportunity.description,
        _("the value chains"): opportunity.value_chains.exists(),
        _("what is offered or sought"): opportunity.criteria.filter(
            kind__in=[CriterionKind.OFFER, CriterionKind.SEEK]
        ).exists(),
        _("the day until which it is open"): opportunity.expires_on,
        _("a person to contact"): opportunity.contact_name,
        _("an e-mail address for contacts"): opportunity.contact_email,
    }
    return [name for name, value in needed.items() if not value]


def _set(opportunity: Opportunity, data: OpportunityData) -> None:
    for name in FIELDS:
        if name in data.fields:
            setattr(opportunity, name, data.fields[name])


def _relate(opportunity: Opportunity, data: OpportunityData) -> None:
    for name in ("value_chains", "activities", "countries"):
        codes = getattr(data, name)
        if codes is not None:
            getattr(opportunity, name).set(codes)
    for kind, codes in (data.criteria or {}).items():
        opportunity.criteria.filter(kind=kind).exclude(code__in=codes).delete()
        Criterion.objects.bulk_create(
            [Criterion(opportunity=opportunity, kind=kind, code=code) for code in codes],
            ignore_conflicts=True,
        )
