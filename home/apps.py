from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from wagtail.signals import task_submitted

        from core.signal_handlers import watch
        from home.models import Footer, Navigation, SecondPairOfEyesState
        from home.notifications import notify_reviewers

        for model in (Navigation, Footer):
            watch(model)
        task_submitted.connect(
            notify_reviewers, sender=SecondPairOfEyesState, dispatch_uid="notify-reviewers"
        )
