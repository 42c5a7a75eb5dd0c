from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.recount import drifts


class Command(BaseCommand):
    help = "Compare the forum's counters with its posts; fails where they differ, unless --fix."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fix", action="store_true", help="put right what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        for drift in drifts(fix=options["fix"]):
            self.stdout.write(str(drift))
            number += 1
        self.stdout.write(f"{number} counters differed")
        if number and not options["fix"]:
            raise CommandError("run it again with --fix to put them right")
