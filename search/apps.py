from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from django.core import checks

        from core import health
        from search import signal_handlers
        from search.checks import everything_is_findable
        from search.health import state

        signal_handlers.connect()
        checks.register(everything_is_findable)
        health.register("search", state)
