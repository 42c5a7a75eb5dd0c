from typing import Any

from django.core.management.base import BaseCommand

from core import periodic


class Command(BaseCommand):
    help = "Run the recurring work that is due: scheduled publishing, pruning and the rest."

    def handle(self, *args: Any, **options: Any) -> None:
        for name in periodic.run_due():
            self.stdout.write(name)
