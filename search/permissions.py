"""Who may do what with search; finding itself asks only for the reader's tokens."""

from __future__ import annotations

from typing import Any


def may_save(user: Any) -> bool:
    """Whether this reader may keep searches: approved members."""
    return bool(getattr(user, "is_authenticated", False) and user.is_member)


def may_see_report(user: Any) -> bool:
    """Whether this reader may see what is asked for: whoever may enter the editors' side."""
    return bool(user.is_active and user.has_perm("wagtailadmin.access_admin"))
