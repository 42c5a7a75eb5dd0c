from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo import loading, reset, safety, warming
from demo.accounts import accounts_text

# Seconds from the beginning; loading should take less than a minute in all.
DRAWING_ENDS = 40


class Command(BaseCommand):
    help = (
        "Load the demo content. What is there already stays as people have changed it; what they"
        " have deleted stays deleted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--reset",
            action="store_true",
            help="first remove all of the demo, with all that its accounts have written",
        )
        parser.add_argument(
            "--scale",
            type=int,
            default=0,
            metavar="N",
            help="add invented practices until there are about N (for benchmarks)",
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="also where others can reach the site: everybody knows the accounts' password",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        hosts = safety.reachable_hosts()
        if hosts and not options["force"]:
            raise CommandError(
                f"This site answers to {', '.join(hosts)}, and the demo's accounts have a password"
                " that everybody knows. Use --force if you mean it."
            )
        if options["scale"] < 0:
            raise CommandError("--scale needs a number of pages.")
        begin = time.monotonic()
        if options["reset"]:
            self._say(f"removed {reset.remove()} objects of the demo")
        made = loading.load(total_practices=options["scale"], say=self._say)
        warming.draw_cards(until=begin + DRAWING_ENDS)
        self._say(f"made {made} objects in {time.monotonic() - begin:.1f} s")
        if options["verbosity"] > 0:
            self.stdout.write(accounts_text())

    def _say(self, text: str) -> None:
        if self.verbosity > 0:
            self.stdout.write(f"  {text}")

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.verbosity: int = options["verbosity"]
        return super().execute(*args, **options)
