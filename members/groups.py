"""The groups and what each may do: what its work needs, and no more.

Permissions on models that come later belong into the app of that model, which adds them to the
group by the group's name.
"""

from __future__ import annotations

from typing import Any

from django.apps.registry import Apps
from django.utils.text import capfirst

MEMBERS = "Members"
EDITORS = "Editors"
MODERATORS = "Moderators"
COORDINATORS = "Coordinators"

ADMIN = "wagtailadmin.access_admin"
SNIPPETS = tuple(
    f"directory.{action}_{model}"
    for model in ("country", "region", "valuechain", "circularstrategy", "nacedivision")
    for action in ("add", "change")
)

PERMISSIONS: dict[str, tuple[str, ...]] = {
    MEMBERS: (),
    EDITORS: (ADMIN, *SNIPPETS, "wagtail_localize.submit_translation"),
    MODERATORS: (ADMIN,),
    COORDINATORS: (ADMIN, "members.view_user", "members.change_user"),
}

# Wagtail checks the rights on images and documents under the names of its own models.
COLLECTION_PERMISSIONS = {
    EDITORS: tuple(
        f"wagtail{model}s.{action}_{model}"
        for model in ("image", "document")
        for action in ("add", "change", "choose")
    ),
}


def ensure(apps: Apps, group: str, permissions: tuple[str, ...]) -> None:
    """Create a group where it is missing and give it permissions, named "app_label.codename".

    Meant for migrations: Django creates permissions only after the last one, so those of
    `<action>_<model>` are created here where they are missing.
    """
    Group: Any = apps.get_model("auth", "Group")
    row, _created = Group.objects.get_or_create(name=group)
    for name in permissions:
        label, codename = name.split(".")
        row.permissions.add(permission(apps, label, codename))


def permission(apps: Apps, label: str, codename: str) -> Any:
    """The permission of this name, created where it is missing."""
    Permission: Any = apps.get_model("auth", "Permission")
    ContentType: Any = apps.get_model("contenttypes", "ContentType")
    known = Permission.objects.filter(content_type__app_label=label, codename=codename).first()
    if known:
        return known
    action, model = codename.rsplit("_", 1)
    content_type, _created = ContentType.objects.get_or_create(app_label=label, model=model)
    return Permission.objects.create(
        content_type=content_type,
        codename=codename,
        name=f"Can {action} {capfirst(model)}",
    )


def ensure_all(apps: Apps) -> None:
    """Create the four groups with what they may do.

    Wagtail brings two groups of these names with rights of its own choice: those go first.
    """
    for name in ("GroupPagePermission", "GroupCollectionPermission"):
        apps.get_model("wagtailcore", name).objects.filter(group__name__in=PERMISSIONS).delete()
    for row in apps.get_model("auth", "Group").objects.filter(name__in=PERMISSIONS):
        row.permissions.clear()
    for group, permissions in PERMISSIONS.items():
        ensure(apps, group, permissions)
    _open_media(apps)


def _open_media(apps: Apps) -> None:
    Collection: Any = apps.get_model("wagtailcore", "Collection")
    GroupCollectionPermission: Any = apps.get_model("wagtailcore", "GroupCollectionPermission")
    root = Collection.objects.get(depth=1)
    for group, names in COLLECTION_PERMISSIONS.items():
        row = apps.get_model("auth", "Group").objects.get(name=group)
        for name in names:
            label, codename = name.split(".")
            GroupCollectionPermission.objects.get_or_create(
                group=row, collection=root, permission=permission(apps, label, codename)
            )
