import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import caches
from django.db import transaction
from django.utils import translation

from demo import loading, publishing

# Kept by design (what happened, and that something happened), or made from other rows.
LOGS = {
    "core.ContentChange",
    "contenttypes.ContentType",
    "directory.DirectoryLog",
    "forum.ModerationLog",
    "opportunities.OpportunityLog",
    "search.SearchEntry",
    "wagtailcore.ModelLogEntry",
    "wagtailcore.PageLogEntry",
    "wagtailcore.ReferenceIndex",
    "wagtailcore.Revision",
    "wagtailsearch.IndexEntry",
    "wagtailsearch.SQLiteFTSIndexEntry",
}


def everything():
    """{model: number of rows}"""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model._meta.label not in LOGS
    }


def load_small(**options):
    """Load the demo with small pictures: drawing large ones is what takes its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "SIZE", (96, 64))
        return loading.load(**options)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo, loaded once for a module, and the mail that went out for it; each test sees it as it
    was loaded."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        mail.outbox = []
        load_small()
        yield list(mail.outbox)
        transaction.set_rollback(True)
    for alias in caches:
        caches[alias].clear()
