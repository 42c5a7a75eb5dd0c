"""What the demo does on a site that has none, and what is left when it has gone."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from demo import events, invented, reset, safety, site
from demo.models import DemoObject
from demo.registry import Registry
from demo.source import read
from home.models import HomePage
from members.models import User
from tests.demo.conftest import everything, load_small

pytestmark = [pytest.mark.django_db]


@pytest.mark.slow
def test_a_reset_leaves_nothing(db, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    home = site.first_home()
    before = everything()
    blank = (home.title, home.hero_title, home.hero_intro, list(home.body))
    load_small(total_practices=25)
    assert everything() != before
    assert any(tmp_path.rglob("*.jpg"))
    with django_capture_on_commit_callbacks(execute=True):
        assert reset.remove() > 300
    after = everything()
    assert {key: (before[key], after[key]) for key in before if before[key] != after[key]} == {}
    home = HomePage.objects.get(pk=home.pk)
    assert (home.title, home.hero_title, home.hero_intro, list(home.body)) == blank
    assert not any(tmp_path.rglob("*.jpg"))
    assert reset.remove() == 0


def test_a_home_page_with_words_of_its_own_is_left_alone(db):
    home = site.first_home()
    home.hero_title = "Our own words"
    home.save_revision().publish()
    registry = Registry()
    site.load_frame(registry, None)
    site.load_texts(registry, None)
    assert HomePage.objects.get(pk=home.pk).hero_title == "Our own words"
    reset.remove()
    assert HomePage.objects.get(pk=home.pk).hero_title == "Our own words"


@pytest.mark.parametrize("years", [0, 1, 5, 20])
def test_samples_are_to_come_whenever_the_demo_is_loaded(monkeypatch, years):
    real = timezone.now()
    now = real + timedelta(days=365 * years)
    monkeypatch.setattr(timezone, "now", lambda: now)
    for row in read("events"):
        if row["is_sample"]:
            shift = events._shift(row)
            assert events._moment(row, "start", shift) > now
            assert shift.days % 7 == 0


def test_invented_texts_differ_and_never_change():
    many = [invented.invent(number) for number in range(500)]
    assert len({text.title for text in many}) == 500
    assert len({text.summary for text in many}) == 500
    assert invented.invent(7) == many[7]
    assert {tag for text in many for tag in text.tags} == invented.TAGS
    assert all(len(text.title) <= 100 and len(text.summary) <= 300 for text in many)


@pytest.mark.parametrize(
    ("hosts", "reachable"),
    [
        (["localhost", "127.0.0.1", "[::1]"], []),
        (["demo.localhost", "site.test"], []),
        (["localhost", "fashion.example.eu"], ["fashion.example.eu"]),
        (["*"], ["*"]),
        ([".example.eu"], [".example.eu"]),
    ],
)
def test_where_others_can_reach_the_site(settings, hosts, reachable):
    settings.ALLOWED_HOSTS = hosts
    assert safety.reachable_hosts() == reachable


def test_the_command_refuses_where_others_can_reach_the_site(db, settings):
    settings.ALLOWED_HOSTS = ["fashion.example.eu"]
    with pytest.raises(CommandError, match=r"fashion\.example\.eu"):
        call_command("load_demo")
    assert not User.objects.exists()
    assert not DemoObject.objects.exists()
