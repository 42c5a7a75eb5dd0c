"""On what a decision rests, as a moderator names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forum.models import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """A provision of the law, or the rule that was broken; without either, the rules as a whole."""

    rule: Rule | None = None
    law: str = ""


THE_RULES = Grounds()
