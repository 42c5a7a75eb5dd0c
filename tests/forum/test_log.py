"""The log only grows."""

import pytest
from django.db import DatabaseError, connection, transaction

from forum.models import ModerationLog
from forum.states import Act, State
from tests.factories.forum import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(moderator):
    return ModerationLog.objects.create(
        post=make_topic().posts.get(),
        actor=moderator,
        action=Act.HIDE,
        from_state=State.PUBLISHED,
        to_state=State.HIDDEN,
        reason="Advertising",
    )


def test_the_model_refuses_changes(entry):
    entry.reason = "Nothing"
    for change in (
        entry.save,
        entry.delete,
        ModerationLog.objects.all().delete,
        lambda: ModerationLog.objects.update(reason=""),
    ):
        with pytest.raises(TypeError):
            change()
    assert ModerationLog.objects.get().reason == "Advertising"


@pytest.mark.services
@pytest.mark.parametrize(
    "statement",
    ["UPDATE forum_moderationlog SET reason = ''", "DELETE FROM forum_moderationlog"],
)
def test_postgresql_refuses_changes(entry, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert ModerationLog.objects.count() == 1


def test_it_outlives_the_post_and_the_account_it_names(entry, moderator):
    key = entry.post_id
    entry.post.topic.delete()
    moderator.delete()
    kept = ModerationLog.objects.select_related("actor", "post").get()
    assert (kept.post_id, kept.post, kept.actor) == (key, None, None)
