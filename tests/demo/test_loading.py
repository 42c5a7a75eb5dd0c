"""Loading again, taking away, making more."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from bestpractices.models import BestPracticePage, PracticeBase
from demo import reset
from events.models import EventIndexPage, EventPage
from forum import actions
from forum.models import Category, Post, Topic
from home.models import Navigation
from members.models import User
from tests.demo.conftest import everything, load_small
from tests.factories.members import MemberFactory

# No class: its tests would be another group, in another process, which loads the demo too.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.slow]


def test_a_second_time_makes_nothing():
    before = everything()
    assert load_small() == 0
    assert everything() == before


def test_what_people_changed_stays():
    practice = BestPracticePage.objects.filter(locale__language_code="en").first()
    practice.title, practice.slug = "Better words", "better-words"
    practice.save_revision().publish()
    event = EventPage.objects.live().first()
    event.delete()
    topic = Topic.objects.exclude(posts__state="pending").first()
    gone = topic.posts.count()
    topic.delete()
    Navigation.objects.filter(locale__language_code="da").delete()
    User.objects.get(email="member@example.org").groups.clear()
    posts = Post.objects.count()
    assert load_small() == 0
    assert PracticeBase.objects.get(pk=practice.pk).title == "Better words"
    assert EventPage.objects.live().count() == 19
    assert Post.objects.count() == posts
    assert posts == 150 - gone
    assert Navigation.objects.count() == 7
    assert not User.objects.get(email="member@example.org").groups.exists()


def test_a_reset_keeps_what_others_made():
    author = MemberFactory(email="somebody@example.com", is_sample=False)
    index = EventIndexPage.objects.get(locale__language_code="en")
    now = timezone.now()
    own = index.add_child(
        instance=EventPage(
            title="Ours", event_type="mission", start=now, end=now + timedelta(hours=1)
        )
    )
    topic = actions.start_topic(
        author=author,
        category=Category.objects.get(slug="circular-business"),
        title="Our own question",
        source="How?",
        language="en",
        key="6f9619ff-8b86-d011-b42d-00cf4fc964ff",
        trusted=True,
    )
    member = User.objects.get(email="member@example.org")
    actions.reply(
        author=member,
        topic=topic,
        source="So.",
        language="en",
        key="7f9619ff-8b86-d011-b42d-00cf4fc964ff",
        trusted=True,
    )
    reset.remove()
    assert list(User.objects.values_list("email", flat=True)) == ["somebody@example.com"]
    assert list(EventPage.objects.values_list("pk", flat=True)) == [own.pk]
    assert list(Category.objects.values_list("slug", flat=True)) == ["circular-business"]
    topic.refresh_from_db()
    assert (topic.reply_count, topic.posts.count()) == (0, 1)
    assert Category.objects.get().topic_count == 1
    call_command("search_index", "verify", verbosity=0)


def test_more_for_a_benchmark():
    assert load_small(total_practices=40) == 14
    practices = PracticeBase.objects.filter(locale__language_code="en", is_sample=True)
    invented_ones = practices.filter(slug__startswith="sample-practice-")
    assert invented_ones.count() == 14
    assert len({page.listing_summary for page in invented_ones}) == 14
    assert load_small(total_practices=40) == 0
    assert load_small(total_practices=42) == 2
    page = invented_ones.first().specific
    page.full_clean()
    assert page.value_chains.exists()
    assert page.indicators.exists()
    Page.fix_tree()
    assert not any(Page.find_problems())


def test_reset_loads_anew():
    BestPracticePage.objects.filter(locale__language_code="en").update(listing_summary="Changed")
    EventPage.objects.live().first().delete()
    reset.remove()
    assert load_small() > 300
    assert EventPage.objects.live().count() == 20
    assert not BestPracticePage.objects.filter(listing_summary="Changed").exists()


def test_the_commands_print_the_accounts(settings, capsys):
    settings.ALLOWED_HOSTS = ["localhost"]
    call_command("load_demo")
    printed = capsys.readouterr().out
    call_command("demo_accounts")
    accounts = capsys.readouterr().out
    assert accounts.strip() in printed
    for role in ("member", "editor", "second editor", "moderator", "administrator"):
        assert role in accounts
    assert "fashion-demo" in accounts
    User.objects.all().delete()
    call_command("demo_accounts")
    assert capsys.readouterr().out.strip() == "There are no accounts of the demo."
    assert Group.objects.exists()
