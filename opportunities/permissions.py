"""Who may do what with opportunities: one rule, as a check here and as a filter in `querysets`."""

from __future__ import annotations

from typing import Any

from directory.models import Organisation
from directory.querysets import OrganisationQuerySet, coordinates
from opportunities.models import FollowUp, Interest, Opportunity
from opportunities.querysets import writes_for
from opportunities.states import EDITABLE, TRANSITIONS, Act, Answer


def organisations_of(user: Any) -> OrganisationQuerySet:
    """The organisations for which this person writes."""
    return Organisation.objects.filter(pk__in=writes_for(user)).order_by("name", "pk")


def may_write_for(user: Any, organisation: Organisation) -> bool:
    """Whether this person writes for an organisation: `writes_for` as a check."""
    return organisations_of(user).filter(pk=organisation.pk).exists()


def may_see(user: Any, opportunity: Opportunity) -> bool:
    """`Opportunity.objects.visible_to` as a check."""
    return Opportunity.objects.visible_to(user).filter(pk=opportunity.pk).exists()


def may_edit(user: Any, opportunity: Opportunity) -> bool:
    """Whether this person may change the text; what is withdrawn stays as it was."""
    return opportunity.state in EDITABLE and may_write_for(user, opportunity.organisation)


def may_do(user: Any, act: Act, opportunity: Opportunity) -> bool:
    """Whether this person may move an opportunity along `act` from the state that it is in.

    Coordinators can take what was published off the site; what it says stays its organisation's.
    """
    if opportunity.state not in TRANSITIONS[act][0]:
        return False
    match act:
        case Act.PUBLISH | Act.RENEW:
            return may_write_for(user, opportunity.organisation)
        case Act.WITHDRAW:
            return may_write_for(user, opportunity.organisation) or (
                opportunity.published_at is not None and coordinates(user)
            )
    return False


def may_express(user: Any, opportunity: Opportunity, organisation: Organisation) -> bool:
    """Whether this person may say that an organisation is interested; nobody writes to themselves."""
    return (
        may_write_for(user, organisation)
        and opportunity.organisation_id != organisation.pk
        and not may_write_for(user, opportunity.organisation)
    )


def may_answer(user: Any, answer: Answer, interest: Interest) -> bool:
    """Whether this person may move an interest: the one side accepts or declines, the other takes it back."""
    if not interest.is_open:
        return False
    match answer:
        case Answer.ACCEPT | Answer.DECLINE:
            return may_write_for(user, interest.opportunity.organisation)
        case Answer.TAKE_BACK:
            return may_write_for(user, interest.organisation)
    return False


def may_tell(user: Any, follow_up: FollowUp) -> bool:
    """`FollowUp.objects.answerable_by` as a check."""
    return FollowUp.objects.answerable_by(user).filter(pk=follow_up.pk).exists()
