"""Print, as JSON, how many seconds an import of so many organisations takes, by step.

Run by scripts/bench_directory.py with the environment of a filled directory, which it leaves larger.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from random import Random
from typing import Any

import django

SEED = 11


def main(number: int) -> None:
    django.setup()
    from bench_directory_fill import profile
    from django.utils import timezone, translation
    from tablib import Dataset

    from directory import counts
    from directory.models import Organisation
    from directory.states import State
    from directory.tables.columns import columns
    from directory.tables.files import read, written
    from directory.tables.resource import OrganisationResource
    from members.models import User

    translation.activate("en")
    actor = User.objects.create_superuser(email="import@example.org", password="-", name="Import")  # noqa: S106
    names = [column.name for column in columns()]
    rng = Random(SEED)
    rows = [cells(profile(rng, 1_000_000 + one), names) for one in range(number)]
    taken: dict[str, float] = {}

    def timed(step: str, work: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        found = work()
        taken[step] = time.perf_counter() - began
        return found

    def run(content: bytes, *, dry_run: bool) -> Any:
        table = read(content)
        resource = OrganisationResource(actor=actor, changes_existing=True)
        found = resource.run(table.dataset, table.numbers, dry_run=dry_run)
        if found.faults:
            raise SystemExit(f"bench: {found.faults[:3]}")
        return found

    dataset = Dataset(*rows, headers=names)
    content = {
        "CSV": str(dataset.export("csv")).encode(),
        "XLSX": bytes(dataset.export("xlsx", column_width=20)),
    }
    timed("dry run of XLSX, all new", lambda: run(content["XLSX"], dry_run=True))
    timed("dry run of CSV, all new", lambda: run(content["CSV"], dry_run=True))
    timed("import of CSV, all new", lambda: run(content["CSV"], dry_run=False))
    timed("the same again, nothing to do", lambda: run(content["CSV"], dry_run=False))
    changed = Dataset(*([*row[:8], "Other words", *row[9:]] for row in rows), headers=names)
    other = str(changed.export("csv")).encode()
    keys = list(Organisation.objects.order_by("-pk").values_list("pk", flat=True)[:number])
    # What is on the site costs most to change: search and caches follow.
    now = timezone.now()
    dates = {"submitted_at": now, "published_at": now, "confirmed_at": now}
    Organisation.objects.filter(pk__in=keys).update(state=State.PUBLISHED, **dates)
    counts.drifts(fix=True)
    timed("import of CSV, all changed", lambda: run(other, dry_run=False))
    timed("export as CSV", lambda: written("csv", keys))
    timed("export as XLSX", lambda: written("xlsx", keys))
    print(json.dumps({"rows": number, "seconds": taken}))


def cells(profile: Any, names: list[str]) -> list[str]:
    """The cells of one row, in the order of the columns."""
    from directory.tables.records import FIELDS, KEYS, LINES, RELATIONS, TRAITS

    fields = profile.fields
    row = {name: str(fields.get(column, "")) for name, column in FIELDS.items()}
    row |= {name: fields[column].pk if column in fields else "" for name, column in KEYS.items()}
    row |= {name: "; ".join(getattr(profile, name) or ()) for name in RELATIONS}
    row |= {name: "; ".join(profile.traits.get(kind, ())) for name, kind in TRAITS.items()}
    for name, kind in LINES.items():
        lines = [(code, text) for found, code, text in profile.lines if found == kind]
        row[name] = "\n".join(f"{code}: {text}" if text else code for code, text in lines)
    return [row.get(name, "") for name in names]


if __name__ == "__main__":
    main(int(sys.argv[1]))
