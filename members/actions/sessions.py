"""Ending log-ins on other devices."""

from __future__ import annotations

from allauth.usersessions.models import UserSession

from members.models import User


def end_session(*, user: User, pk: int) -> bool:
    """End one log-in of a person; false where it is over, or not theirs."""
    found = UserSession.objects.filter(user=user, pk=pk).first()
    if found is None:
        return False
    found.end()
    return True


def end_other_sessions(*, user: User, current: str) -> int:
    """End all log-ins but the one whose key is given; how many."""
    others = list(UserSession.objects.filter(user=user).exclude(session_key=current))
    for session in others:
        session.end()
    return len(others)
