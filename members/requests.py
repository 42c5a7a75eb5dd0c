"""Who asks, where a view lets in only those who are logged in."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from members.models import User


def user_of(request: HttpRequest) -> User:
    """The account that asks; only for what `login_required` or the admin guards."""
    return cast(User, request.user)
