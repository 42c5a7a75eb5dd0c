"""Take the demo away again: all that it made and all that its accounts wrote, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Model, QuerySet
from taggit.models import Tag
from wagtail.models import Collection, Page

from contributions.actions import forget_person
from contributions.models import Contribution
from core import generation, searchable
from core.models import CustomImage
from demo import searches, site
from demo.invented import TAGS
from demo.models import DemoObject
from demo.registry import Registry
from demo.source import read
from directory import counts
from directory.models import Organisation
from forum.models import Category, Post, Topic
from forum.recount import drifts
from glossary.actions import remove_terms
from glossary.models import GlossaryTerm
from home.models import Footer, HomePage, Navigation
from members.models import User
from search import outbox


@transaction.atomic
def remove() -> int:
    """Remove everything that the registry names; returns how many objects it knew.

    Pages below which somebody else has put pages stay, and so do categories with others' topics.
    The logs of the forum and of the directory stay as well: they are never shortened.
    """
    registry = Registry()
    known = len(list(registry))
    _remove_discussions(registry)
    searches.remove(registry)
    _remove_proposals(registry)
    _remove_pages(registry)
    for model in (Navigation, Footer, CustomImage):
        # One by one: files are deleted with their rows, and caches hear of each.
        for row in _own(registry, model):
            row.delete()
    for collection in Collection.objects.filter(pk__in=registry.keys(Collection)):
        if not CustomImage.objects.filter(collection=collection).exists():
            collection.delete()
    _remove_tags()
    for organisation in _own(registry, Organisation):
        organisation.delete()
    _remove_terms(registry)
    _own(registry, User).delete()
    _own(registry, Category).filter(topics=None).delete()
    DemoObject.objects.all().delete()
    counts.fold()
    for area in generation.Area:
        generation.bump(area)
    return known


def _own(registry: Registry, model: type[Model]) -> QuerySet[Model]:
    return model._default_manager.filter(pk__in=registry.keys(model))


def _remove_discussions(registry: Registry) -> None:
    people = list(registry.keys(User))
    topics = Topic.objects.filter(pk__in=registry.keys(Topic))
    topics |= Topic.objects.filter(author__in=people)
    posts = Post.objects.filter(pk__in=registry.keys(Post)) | Post.objects.filter(author__in=people)
    posts |= Post.objects.filter(topic__in=topics.values("pk"))
    for model, rows in ((Post, posts), (Topic, topics)):
        for pk in rows.values_list("pk", flat=True):
            searchable.removed(model, pk)
    going = list(topics.values_list("pk", flat=True))
    answered = list(Topic.objects.filter(posts__in=posts).exclude(pk__in=going).distinct())
    Topic.objects.filter(pk__in=going).update(last_post=None)
    Post.objects.filter(pk__in=list(posts.values_list("pk", flat=True))).delete()
    Topic.objects.filter(pk__in=going).delete()
    for _drift in drifts(fix=True):
        continue
    for topic in answered:
        topic.refresh_from_db()
        searchable.changed(topic)


def _remove_proposals(registry: Registry) -> None:
    for person in User.objects.filter(pk__in=registry.keys(User), contributions__isnull=False):
        forget_person(user=person)
    _own(registry, Contribution).delete()


def _remove_pages(registry: Registry) -> None:
    if registry.knows("texts:home:en"):
        home = registry.find("texts:home:en", HomePage)
        if home is not None:
            site.empty(home)
    own = set(registry.keys(Page))
    first = site.first_home()
    if first is not None:
        own.discard(str(first.pk))
    for page in _deepest_first(Page.objects.filter(pk__in=own)):
        current = Page.objects.filter(pk=page.pk).first()
        if current is not None and not current.get_children().exists():
            current.specific.delete()


def _deepest_first(pages: QuerySet[Page]) -> Iterable[Page]:
    return list(pages.order_by("-depth", "-path"))


def _remove_terms(registry: Registry) -> None:
    terms = _own(registry, GlossaryTerm)
    outbox.remove_all(GlossaryTerm, terms.values_list("pk", flat=True))
    remove_terms(terms=terms)


def _remove_tags() -> None:
    """Tags of the demo that nothing has any more."""
    names = {tag for row in read("practices") for tag in row["tags"]}
    names |= {tag for row in read("events") for tag in row["topics"]} | TAGS
    rows = Tag.objects.filter(name__in=names)
    for relation in Tag._meta.related_objects:
        rows = rows.annotate(**{f"n_{relation.name}": Count(relation.name)}).filter(
            **{f"n_{relation.name}": 0}
        )
    Tag.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()
