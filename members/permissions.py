"""Who may enter the admin, who must show a second factor for it, and who may ask whom for contact."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from members import standing
from members.models import Block, ContactRequest
from members.parts import Part
from members.visibility import visible_fields


def may_enter_admin(user: Any) -> bool:
    """Whether this account has work in the admin."""
    return bool(user.has_perm("wagtailadmin.access_admin"))


def lacks_required_mfa(user: Any) -> bool:
    """Whether this account may enter the admin but has no second factor, where one is required."""
    return (
        settings.MFA_REQUIRED_FOR_STAFF
        and user.is_authenticated
        and may_enter_admin(user)
        and not is_mfa_enabled(user)
    )


def may_ask(user: Any, other: Any) -> bool:
    """Whether a member may ask another for contact: one whose page is open to them, who lets members
    ask, and where neither has blocked the other."""
    return bool(
        user.is_authenticated
        and user.is_member
        and user.pk != other.pk
        and other.is_member
        and other.profile.accepts_requests
        and visible_fields(other.profile, user, (Part.PAGE,))
        and standing.may_address(user)
        and not Block.objects.between(user, other).exists()
    )


def both_are_members(request: ContactRequest) -> bool:
    """Whether the two of a request can still come into contact."""
    return request.sender.is_member and request.recipient.is_member
