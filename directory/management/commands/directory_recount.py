from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.counts import drifts, fold


class Command(BaseCommand):
    help = "Compare the directory's numbers with its organisations; fails where they differ, unless --fix."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fix", action="store_true", help="put right what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = drifts(fix=options["fix"])
        for drift in found:
            self.stdout.write(str(drift))
        self.stdout.write(f"{len(found)} numbers differed")
        if options["fix"]:
            fold()
        elif found:
            raise CommandError("run it again with --fix to put them right")
