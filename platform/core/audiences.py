"""The one rule of visibility: who may read what.

Whatever can be read carries *tokens*, whoever reads holds tokens, and reading is allowed where the
two share one. Pages get their tokens from Wagtail's view restrictions, theirs and their ancestors';
forum categories and other models name one of the audiences. Lists, counts, feeds, mail and search
all ask here. Forbidden and missing both answer 404.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import BaseViewRestriction, CollectionViewRestriction, PageViewRestriction

from core import generation

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument
    from wagtail.models import Page
    from wagtail.query import PageQuerySet

PUBLIC = "public"
MEMBERS = "members"
STAFF = "staff"
NOBODY: frozenset[str] = frozenset()


class Audience(TextChoices):
    """The audiences that a model can name; groups come from Wagtail's restrictions only."""

    PUBLIC = PUBLIC, _("Everyone")
    MEMBERS = MEMBERS, _("Members")
    STAFF = STAFF, _("Editors, moderators and coordinators")


def group_token(group_id: int) -> str:
    """The token that the members of one group hold."""
    return f"group:{group_id}"


def reader_tokens(user: Any) -> frozenset[str]:
    """The tokens that a reader holds; an anonymous visitor holds only "public".

    Remembered on the user object, which lives as long as the request.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset({PUBLIC})
    known: frozenset[str] | None = getattr(user, "_reader_tokens", None)
    if known is None:
        known = user._reader_tokens = _tokens_of(user)
    return known


def audience_key(user: Any) -> str:
    """A short name, for keys of a cache, that is the same for all who may read the same."""
    return hashlib.sha256("|".join(sorted(reader_tokens(user))).encode()).hexdigest()[:16]


def _tokens_of(user: Any) -> frozenset[str]:
    from django.contrib.auth.models import Group

    from core.rights import rights_of

    tokens = {PUBLIC}
    every = Group.objects.values_list("pk", flat=True)
    tokens.update(
        group_token(pk) for pk in (every if user.is_superuser else rights_of(user).groups)
    )
    if user.is_member or user.is_superuser:
        tokens.add(MEMBERS)
    if user.is_superuser or user.has_perm("wagtailadmin.access_admin"):
        tokens.update({MEMBERS, STAFF})
    return frozenset(tokens)


def may_read(user: Any, tokens: Iterable[str]) -> bool:
    """Whether this reader holds one of the tokens."""
    return not reader_tokens(user).isdisjoint(tokens)


def readers(accounts: QuerySet[Any], audience: str) -> QuerySet[Any]:
    """Narrow a queryset of accounts to those that may read an audience: `may_read` as a filter."""
    active = accounts.filter(is_active=True)
    if audience == PUBLIC:
        return active
    from django.contrib.auth.models import Permission

    admin = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    by_group = accounts.model.groups.through.objects.filter(group__permissions__in=admin)
    by_name = accounts.model.user_permissions.through.objects.filter(permission__in=admin)
    held = Q(is_superuser=True)
    for rows in (by_group, by_name):
        held |= Q(pk__in=rows.values("user"))
    if audience == MEMBERS:
        held |= Q(approved_at__isnull=False)
    return active.filter(held)


def _restrictions() -> list[tuple[str, frozenset[str]]]:
    """(path of the restricted page, the tokens of which one is needed), for the whole tree."""

    def read() -> list[tuple[str, frozenset[str]]]:
        rows = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
        return [(row.page.path, _restriction_tokens(row)) for row in rows]

    return generation.cached("audiences.restrictions", read, areas=[generation.Area.SITE])


def _restriction_tokens(restriction: BaseViewRestriction) -> frozenset[str]:
    match restriction.restriction_type:
        case BaseViewRestriction.LOGIN:
            return frozenset({MEMBERS})
        case BaseViewRestriction.GROUPS:
            return frozenset(group_token(group.pk) for group in restriction.groups.all())
        case _:
            return NOBODY


def page_tokens(page: Page) -> frozenset[str]:
    """The tokens of which a reader needs one to read this page; empty means nobody may.

    Restrictions of ancestors add up. Where groups are named anywhere, membership alone does not
    open the page, and of several lists of groups only the groups named in all of them do.
    """
    return _tokens_at(page.path)


def document_tokens(document: AbstractDocument) -> frozenset[str]:
    """The tokens for a document: those of its collection and the collections above it."""

    def read() -> list[tuple[str, frozenset[str]]]:
        rows = CollectionViewRestriction.objects.select_related("collection")
        return [
            (row.collection.path, _restriction_tokens(row))
            for row in rows.prefetch_related("groups")
        ]

    rows = generation.cached("audiences.collections", read, areas=[generation.Area.SITE])
    if not rows:
        return frozenset({PUBLIC})
    place = document.collection.path
    return _combined([tokens for path, tokens in rows if place.startswith(path)])


def _tokens_at(page_path: str) -> frozenset[str]:
    return _combined([tokens for path, tokens in _restrictions() if page_path.startswith(path)])


def _combined(needed: list[frozenset[str]]) -> frozenset[str]:
    if not needed:
        return frozenset({PUBLIC})
    members_only = frozenset({MEMBERS})
    groups = [tokens for tokens in needed if tokens != members_only]
    return frozenset.intersection(*groups) if groups else members_only


def _needed() -> list[tuple[str, frozenset[str]]]:
    """(path, tokens needed there) for every restricted page, its ancestors' restrictions included."""
    return [(path, _tokens_at(path)) for path, _tokens in _restrictions()]


def visible_pages(queryset: PageQuerySet, user: Any) -> PageQuerySet:
    """Narrow a queryset of pages to the live ones that this reader may read."""
    held = reader_tokens(user)
    hidden = Q()
    for path, tokens in _needed():
        if held.isdisjoint(tokens):
            hidden |= Q(path__startswith=path)
    queryset = queryset.live()
    return queryset.exclude(hidden) if hidden else queryset
