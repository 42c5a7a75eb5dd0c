"""Bring organisations in from a table: all rows are judged, and nothing is written while one is wrong."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import Result
from tablib import Dataset

from directory import actions, errors, permissions, towns
from directory.actions.storing import PLACE
from directory.models import Organisation
from directory.tables.cells import text_of
from directory.tables.columns import columns
from directory.tables.records import Lists, Record, stored

logger = logging.getLogger(__name__)

NEEDED = ("name", "type", "country")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell; without a column it is the whole row, without a row the whole file."""

    row: int | None
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the rows of a file come to. `left` are there already and stay as they are, for nobody asked
    to change them; `changes` names the columns of each organisation that is changed."""

    faults: list[Fault]
    new: int
    changed: int
    same: int
    left: int
    changes: list[tuple[str, list[str]]]


class OrganisationResource(Resource):
    """A table of organisations for django-import-export; what it writes goes through the actions."""

    class Meta:
        # All are written together, after the last row.
        use_bulk = True
        batch_size = None
        skip_diff = True
        using_db = "default"
        instance_loader_class = BaseInstanceLoader

    def __init__(self, *, actor: Any = None, changes_existing: bool = False) -> None:
        super().__init__()
        self.actor, self.changes_existing = actor, changes_existing
        self.fields = {column.name: column.field() for column in columns()}
        self.changes: list[tuple[str, list[str]]] = []
        self.same = self.left = 0

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        """Read what the rows could mean, in a fixed number of queries for each 500 of them."""
        self.lists = Lists()
        self.by_slug: dict[str, int] = {}
        self.by_name: dict[tuple[str, str], set[int]] = defaultdict(set)
        rows = Organisation.objects.values_list("pk", "slug", "country_id", "name", "legal_name")
        for key, slug, country, *called in rows:
            self.by_slug[slug] = key
            for name in filter(None, called):
                self.by_name[country, towns.folded(name)].add(key)
        self.seen: dict[Any, int] = {}
        wanted: dict[int, None] = {}
        for row in dataset.dict:
            wanted |= dict.fromkeys(self._meant(row))
        self.stored = {
            record.organisation.pk: record
            for record in stored(list(wanted))
            if record.organisation is not None
        }

    def _meant(self, row: dict[str, Any]) -> list[int]:
        """The organisations that a row can mean: by its slug, else by name or legal name and country."""
        slug = text_of(row.get("slug"))
        if slug:
            return [self.by_slug[slug]] if slug in self.by_slug else []
        country = text_of(row.get("country")).upper()
        return sorted(self.by_name.get((country, towns.folded(text_of(row.get("name")))), ()))

    def get_or_init_instance(self, instance_loader: Any, row: Any) -> tuple[Record, bool]:
        keys = self._meant(row)
        if len(keys) == 1:
            return Record.changing(self.stored[keys[0]]), False
        return Record(), True

    def import_instance(self, instance: Record, row: Any, **kwargs: Any) -> None:
        """Read every cell; raises ValidationError with all that is wrong, by column."""
        wrong = self._not_one(instance, row, kwargs["row_number"])
        for field in self.get_import_fields():
            try:
                self.import_field(field, instance, row, **kwargs)
            except ValueError as error:
                wrong.setdefault(field.column_name, str(error))
        if instance.organisation is None:
            for name in NEEDED:
                if name not in row:
                    wrong.setdefault(name, _("This is needed."))
        if not wrong:
            _with_language(instance)
            wrong = self._misplaced(instance)
        if wrong:
            raise ValidationError(wrong)

    def _not_one(self, instance: Record, row: Any, number: int) -> dict[str, str]:
        """Whether a row means one organisation, and one that no other row means."""
        keys, slug = self._meant(row), text_of(row.get("slug"))
        if slug and not keys:
            return {"slug": _("No organisation has this address. Leave it empty for a new one.")}
        if len(keys) > 1:
            return {"name": _("Several organisations are called so: name the one by its slug.")}
        called = text_of(row.get("country")).upper(), towns.folded(text_of(row.get("name")))
        first = self.seen.setdefault(keys[0] if keys else called, number)
        if first != number:
            told = _("The same organisation stands in row %(row)d.")
            return {"name": told % {"row": self.numbers[first - 1]}}
        return {}

    def _misplaced(self, instance: Record) -> dict[str, str]:
        """Give the town its name and region, as an action would; else the region must fit the country."""
        values = instance.__dict__
        if instance.was is not None and not PLACE & set(instance.changes()):
            return {}
        found = towns.find(values.get("town", ""), values["country"])
        if found is not None:
            values["town"], values["region"] = found.name, found.region
            return {}
        region = self.lists.regions.get(values.get("region", ""))
        if region is not None and region.country_id != values["country"]:
            return {"region": _("This region is in another country.")}
        return {}

    def skip_row(self, instance: Record, original: Any, row: Any, wrong: Any = None) -> bool:
        if wrong or instance.organisation is None:
            return False
        if not instance.changes():
            self.same += 1
            return True
        if not self.changes_existing:
            self.left += 1
            return True
        return False

    def validate_instance(
        self, instance: Record, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def save_instance(self, instance: Record, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Keep what is to be written until all rows are read."""
        if instance.organisation is None:
            self.create_instances.append(instance.data(self.lists))
            return
        if not permissions.may_edit(self.actor, instance.organisation):
            raise ValidationError(_("This organisation is archived: reopen it first."))
        self.update_instances.append((instance.organisation, instance.data(self.lists)))
        self.changes.append((str(instance), instance.changes()))

    def bulk_create(
        self,
        using_transactions: bool,
        dry_run: bool,
        raise_errors: bool,
        batch_size: int | None = None,
        result: Result | None = None,
    ) -> None:
        """Store the new ones, unless some row has failed: then nothing is kept anyway."""
        if not _has_failed(result):
            actions.bring_in(actor=self.actor, profiles=self.create_instances)
        self.create_instances.clear()

    def bulk_update(
        self,
        using_transactions: bool,
        dry_run: bool,
        raise_errors: bool,
        batch_size: int | None = None,
        result: Result | None = None,
    ) -> None:
        """Change what is there, unless some row has failed."""
        if not _has_failed(result):
            try:
                actions.edit_many(editor=self.actor, changes=self.update_instances)
            except errors.Refused as refusal:
                self.handle_import_error(result, refusal, raise_errors)
        self.update_instances.clear()

    def run(self, dataset: Dataset, numbers: Sequence[int], *, dry_run: bool) -> Found:
        """Judge all rows and, unless it is a dry run or one is wrong, write them all.

        A dry run writes as well, and takes everything back: what the database refuses is found.
        `numbers` are those of the rows in the file. Raises NotAllowed.
        """
        if not permissions.may_coordinate(self.actor):
            raise errors.NotAllowed
        self.numbers = numbers
        result = self.import_data(
            dataset,
            dry_run=dry_run,
            use_transactions=True,
            rollback_on_validation_errors=True,
        )
        return Found(
            faults=self._faults(result),
            new=result.totals["new"],
            changed=result.totals["update"],
            same=self.same,
            left=self.left,
            changes=self.changes,
        )

    def _faults(self, result: Result) -> list[Fault]:
        found: list[tuple[int, str, str]] = []
        for row in result.invalid_rows:
            for column, texts in row.field_specific_errors.items():
                found.append((row.number, column, " ".join(texts)))
            found += [(row.number, "", text) for text in row.non_field_specific_errors]
        for row in result.error_rows:
            found += [(row.number, "", _words(one.error)) for one in row.errors]
        of_rows = [
            Fault(self.numbers[number - 1], column, text)
            for number, column, text in sorted(found, key=itemgetter(0))
        ]
        return [*(Fault(None, "", _words(one.error)) for one in result.base_errors), *of_rows]


def _has_failed(result: Result | None) -> bool:
    return result is None or result.has_errors() or result.has_validation_errors()


def _with_language(instance: Record) -> None:
    """Nothing said leaves the language as it is, of a new one that of the site."""
    if not instance.__dict__.get("language_of_texts"):
        instance.__dict__.pop("language_of_texts", None)
        if instance.was is not None:
            instance.__dict__["language_of_texts"] = instance.was.__dict__["language_of_texts"]


def _words(error: Exception) -> str:
    if isinstance(error, errors.Refused):
        return str(error)
    logger.error("an import failed", exc_info=error)
    return _("This could not be stored. Please tell those who run the site.")
