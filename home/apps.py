from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from wagtail.models import WorkflowState
        from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

        from core.signal_handlers import watch
        from home.models import Footer, Navigation, SecondPairOfEyesState
        from home.notifications import notify_of_approval, notify_of_rejection, notify_reviewers

        for model in (Navigation, Footer):
            watch(model)
        task_submitted.connect(
            notify_reviewers, sender=SecondPairOfEyesState, dispatch_uid="notify-reviewers"
        )
        # Under the names of Wagtail's own, which comes later and finds them taken.
        workflow_approved.connect(
            notify_of_approval,
            sender=WorkflowState,
            dispatch_uid="workflow_state_approved_email_notification",
        )
        workflow_rejected.connect(
            notify_of_rejection,
            sender=WorkflowState,
            dispatch_uid="workflow_state_rejected_email_notification",
        )
        post_migrate.connect(_keep_address, sender=self, dispatch_uid="keep-address")


def _keep_address(*, apps: Any, **_kwargs: Any) -> None:
    from home.actions import keep_site_address

    # A migration that stops early has no sites yet.
    if "site" in apps.all_models["wagtailcore"]:
        keep_site_address()
