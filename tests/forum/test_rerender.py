"""The command that renders posts anew after the renderer has changed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core import searchable
from forum import rerender as module
from forum.markdown import RENDERER_VERSION, render
from forum.models import Post
from forum.states import State
from search.models import SearchEntry
from tests.factories.forum import in_state, make_reply, make_topic

pytestmark = pytest.mark.django_db


def run(**options):
    out = StringIO()
    call_command("forum_rerender", stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.fixture
def posts():
    topic = make_topic(source="The **opening**")
    rows = [topic.posts.get(), *(make_reply(topic, source=f"Reply *{n}*") for n in range(4))]
    in_state(rows[4], State.HIDDEN)
    Post.objects.update(html="<p>as it was</p>", renderer_version=RENDERER_VERSION - 1)
    for row in rows[:4]:
        searchable.changed(row.topic if row.is_opening else Post.objects.get(pk=row.pk))
    return rows


def test_every_old_post_is_rendered_whatever_its_state(posts):
    assert "5 posts rendered, 5 of them differ, 0 failed" in run(batch=2)
    for post in Post.objects.all():
        assert (post.html, post.renderer_version) == (render(post.source), RENDERER_VERSION)
    assert "0 posts rendered" in run()


def test_posts_of_this_version_are_left_alone(posts):
    Post.objects.filter(pk=posts[1].pk).update(renderer_version=RENDERER_VERSION)
    run()
    assert Post.objects.get(pk=posts[1].pk).html == "<p>as it was</p>"


def test_search_follows(posts):
    assert set(SearchEntry.objects.findable().values_list("body", flat=True)) == {"as it was"}
    run()
    found = set(SearchEntry.objects.findable().values_list("body", flat=True))
    assert found == {"The opening", "Reply 0", "Reply 1", "Reply 2"}


def test_one_that_fails_is_told_and_stops_nothing(posts, monkeypatch):
    def broken(source):
        if "1" in source:
            raise ValueError("cannot")
        return render(source)

    monkeypatch.setattr(module, "render", broken)
    with pytest.raises(CommandError):
        run(batch=2)
    left = Post.objects.exclude(renderer_version=RENDERER_VERSION)
    assert [post.pk for post in left] == [posts[2].pk]
    assert left[0].html == "<p>as it was</p>"
    monkeypatch.undo()
    assert "1 posts rendered" in run()


@pytest.mark.parametrize("html", ["", "x" * 200_001], ids=["nothing", "too much"])
def test_what_cannot_be_shown_is_not_stored(posts, monkeypatch, html):
    monkeypatch.setattr(module, "render", lambda _source: html)
    with pytest.raises(CommandError):
        run()
    assert set(Post.objects.values_list("html", flat=True)) == {"<p>as it was</p>"}


def test_goes_on_where_it_was_stopped(posts):
    steps = module.rerender(batch=2)
    next(steps)
    steps.close()
    assert Post.objects.filter(renderer_version=RENDERER_VERSION).count() == 2
    assert "3 posts rendered" in run()
