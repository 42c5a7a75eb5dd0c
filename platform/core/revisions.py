"""Whether two revisions of a page say the same."""

from __future__ import annotations

from typing import Any

# What saving, publishing, locking and reviewing change of a page, and readers do not read.
BOOKKEEPING = frozenset(
    {
        "alias_of",
        "depth",
        "draft_title",
        "expire_at",
        "expired",
        "first_published_at",
        "go_live_at",
        "has_unpublished_changes",
        "last_published_at",
        "last_reviewed_on",
        "latest_revision",
        "latest_revision_created_at",
        "live",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "owner",
        "path",
        "show_in_menus",
        "slug",
        "url_path",
        "wagtail_admin_comments",
    }
)


def same_content(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Compare the contents of two revisions of one page, leaving out all that is bookkeeping."""
    return _read(one) == _read(other)


def _read(content: dict[str, Any]) -> dict[str, Any]:
    return {name: _rows(value) for name, value in content.items() if name not in BOOKKEEPING}


def _rows(value: Any) -> Any:
    """Rows that belong to the page without their keys, which the first publication gives them."""
    if not isinstance(value, list):
        return value
    return [
        {name: part for name, part in row.items() if name != "pk"} if isinstance(row, dict) else row
        for row in value
    ]
