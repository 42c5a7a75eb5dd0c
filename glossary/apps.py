from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GlossaryConfig(AppConfig):
    name = "glossary"
    verbose_name = _("Glossary")

    def ready(self) -> None:
        from core import widening
        from glossary import matching, signal_handlers

        signal_handlers.connect()
        widening.register(matching.widening)
