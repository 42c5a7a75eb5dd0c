"""Changes that nobody tells search about: those of pages, their restrictions, and documents, and of
what entries of other objects tell.

Everything else is told through `core.searchable`. All receivers run in the transaction of the
change where there is one; Wagtail's `page_slug_changed` comes only after the commit, so it is the
saving of the page that counts here.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from treebeard.mp_tree import path_updated
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished

from core import generation, searchable
from core.audiences import document_tokens
from core.bounces import mail_stopped
from core.models import CustomDocument
from search import actions, outbox
from search.entries import source_of
from search.models import SearchEntry

# What Wagtail saves when a draft, a lock or the tree changes, but nothing that readers see.
BOOKKEEPING = frozenset(
    {
        "alias_of",
        "content_type",
        "draft_title",
        "expire_at",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "owner",
    }
)

DEPTH_OF_HOMES = 2


def connect() -> None:
    """Connect all receivers."""
    searchable.entry_changed.connect(_object_changed, dispatch_uid="search")
    searchable.entry_removed.connect(_object_removed, dispatch_uid="search")
    pre_save.connect(_remember_address, dispatch_uid="search-page")
    post_save.connect(_page_saved, dispatch_uid="search-page")
    page_published.connect(_page_published, dispatch_uid="search")
    page_unpublished.connect(_page_unpublished, dispatch_uid="search")
    post_delete.connect(_deleted, dispatch_uid="search")
    post_save.connect(_mentioned_saved, dispatch_uid="search-mentioned")
    pre_delete.connect(_mentioned, dispatch_uid="search-mentioned")
    for signal in (post_save, post_delete):
        signal.connect(_page_restricted, sender=PageViewRestriction, dispatch_uid="search")
        signal.connect(
            _collection_restricted, sender=CollectionViewRestriction, dispatch_uid="search"
        )
    m2m_changed.connect(
        _page_groups_changed, sender=PageViewRestriction.groups.through, dispatch_uid="search"
    )
    m2m_changed.connect(
        _collection_groups_changed,
        sender=CollectionViewRestriction.groups.through,
        dispatch_uid="search",
    )
    post_delete.connect(_group_deleted, sender=Group, dispatch_uid="search-group")
    path_updated.connect(_collection_moved, sender=Collection, dispatch_uid="search")
    post_save.connect(_site_changed, sender=Site, dispatch_uid="search-site")
    post_save.connect(_document_saved, sender=CustomDocument, dispatch_uid="search-document")
    for signal in (post_save, post_delete):
        signal.connect(_pick_changed, sender=SearchPromotion, dispatch_uid="search-pick")
    mail_stopped.connect(_stop_mail, dispatch_uid="search")


def _stop_mail(user: Any, **_kwargs: Any) -> None:
    actions.stop_all_mail(user=user)


def _pick_changed(**_kwargs: Any) -> None:
    # Pages of results that are kept for visitors show it.
    with transaction.atomic():
        generation.bump()


def _object_changed(instance: Model, **_kwargs: Any) -> None:
    outbox.write(instance)


def _object_removed(sender: type[Model], pk: object, **_kwargs: Any) -> None:
    outbox.remove(sender, pk)


def _deleted(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    outbox.remove(sender, instance.pk)


def _mentioned_saved(
    sender: type[Model], instance: Model, created: bool, raw: bool, **_kwargs: Any
) -> None:
    if not created and not raw:
        _mentioned(sender, instance)


def _mentioned(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    """Have everything read again whose entry tells of this object."""
    for registered in searchable.registered():
        if sender in registered.mentions:
            outbox.mark_objects_stale(registered.mentioning(instance))


def _matters(update_fields: frozenset[str] | None) -> bool:
    return update_fields is None or not BOOKKEEPING.issuperset(update_fields)


def _remember_address(
    instance: Model, raw: bool, update_fields: frozenset[str] | None, **_kwargs: Any
) -> None:
    """Keep the address that a page has in the database, to see at saving whether it changed."""
    if not isinstance(instance, Page) or raw or instance.pk is None or not _matters(update_fields):
        return
    before = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True).first()
    instance._search_address_before = before


def _page_saved(
    instance: Model, raw: bool, update_fields: frozenset[str] | None, **_kwargs: Any
) -> None:
    if not isinstance(instance, Page) or raw or not _matters(update_fields):
        return
    before = instance.__dict__.pop("_search_address_before", None)
    if instance.depth == DEPTH_OF_HOMES:
        # Wagtail does so only after this, so that a home page in a new language had no address yet.
        Site.clear_site_root_paths_cache()
    has_new_address = before is not None and before != instance.url_path
    with transaction.atomic():
        if has_new_address:
            # Moved or renamed: everything below it has a new address too, and moved pages may have
            # other restrictions above them.
            outbox.restrict_subtree(instance)
            outbox.mark_stale(SearchEntry.objects.below(instance.path))
        _write_page(instance)


def _write_page(page: Page) -> None:
    # Saved as a plain page, as moving does, it lacks what its own type says.
    outbox.write(page if isinstance(page, page.specific_class or Page) else page.specific)


def _page_published(instance: Page, **_kwargs: Any) -> None:
    # Once more after saving: only now its child objects and relations are in the database.
    outbox.write(instance)


def _page_unpublished(instance: Page, **_kwargs: Any) -> None:
    # Before a deletion Wagtail sends this with a page that says it is live.
    outbox.remove(type(instance), instance.pk)


def _page_restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    if not kwargs.get("raw", False):
        outbox.restrict_subtree(instance.page)


def _page_groups_changed(
    instance: PageViewRestriction | Group, action: str, **_kwargs: Any
) -> None:
    if not action.startswith("post_"):
        return
    if isinstance(instance, PageViewRestriction):
        outbox.restrict_subtree(instance.page)
    else:
        _restrict_everything()


def _collection_restricted(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    if not kwargs.get("raw", False):
        restrict_documents(instance.collection.path)


def _collection_groups_changed(
    instance: CollectionViewRestriction | Group, action: str, **_kwargs: Any
) -> None:
    if not action.startswith("post_"):
        return
    if isinstance(instance, CollectionViewRestriction):
        restrict_documents(instance.collection.path)
    else:
        restrict_documents("")


def _collection_moved(new_path: str, **_kwargs: Any) -> None:
    restrict_documents(new_path)


def _group_deleted(**_kwargs: Any) -> None:
    _restrict_everything()
    restrict_documents("")


def _restrict_everything() -> None:
    for root in Page.objects.filter(depth=1):
        outbox.restrict_subtree(root)


def restrict_documents(collection_path: str) -> None:
    """Give the rows of the documents in a collection, and those below it, their audience of now."""
    with transaction.atomic():
        generation.bump()
        for collection in Collection.objects.filter(path__startswith=collection_path):
            keys = CustomDocument.objects.filter(collection=collection).values_list("pk", flat=True)
            rows = SearchEntry.objects.filter(
                source__in=[source_of(CustomDocument, pk) for pk in keys]
            )
            outbox.set_audience(rows, document_tokens(CustomDocument(collection=collection)))
            outbox.mark_stale(rows.filter(audience=""))


def _site_changed(raw: bool, **_kwargs: Any) -> None:
    if not raw:
        outbox.mark_stale(SearchEntry.objects.filter(page__isnull=False))


def _document_saved(instance: CustomDocument, raw: bool, **_kwargs: Any) -> None:
    if not raw:
        outbox.write(instance)
