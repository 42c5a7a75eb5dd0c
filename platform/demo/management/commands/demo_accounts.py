from typing import Any

from django.core.management.base import BaseCommand

from demo.accounts import accounts_text


class Command(BaseCommand):
    help = "Print the accounts of the demo that one can log in with."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(accounts_text())
