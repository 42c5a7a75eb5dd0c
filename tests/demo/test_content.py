"""What the demo holds once it is loaded."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth import authenticate
from django.core import mail
from django.core.management import call_command
from django.db import models
from django.db.models import Q
from wagtail.fields import StreamField
from wagtail.models import Page

from bestpractices.models import BestPracticePage, CaseStudyPage, PracticeBase
from core.models import CustomImage, SampleMixin
from demo.accounts import PASSWORD
from demo.source import read
from events.models import EventPage
from forum.models import Category, Notification, Post, Reaction, Topic, TopicSubscription
from forum.models.following import Level
from forum.models.notifications import Kind
from forum.models.reactions import ReactionKind
from forum.recount import drifts
from home.models import Footer, HomePage, Navigation, StandardPage
from members.models import User
from search.models import SavedSearch, SearchEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.slow]

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
IN_ENGLISH = {"locale__language_code": "en"}


def test_counts():
    written = Q(slug__in=[row["slug"] for row in read("practices")])
    practices = PracticeBase.objects.filter(written, **IN_ENGLISH)
    assert practices.count() == 24
    assert practices.filter(is_sample=False).count() == 8
    assert BestPracticePage.objects.filter(written, **IN_ENGLISH).count() == 16
    assert CaseStudyPage.objects.filter(written, **IN_ENGLISH).count() == 8
    assert EventPage.objects.live().count() == 20
    assert EventPage.objects.filter(is_sample=False).past().count() == 10
    assert EventPage.objects.live().filter(is_sample=True).upcoming().count() == 10
    assert Category.objects.count() == 4
    assert Topic.objects.count() == 30
    assert Post.objects.count() == 150
    assert len({topic.language for topic in Topic.objects.all()}) == 8
    assert User.objects.count() == len(read("accounts"))


def test_whatever_is_invented_says_so():
    assert not User.objects.exclude(is_sample=True).exists()
    assert not Topic.objects.exclude(is_sample=True).exists()
    assert not Post.objects.exclude(is_sample=True).exists()
    kinds = [
        model
        for model in apps.get_models()
        if issubclass(model, SampleMixin) and issubclass(model, Page)
    ]
    assert {PracticeBase, EventPage} <= set(kinds)
    for model in kinds:
        real = model.objects.filter(is_sample=False)
        assert not real.filter(source_url="").exists(), model
        assert real.count() < model.objects.count()
    assert not CustomImage.objects.exclude(is_generated=True).exists()
    assert not CustomImage.objects.filter(credit="").exists()


def test_no_address_leads_to_anybody():
    found = set()
    for model in apps.get_models():
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(
                field, (models.CharField, models.TextField, models.JSONField, StreamField)
            )
        ]
        for row in model._base_manager.values_list(*names) if names else ():
            for value in row:
                raw = value.raw_data if hasattr(value, "raw_data") else value
                found |= set(ADDRESS.findall(str(raw)))
    assert found
    assert {address.rsplit("@")[-1].rstrip(".") for address in found} == {"example.org"}
    assert not mail.outbox


def test_accounts_can_log_in():
    for row in read("accounts"):
        user = authenticate(None, username=row["email"], password=PASSWORD)
        assert user is not None, row["email"]
        assert user.is_member == (row["role"] != "newcomer")
        assert EmailAddress.objects.get(user=user).verified
        assert user.has_perm("wagtailadmin.access_admin") == (
            row["role"] not in {"member", "newcomer"}
        )
        assert user.is_superuser == (row["role"] == "administrator")


def test_all_is_written_as_editors_and_forms_would_have_it():
    pages = [*PracticeBase.objects.all(), *EventPage.objects.all(), *StandardPage.objects.all()]
    pages += HomePage.objects.all()
    for page in pages:
        specific = page.specific
        specific.full_clean()
        _clean_streams(specific)
    for row in [*Navigation.objects.all(), *Footer.objects.all()]:
        _clean_streams(row)
    for model in (User, Category, Topic, Post):
        for row in model.objects.all():
            row.full_clean(exclude=["category", "author", "topic", "page", "last_post"])


def _clean_streams(row):
    for field in row._meta.concrete_fields:
        if isinstance(field, StreamField):
            value = getattr(row, field.name)
            assert len(value.stream_block.clean(value)) == len(value)


def test_the_texts_of_the_files_are_all_there():
    rows = {row["slug"]: row for row in read("practices")}
    for page in PracticeBase.objects.filter(slug__in=rows, **IN_ENGLISH):
        row, page = rows[page.slug], page.specific
        assert page.title == row["title"]
        assert page.tags.count() == len(row["tags"])
        assert page.indicators.count() == len(row["indicators"])
        assert len(page.body) == len(row.get("description") or row.get("story"))
        assert {chain.pk for chain in page.value_chains.all()} == set(row["value_chains"])
        assert (page.region_id or "") == row["region"]
    for row in read("events"):
        page = EventPage.objects.get(slug=row["slug"])
        assert page.local_start.strftime("%H:%M") == row["start"][11:]
        assert page.timezone == row["timezone"]
    for page in CaseStudyPage.objects.filter(slug__in=rows, **IN_ENGLISH):
        used = {item.practice.slug for item in page.practices_used.all()}
        assert used == set(rows[page.slug]["practices_used"])


@pytest.mark.parametrize("language", ["fr", "es"])
def test_two_practices_are_translated_with_the_site_around_them(language):
    translated = PracticeBase.objects.filter(locale__language_code=language)
    assert translated.count() == 2
    for page in translated:
        source = page.get_translation(page.locale.get_default())
        assert page.live
        assert page.title != source.title
        assert page.specific.indicators.count() == source.specific.indicators.count()
        assert page.specific.tags.count() == source.specific.tags.count()
        assert page.get_parent().locale == page.locale
        assert page.listing_image.description != source.listing_image.description
    home = HomePage.objects.get(locale__language_code=language)
    assert home.live
    assert home.hero_intro
    assert home.picks.count() == 3
    assert Navigation.objects.count() == 8
    assert Footer.objects.count() == 3


def test_the_forum_is_as_its_own_actions_leave_it():
    assert not list(drifts())
    assert Post.objects.filter(state="pending").count() == 3
    assert Post.objects.filter(state="hidden").count() == 1
    for topic in Topic.objects.all():
        numbers = topic.posts.exclude(number=None).order_by("published_at")
        assert list(numbers.values_list("number", flat=True)) == list(range(1, numbers.count() + 1))


def test_everything_can_be_found():
    call_command("search_index", "verify", verbosity=0)
    kinds = set(SearchEntry.objects.findable().values_list("kind", flat=True))
    assert {"practice", "case_study", "event", "topic", "post"} <= kinds


def test_searches_are_kept_and_picked_for(client):
    saved = SavedSearch.objects.filter(user__email="member@example.org")
    assert dict(saved.values_list("name", "rhythm")) == {
        "repair": "weekly",
        "digital product passport": "daily",
        "Events about sorting": "none",
    }
    for row in read("searches")["picks"]:
        picks = client.get("/en/search/", {"q": row["words"]}).context["picks"]
        assert [pick["description"] for pick in picks] == [row["description"]]


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_glossary_is_linked_at_the_foot_of_every_page(client, language):
    html = client.get(f"/{language}/practices/", follow=True).content.decode()
    footer = html[html.rindex("<footer") :]
    assert f'href="/{language}/glossary/"' in footer
    assert client.get(f"/{language}/glossary/").status_code == 200


def test_every_page_answers(client):
    pages = Page.objects.live().filter(depth__gt=1)
    assert pages.count() > 50
    for page in pages:
        assert client.get(page.url).status_code == 200, page.url
    for topic in Topic.objects.select_related("category"):
        expected = 200 if topic.category.audience == "public" else 404
        assert client.get(topic.get_absolute_url()).status_code == expected, topic


def test_the_forum_shows_what_it_can():
    assert set(Reaction.objects.values_list("kind", flat=True)) == set(ReactionKind.values)
    assert not Reaction.objects.filter(user__is_sample=False).exists()
    solved = Topic.objects.solved()
    assert solved.count() == 4
    assert len({topic.language for topic in solved}) > 1
    assert Topic.objects.filter(tags__isnull=False).distinct().count() > 20
    member = User.objects.get(email="member@example.org")
    assert TopicSubscription.objects.filter(user=member, level=Level.WATCH).count() == 3
    lines = Notification.objects.filter(user=member)
    assert lines.visible_to(member).filter(kind=Kind.REPLY).count() == 2
    assert Notification.objects.filter(kind=Kind.ACCEPTED).count() == 4


def test_the_forum_writes_to_nobody():
    assert not Notification.objects.filter(mailed_at=None).exists()
