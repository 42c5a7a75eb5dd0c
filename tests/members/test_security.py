"""Where one is logged in, and how to end it: on one page, by plain forms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.devices import device_of
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)
PASSWORD = "linen-and-wool-42"
ADDRESS = "/en/members/security/"


@pytest.fixture
def person():
    user = MemberFactory(password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def logged_in(person, user_agent=FIREFOX):
    browser = Client(headers={"user-agent": user_agent})
    browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert is_in(browser)
    return browser


def is_in(browser):
    return browser.get(ADDRESS).status_code == 200


class TestSessions:
    def test_each_is_listed_with_its_device_and_this_one_first(self, person):
        telephone, here = logged_in(person, IPHONE), logged_in(person)
        telephone.get(ADDRESS)
        page = here.get(ADDRESS)
        assert [one["device"] for one in page.context["sessions"]] == [
            "Firefox, Linux",
            "Safari, iPhone",
        ]
        assert [one["is_current"] for one in page.context["sessions"]] == [True, False]

    def test_one_is_ended_and_the_others_stay(self, person):
        telephone, tablet, here = (logged_in(person, agent) for agent in (IPHONE, IPHONE, FIREFOX))
        row = UserSession.objects.get(session_key=telephone.session.session_key)
        here.post(reverse("members:end_session", args=[row.pk]), follow=True)
        assert [is_in(one) for one in (telephone, tablet, here)] == [False, True, True]

    def test_all_others_are_ended_at_once(self, person):
        telephone, tablet, here = (logged_in(person, agent) for agent in (IPHONE, IPHONE, FIREFOX))
        page = here.post(reverse("members:end_other_sessions"), follow=True)
        assert "2 devices are logged out." in page.content.decode()
        assert [is_in(one) for one in (telephone, tablet, here)] == [False, False, True]

    def test_nobody_ends_those_of_others(self, person):
        here = logged_in(person)
        row = UserSession.objects.get()
        other = MemberFactory(password=PASSWORD)
        EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
        stranger = logged_in(other)
        stranger.post(reverse("members:end_session", args=[row.pk]))
        stranger.post(reverse("members:end_other_sessions"))
        assert is_in(here)

    @pytest.mark.parametrize("name", ["end_other_sessions", "end_session"])
    def test_a_link_ends_nothing(self, person, name):
        here, other = logged_in(person), logged_in(person)
        args = [UserSession.objects.latest("pk").pk] if name == "end_session" else []
        assert here.get(reverse(f"members:{name}", args=args)).status_code == 405
        assert is_in(other)

    def test_one_that_is_over_is_not_listed(self, person):
        telephone, here = logged_in(person, IPHONE), logged_in(person)
        telephone.session.flush()
        assert len(here.get(ADDRESS).context["sessions"]) == 1
        person.set_password("flax-and-hemp-42")
        person.save()
        assert not is_in(here)

    def test_their_number_costs_no_queries(self, person, django_assert_max_num_queries):
        here = logged_in(person)
        for _number in range(3):
            logged_in(person, IPHONE)
        here.get(ADDRESS)
        with django_assert_max_num_queries(12):
            page = here.get(ADDRESS)
        assert len(page.context["sessions"]) == 4

    def test_the_last_use_is_noted_every_ten_minutes_only(self, person):
        here = logged_in(person)
        long_ago = timezone.now() - timedelta(hours=3)
        UserSession.objects.update(last_seen_at=long_ago)
        here.get(ADDRESS)
        assert UserSession.objects.get().last_seen_at == long_ago
        cache.clear()
        here.get(ADDRESS)
        assert UserSession.objects.get().last_seen_at > timezone.now() - timedelta(minutes=1)


class TestPage:
    def test_it_leads_to_everything_that_keeps_an_account_safe(self, person):
        page = logged_in(person).get(ADDRESS).content.decode()
        for name in ("account_email", "account_change_password", "mfa_index"):
            assert f'href="{reverse(name)}"' in page
        assert "has no second factor" in page
        assert person.email in page

    def test_it_says_that_there_is_a_second_factor(self, person):
        here = logged_in(person)
        TOTP.activate(person, "JBSWY3DPEHPK3PXP")
        assert "A second factor protects your account." in here.get(ADDRESS).content.decode()

    def test_it_is_ones_own(self, client):
        assert client.get(ADDRESS).url.startswith(reverse("account_login"))

    def test_there_is_no_second_list_of_sessions(self, person):
        answer = logged_in(person).get(reverse("usersessions_list"))
        assert answer.url == ADDRESS


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox, Linux"),
        (IPHONE, "Safari, iPhone"),
        (f"{IPHONE} CriOS/120", "Chrome, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126 Safari/537 Edg/126", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126 Mobile Safari/537", "Chrome, Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Safari/605", "Safari, macOS"),
        ("curl/8.9", "An unknown device"),
        ("", "An unknown device"),
        ("<script>alert(1)</script>", "An unknown device"),
    ],
)
def test_a_browser_is_called_what_its_owner_calls_it(user_agent, words):
    assert device_of(user_agent) == words
