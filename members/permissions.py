"""Who must show a second factor."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings


def lacks_required_mfa(user: Any) -> bool:
    """Whether this account may enter the admin but has no second factor, where one is required."""
    return (
        settings.MFA_REQUIRED_FOR_STAFF
        and user.is_authenticated
        and user.has_perm("wagtailadmin.access_admin")
        and not is_mfa_enabled(user)
    )
