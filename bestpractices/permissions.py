"""Who may do what with practices on the public side."""

from __future__ import annotations

from typing import Any

from core.audiences import MEMBERS, reader_tokens


def may_take_up(user: Any) -> bool:
    """Whether this person may say to use a practice that they can read: members may."""
    return bool(user.is_authenticated) and MEMBERS in reader_tokens(user)


def may_show_reports(user: Any) -> bool:
    """Whether this person decides which reports of members stand on a practice's page."""
    return bool(user.has_perm("bestpractices.change_uptake"))
