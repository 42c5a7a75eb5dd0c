"""Make each thing once: known by its key, whatever people have renamed or moved since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Page

from demo.models import DemoObject

M = TypeVar("M", bound=Model)


class Registry:
    """The objects of the demo, read once."""

    def __init__(self) -> None:
        self._rows = {row.key: row for row in DemoObject.objects.all()}
        self.made = 0

    def ensure(self, key: str, model: type[M], make: Callable[[], M | None]) -> M | None:
        """The object of this key: the one there is, else a new one.

        None where somebody has deleted it, or where `make` gave none.
        """
        if key in self._rows:
            return self.find(key, model)
        made = make()
        if made is not None:
            self.add(key, made)
        return made

    def find(self, key: str, model: type[M]) -> M | None:
        """The object of this key, or None."""
        row = self._rows.get(key)
        if row is None:
            return None
        return model._default_manager.filter(pk=row.object_pk).first()

    def knows(self, key: str) -> bool:
        """Whether the demo has made this, be it still there or not."""
        return key in self._rows

    def add(self, key: str, made: Model) -> None:
        """Remember an object as one of the demo's."""
        self._rows[key] = DemoObject.objects.create(
            key=key,
            content_type=ContentType.objects.get_for_model(made, for_concrete_model=True),
            object_pk=str(made.pk),
        )
        self.made += 1

    def add_all(self, made: Mapping[str, Model]) -> None:
        """Remember many objects of one model, {key: object}, in one statement."""
        if not made:
            return
        kind = ContentType.objects.get_for_model(next(iter(made.values())))
        rows = [
            DemoObject(key=key, content_type=kind, object_pk=str(one.pk))
            for key, one in made.items()
        ]
        self._rows |= {row.key: row for row in DemoObject.objects.bulk_create(rows, batch_size=500)}
        self.made += len(rows)

    def keys(self, model: type[Model]) -> dict[str, str]:
        """{primary key: key} of the demo's objects of a model; for Page, of pages of any type."""
        found = {}
        for row in self._rows.values():
            kind = row.content_type.model_class()
            if kind is not None and (kind is model or (model is Page and issubclass(kind, Page))):
                found[row.object_pk] = row.key
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)
