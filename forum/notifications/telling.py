"""Telling those who follow: lines of the inbox about a post that has just become public."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import DateTimeField, Model, QuerySet, Value
from django.utils import timezone

from core.audiences import readers
from core.owners import owners_of
from forum.models import CategorySubscription, Notification, Post, TopicSubscription
from forum.models.following import TOLD, Level
from forum.models.notifications import Kind
from forum.states import State


def tell_followers(post: Post) -> Kind | None:
    """Put a line into the inbox of each who follows, and return its kind; None if none may be told.

    One statement whatever their number: followers of the topic, or of the category for a new
    topic, less those who muted the topic, those who may not read it, its author, and those whom
    this very post has already given a line (a mention). Needs `topic__category` selected.
    """
    topic = post.topic
    if not State.PUBLISHED == post.state == topic.state:
        return None
    subscriptions: QuerySet[Any]
    if post.is_opening:
        kind = Kind.TOPIC
        subscriptions = CategorySubscription.objects.filter(category=topic.category_id)
    else:
        kind = Kind.REPLY
        subscriptions = TopicSubscription.objects.filter(topic=topic)
    muted = TopicSubscription.objects.filter(topic=topic, level=Level.MUTE)
    told = (
        readers(get_user_model().objects.all(), topic.category.audience)
        .filter(pk__in=subscriptions.filter(level__in=TOLD).values("user"))
        .exclude(pk__in=muted.values("user"))
        .exclude(pk__in=Notification.objects.filter(post=post).values("user"))
        .exclude(pk=post.author_id)
    )
    _insert(told, kind=kind, topic=topic.pk, post=post.pk, actor=post.author_id)
    return kind


def tell_owners(post: Post) -> None:
    """Tell those who stand behind the page of a new topic, as far as they may read the topic.

    Needs `topic__category` and `topic__page` selected.
    """
    topic = post.topic
    if topic.page is None or not post.is_opening:
        return
    if not State.PUBLISHED == post.state == topic.state:
        return
    muted = TopicSubscription.objects.filter(topic=topic, level=Level.MUTE)
    told = (
        readers(get_user_model().objects.all(), topic.category.audience)
        .filter(pk__in=owners_of(topic.page))
        .exclude(pk__in=muted.values("user"))
        .exclude(pk=post.author_id)
    )
    _insert(told, kind=Kind.TOPIC, topic=topic.pk, post=post.pk, actor=post.author_id)


def _insert(told: QuerySet[Any], **values: Any) -> None:
    """INSERT … SELECT; whoever has an unread line of this kind about this topic keeps that one.

    In the order of the accounts, so that two posts at once do not wait for each other in a circle.
    """
    model: type[Model] = Notification
    columns = [model._meta.get_field(name).column for name in ("user", *values, "created_at")]
    now = Value(timezone.now(), output_field=DateTimeField())
    selected = told.order_by("pk").values_list("pk", *map(Value, values.values()), now)
    sql, params = selected.query.sql_with_params()
    quote = connection.ops.quote_name
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) "
    with connection.cursor() as cursor:
        cursor.execute(f"{insert}{sql} ON CONFLICT DO NOTHING", params)
