"""Logs, whose rows are only ever added."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Reads only; on PostgreSQL a trigger refuses what goes past the ORM as well."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise _refusal(self.model)

    def delete(self) -> NoReturn:
        raise _refusal(self.model)


class AppendOnly(models.Model):
    """A row that is stored once; changing or deleting it raises TypeError."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise _refusal(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise _refusal(type(self))


def _refusal(model: type[models.Model]) -> TypeError:
    return TypeError(f"the {model._meta.verbose_name_plural} is append-only")
