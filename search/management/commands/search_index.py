from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import EngineUnavailable
from search.models import SearchEntry
from search.reading import differences, is_different, read_all
from search.synchronising import synchronise


class Command(BaseCommand):
    help = (
        "Keep the search index. rebuild makes it anew, sync does what waits, verify compares the "
        "rows with their sources and the index with the rows and exits with 1 where they differ."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        works = parser.add_subparsers(dest="work", required=True)
        rebuild = works.add_parser("rebuild", help="make the index anew beside the one in use")
        rebuild.add_argument(
            "--rows-only",
            action="store_true",
            help="trust the rows as they are: do not read the sources first",
        )
        works.add_parser("sync", help="read again what is stale, push what waits")
        works.add_parser("verify", help="print every difference; exit with 1 where there is one")

    def handle(self, *args: Any, work: str, **options: Any) -> None:
        try:
            getattr(self, f"_{work}")(**options)
        except EngineUnavailable as error:
            raise CommandError(f"Elasticsearch does not answer: {error}") from error

    def _rebuild(self, *, rows_only: bool, **_options: Any) -> None:
        if not rows_only:
            self.stdout.write(f"{read_all()} rows brought up to date with their sources")
        if not settings.ELASTICSEARCH_URL:
            self.stdout.write("no Elasticsearch is configured: the rows are the index")
            return
        from search.elastic.rebuilding import RebuildRunning, rebuild

        try:
            self.stdout.write(f"{rebuild()} documents in a new index")
        except RebuildRunning as error:
            raise CommandError("another process rebuilds the index") from error
        self._sync()

    def _sync(self, **_options: Any) -> None:
        if not synchronise():
            raise CommandError("Elasticsearch does not answer or is being rebuilt; nothing is lost")
        self.stdout.write("nothing waits")

    def _verify(self, **_options: Any) -> None:
        count = 0
        for line in self._drift():
            self.stdout.write(line)
            count += 1
        if count:
            raise CommandError(f"{count} differences")
        rows = SearchEntry.objects.findable().count()
        self.stdout.write(f"no difference in {rows} rows")

    def _drift(self) -> Any:
        for difference in differences():
            # What changed while this ran is looked at once more before it counts.
            if difference.what == "unreadable" or is_different(difference.source):
                yield f"{difference.source}: {difference.what}"
        if settings.ELASTICSEARCH_URL:
            from search.elastic.verifying import drift

            yield from drift()
