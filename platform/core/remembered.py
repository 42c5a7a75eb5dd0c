"""Pieces of pages that show nothing but the values they are given, rendered once for each set of values.

Rows of lists are most of what rendering a page costs, and of the rows of a page that many read only
a few differ from reader to reader. Nothing has to be thrown away when data change: what is asked
for next has other values. Nothing can be shown to the wrong reader: who may see what was decided
before, and is in the values.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# Of each kind of piece, in each process. A row takes a few kB.
MOST_KEPT = 1000


def remembered(render: Callable[..., SafeString]) -> Callable[..., SafeString]:
    """Keep what a function of keywords renders, the latest `MOST_KEPT` of it.

    The function may look at its values and the language of the page, and at nothing else: no
    request, no database, no clock. Its values are hashable; HTML is a value of its own, never
    within a tuple, for a text and safe HTML of the same letters are told apart by their types.
    """

    @lru_cache(maxsize=MOST_KEPT, typed=True)
    def kept(_language: str | None, **values: Any) -> SafeString:
        return render(**values)

    @wraps(render)
    def shown(**values: Any) -> SafeString:
        # Who works on a template sees it change.
        return render(**values) if settings.DEBUG else kept(get_language(), **values)

    return shown
