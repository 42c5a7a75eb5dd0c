"""On what a decision rests, as a moderator names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forum.models import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The version of the rule that was broken, or a provision of the law, which takes its place.

    Article 17 (3) (d) and (e) ask for one of them. Raises ValueError where neither is named.
    """

    rule: Rule | None = None
    law: str = ""

    def __post_init__(self) -> None:
        if self.rule is None and not self.law.strip():
            raise ValueError("a decision rests on a rule or on the law")
