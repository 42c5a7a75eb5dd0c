from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Ground")

    def ready(self) -> None:
        from core import avif, signal_handlers

        avif.register()
        signal_handlers.connect()
        autodiscover_modules(
            "searchable",
            "slots",
            "periodic",
            "content_checks",
            "handovers",
            "contributable",
            "owners",
            "mentions",
            "privacy",
        )
