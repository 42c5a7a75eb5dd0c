"""Compare-and-swap: of two who change a row at once, only the first does."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any, ClassVar, Self

from django.db.models import Model, QuerySet
from django.utils import timezone

from core.errors import AlreadyHandled, Refused


def swap(
    row: Model,
    seen: QuerySet[Any],
    refusal: Callable[[], Refused] = AlreadyHandled,
    /,
    **values: Any,
) -> None:
    """Change a row that still is among `seen`: the rows that are as its changer knows this one.

    The object holds the new values then. Raises `refusal` where somebody was faster.
    """
    if not seen.filter(pk=row.pk).update(**values):
        raise refusal()
    for name, value in values.items():
        setattr(row, name, value)


class Versioned(Model):
    """A row with a `state` and a `version`, which grows with each change of state and each edit.

    Its relation `log` names who did what, the last first.
    """

    state: Any
    version: Any
    log: Any
    already_handled: ClassVar[type[AlreadyHandled]] = AlreadyHandled

    class Meta:
        abstract = True

    def as_seen(self, *, version: int, states: Container[Any]) -> Self:
        """The row as it stands, of the version that its changer saw and in one of the states.

        Raises AlreadyHandled, naming who was faster.
        """
        current = self._of(version).first()
        if current is None or current.state not in states:
            raise self.overtaken()
        return current

    def move(self, was: Self, **values: Any) -> None:
        """Change the row that stands as `was`, and take the next version.

        Raises AlreadyHandled, naming who was faster.
        """
        seen = self._of(was.version).filter(state=was.state)
        swap(self, seen, self.overtaken, version=was.version + 1, **values)

    def touch(self, *, version: int) -> None:
        """Take the next version for an edit. Raises AlreadyHandled, naming who was faster."""
        values = {"version": version + 1, "changed_at": timezone.now()}
        swap(self, self._of(version), self.overtaken, **values)

    def overtaken(self) -> AlreadyHandled:
        """The refusal that names who did the last thing to the row."""
        entry = self.log.select_related("actor").first()
        return self.already_handled(str(entry.actor) if entry and entry.actor else "")

    def _of(self, version: int) -> QuerySet[Self]:
        return type(self)._default_manager.filter(pk=self.pk, version=version)
