from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from members.groups import EDITORS, permission

WORKFLOW = "Editorial review"
TASK = "Second pair of eyes"
# No right to publish: what editors write goes live through the workflow only.
EDITORS_MAY = ("add_page", "change_page", "lock_page", "unlock_page")


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    editors = apps.get_model("auth", "Group").objects.get(name=EDITORS)
    _remove_the_default(apps)
    _assign(apps, root, editors)
    for codename in EDITORS_MAY:
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=editors, page=root, permission=permission(apps, "wagtailcore", codename)
        )


def _remove_the_default(apps: Apps) -> None:
    """Wagtail starts with a workflow for its own group of moderators, who have other work here."""
    Workflow: Any = apps.get_model("wagtailcore", "Workflow")
    apps.get_model("wagtailcore", "WorkflowPage").objects.all().delete()
    used = apps.get_model("wagtailcore", "WorkflowState").objects.values("workflow_id")
    Workflow.objects.filter(pk__in=used).update(active=False)
    Workflow.objects.exclude(pk__in=used).delete()
    known = apps.get_model("wagtailcore", "TaskState").objects.values("task_id")
    Task: Any = apps.get_model("wagtailcore", "Task")
    Task.objects.exclude(pk__in=known).delete()
    Task.objects.update(active=False)


def _assign(apps: Apps, root: Any, editors: Any) -> None:
    ContentType: Any = apps.get_model("contenttypes", "ContentType")
    kind, _created = ContentType.objects.get_or_create(
        app_label="home", model="secondpairofeyestask"
    )
    task = apps.get_model("home", "SecondPairOfEyesTask").objects.create(
        name=TASK, active=True, content_type=kind
    )
    task.groups.add(editors)
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=WORKFLOW, active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow=workflow, task_id=task.pk, sort_order=0
    )
    # The root, and not one home page: those of all languages stand beside each other below it.
    apps.get_model("wagtailcore", "WorkflowPage").objects.create(workflow=workflow, page=root)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_home_page"),
        ("members", "0002_groups"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
