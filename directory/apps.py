from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from django.db.models.signals import pre_delete

        from core.signal_handlers import watch
        from directory import counts
        from directory.models import CLASSIFICATIONS, Organisation

        for model in CLASSIFICATIONS:
            watch(model)
        # No action deletes an organisation; whatever else does takes it out of the numbers.
        pre_delete.connect(counts.deleted, sender=Organisation, dispatch_uid="directory-counts")
