from typing import Any

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TITLE = settings.SITE_NAME
PATH = "00010001"


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put a home page in the place of Wagtail's welcome page; leave any other site alone."""
    Page: Any = apps.get_model("wagtailcore", "Page")
    Site: Any = apps.get_model("wagtailcore", "Site")
    HomePage: Any = apps.get_model("home", "HomePage")
    ContentType: Any = apps.get_model("contenttypes", "ContentType")
    Locale: Any = apps.get_model("wagtailcore", "Locale")

    if HomePage.objects.exists():
        return
    plain, _created = ContentType.objects.get_or_create(app_label="wagtailcore", model="page")
    welcome = Page.objects.filter(path=PATH, content_type=plain, slug="home", numchild=0).first()
    if welcome is None and Page.objects.filter(depth=2).exists():
        return
    if welcome is not None:
        # The default site goes with it.
        welcome.delete()
    kind, _created = ContentType.objects.get_or_create(app_label="home", model="homepage")
    home = HomePage.objects.create(
        title=TITLE,
        draft_title=TITLE,
        slug="home",
        content_type=kind,
        path=PATH,
        depth=2,
        numchild=0,
        url_path="/home/",
        locale=Locale.objects.get(language_code="en"),
        hero_title=TITLE,
    )
    Page.objects.filter(depth=1).update(numchild=1)
    Site.objects.create(
        hostname="localhost", site_name=TITLE, root_page_id=home.pk, is_default_site=True
    )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("core", "0003_locales"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
