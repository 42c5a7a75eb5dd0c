"""The second step of registration: where somebody belongs, and what has become of what they asked."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.utils.translation import gettext_lazy as _

from directory import names
from directory.models import Claim, Invitation, Organisation
from directory.querysets import OrganisationQuerySet
from directory.states import PUBLIC, ClaimState, State
from members.models import User

MOST_FOUND = 20
MOST_CLAIMS = 20


class FindForm(forms.Form):
    """An organisation by its name."""

    name = forms.CharField(
        label=_("Name of your organisation"),
        max_length=200,
        help_text=_("The beginning of any word of it; accents and capitals make no difference."),
        widget=forms.TextInput({"type": "search", "autocomplete": "organization"}),
    )

    def clean_name(self) -> str:
        text: str = self.cleaned_data["name"]
        if not names.words(text):
            raise forms.ValidationError(_("Please type letters or digits of the name."))
        return text

    def found(self) -> OrganisationQuerySet:
        """The public organisations of that name; a form that is not valid finds none."""
        if not self.is_bound or not self.is_valid():
            return Organisation.objects.none()
        rows = Organisation.objects.public().named_like(self.cleaned_data["name"])
        return rows.select_related("country").by_name()


def steps_of(user: User) -> dict[str, Any]:
    """What somebody has done to belong somewhere, and what came of it.

    places: roles in organisations. claims: open and refused ones, the newest first. invitations:
    open ones to an address that this person has confirmed.
    """
    claims = Claim.objects.filter(claimant=user).exclude(state=ClaimState.GRANTED)
    places = user.organisation_roles.select_related("organisation")
    return {
        "places": list(places.order_by("since", "pk")),
        "claims": list(claims.select_related("organisation").order_by("-asked_at")[:MOST_CLAIMS]),
        "invitations": list(invitations_to(user)),
    }


def invitations_to(user: User) -> Any:
    """The open invitations to this person; an address that is not confirmed shows none."""
    own = EmailAddress.objects.filter(user=user, verified=True, email__iexact=user.email)
    if not own.exists():
        return Invitation.objects.none()
    rows = Invitation.objects.open().filter(email__iexact=user.email)
    open_to_people = rows.exclude(organisation__state=State.ARCHIVED)
    return open_to_people.select_related("organisation").order_by("expires_at", "pk")


def taken(steps: dict[str, Any]) -> set[int]:
    """The organisations of which somebody is part already or waits for an answer."""
    waiting = {row.organisation_id for row in steps["claims"] if row.state == ClaimState.OPEN}
    return waiting | {row.organisation_id for row in steps["places"]}


def lacks(user: User, steps: dict[str, Any]) -> str:
    """What keeps somebody from being a member: "" nothing, "answer" a claim waits, "publication" an
    organisation of theirs is not public yet, "place" nothing is asked."""
    if user.is_member:
        return ""
    if any(row.state == ClaimState.OPEN for row in steps["claims"]):
        return "answer"
    if any(row.organisation.state not in PUBLIC for row in steps["places"]):
        return "publication"
    return "place"
