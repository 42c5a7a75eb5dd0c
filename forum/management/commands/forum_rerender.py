from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.rerender import BATCH, rerender


class Command(BaseCommand):
    help = "Render anew all posts that an older version of the renderer made; may be stopped at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help=f"posts at a time ({BATCH})")
        parser.add_argument("--after", type=int, default=0, help="begin after this post's key")

    def handle(self, *args: Any, **options: Any) -> None:
        failures = done = changed = 0
        for progress in rerender(after=options["after"], batch=max(1, options["batch"])):
            for key, reason in progress.failed:
                self.stderr.write(f"post {key}: {reason}")
            failures += len(progress.failed)
            done, changed = progress.done, progress.changed
            if options["verbosity"] > 1:
                self.stdout.write(f"{done} posts, up to {progress.last}")
        self.stdout.write(f"{done} posts rendered, {changed} of them differ, {failures} failed")
        if failures:
            raise CommandError("the posts that failed keep their old text")
