"""JSON-LD: what pages tell machines of themselves, in a script element."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

# As in Django's json_script: nothing in a text may end the element that it stands in or begin a
# comment there; the two line separators end a line for older readers of scripts.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def as_script(data: dict[str, Any]) -> SafeString:
    """JSON that can stand inside a script element, whatever texts it holds; dates in ISO 8601."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308
