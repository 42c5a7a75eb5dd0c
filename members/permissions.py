"""Who may enter the admin, and who must show a second factor for it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings


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
