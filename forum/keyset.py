"""In which orders the forum pages its lists, and how much stands on a page."""

from __future__ import annotations

from core.keyset import Key

ROWS_PER_PAGE = 20

# Lists of the whole site, in which pinned topics are as others; and the list of a category.
NEWEST_FIRST = Key(("last_post_at", "pk"))
PINNED_FIRST = Key(("last_post_at", "pk"), flag="pinned")
# The inbox.
LATEST_FIRST = Key(("pk",))
