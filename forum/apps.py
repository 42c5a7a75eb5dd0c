from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    name = "forum"
    verbose_name = _("Forum")

    def ready(self) -> None:
        from core.signal_handlers import watch
        from forum import signal_handlers
        from forum.models import Category
        from forum.standing import penalty_of
        from members.standing import register

        watch(Category)
        signal_handlers.connect()
        register(lambda user: penalty_of(user) is not None)
