from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from core.signal_handlers import watch
        from directory.models import CLASSIFICATIONS

        for model in CLASSIFICATIONS:
            watch(model)
