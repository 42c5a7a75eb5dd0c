"""The pages of those who look after an organisation: nothing typed is lost, nobody else gets in."""

import re

import pytest
from django.urls import reverse

from directory.models import Claim, ClusterMembership, Invitation, Organisation
from directory.states import Standing, State
from directory.vocabulary import Role
from tests.directory.tables import FULL, as_csv, run
from tests.factories.directory import (
    give_role,
    make_cluster,
    make_membership,
    make_organisation,
)
from tests.factories.members import AdministratorFactory, CoordinatorFactory, MemberFactory

pytestmark = pytest.mark.django_db


def form_of(page):
    """What a browser would send of the large form on a page as it is."""
    html = page.content.decode().partition('enctype="multipart/form-data"')[2]
    found = {}
    for tag in re.findall(r"<input[^>]+>", html):
        name = re.search(r'name="([^"]+)"', tag)
        kind = re.search(r'type="([^"]+)"', tag)
        if not name or name[1] == "csrfmiddlewaretoken" or kind[1] == "file":
            continue
        value = re.search(r'value="([^"]*)"', tag)
        if kind[1] == "checkbox":
            if "checked" in tag:
                found.setdefault(name[1], []).append(value[1])
        else:
            found[name[1]] = value[1] if value else ""
    selects = r'<select name="([^"]+)"([^>]*)>(.*?)</select>'
    for name, rest, options in re.findall(selects, html, re.S):
        if "multiple" in rest:
            found[name] = re.findall(r'value="([^"]*)" selected', options)
            continue
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.S):
        found[name] = text.strip()
    return found


def at(name, organisation, *more):
    return reverse(f"directory:{name}", args=[organisation.slug, *more])


def test_from_nothing_to_the_site(client_for):
    person = MemberFactory()
    browser = client_for(person)
    begun = {"name": "Tecelagem Nova", "kind": "sme", "country": "PT", "town": "braga"}
    answer = browser.post(reverse("directory:new"), {**begun, "language": "pt"})
    mill = Organisation.objects.get()
    assert answer.url == at("manage", mill)
    page = browser.get(at("manage", mill))
    assert "Still missing" in page.content.decode()
    sent = form_of(page) | {
        "summary": "Tece e retoma.",
        "value_chains": ["circular_economy"],
        "roles": ["fabric"],
        "languages": ["pt"],
        "offers-0-capability": "weaving",
        "offers-0-text": "Linho",
        "hosting-most_visitors": "4",
        "staff": "12",
        "exports": ["FR", "DK"],
        "other_nace": ["13.20"],
        "hosting-months": ["3", "4"],
    }
    assert browser.post(at("manage", mill), sent).status_code == 302
    mill.refresh_from_db()
    assert mill.hosting.months == [3, 4]
    assert (mill.region_id, mill.size_class, mill.hosting.most_visitors) == ("PT11", "small", 4)
    again = form_of(browser.get(at("manage", mill)))
    assert again["offers-0-text"] == "Linho"
    assert again["value_chains"] == ["circular_economy"]
    assert again["exports"] == ["DK", "FR"]
    assert again["other_nace"] == ["13.20"]
    assert again["hosting-months"] == ["3", "4"]
    sent = browser.post(at("act", mill, "submit"), {"version": mill.version})
    assert sent.status_code == 302
    mill.refresh_from_db()
    assert mill.state == State.SUBMITTED
    # What was sent stays as it is until it is answered.
    assert browser.post(at("manage", mill), again).status_code == 404
    reviewer = client_for(CoordinatorFactory())
    review = reverse("directory:review")
    assert "Tecelagem Nova" in reviewer.get(review).content.decode()
    reviewer.post(review, {"answer": f"publish:{mill.pk}", "version": mill.version})
    assert client_for().get(mill.get_absolute_url()).status_code == 200


def test_an_organisation_is_not_begun_twice_by_mistake(client_for):
    there = make_organisation(name="Fiação Nova")
    browser = client_for(MemberFactory())
    data = {"name": "fiacao nova", "kind": "sme", "country": "PT", "town": "", "language": "en"}
    page = browser.post(reverse("directory:new"), data)
    assert page.status_code == 422
    assert at("claim", there) in page.content.decode()
    assert 'value="fiacao nova"' in page.content.decode()
    assert browser.post(reverse("directory:new"), {**data, "is_another": "on"}).status_code == 302
    assert Organisation.objects.count() == 2


def test_what_was_typed_comes_back_with_what_is_wrong(client_for):
    cluster = make_cluster()
    browser = client_for(give_role(cluster))
    sent = form_of(browser.get(at("manage", cluster))) | {
        "summary": "My new words",
        "website": "not an address",
        "cluster-members_total": "10",
        "cluster-smes": "3",
        "cluster-large": "3",
        "cluster-research": "3",
        "cluster-others": "3",
        "offers-0-text": "Without a capability",
        "staff": "many",
    }
    page = browser.post(at("manage", cluster), sent)
    text = page.content.decode()
    assert page.status_code == 422
    assert "My new words" in text
    assert "Without a capability" in text
    assert "must add up" in text
    assert "Choose what this is about." in text
    assert Organisation.objects.get(pk=cluster.pk).summary != "My new words"


def test_two_windows_and_nothing_is_lost(client_for):
    mill = make_organisation()
    browser = client_for(give_role(mill))
    first = form_of(browser.get(at("manage", mill))) | {"summary": "First window"}
    second = dict(first, summary="Second window")
    assert browser.post(at("manage", mill), first).status_code == 302
    page = browser.post(at("manage", mill), second)
    assert page.status_code == 422
    assert "Second window" in page.content.decode()
    # The page has been looked at again: sent once more, it holds.
    assert browser.post(at("manage", mill), form_of(page)).status_code == 302
    assert Organisation.objects.get(pk=mill.pk).summary == "Second window"


def test_imported_addresses_outlive_an_edit(client_for):
    assert run(CoordinatorFactory(), as_csv(FULL)).new == 1
    mill = Organisation.objects.get()
    before, browser = mill.links, client_for(give_role(mill))
    sent = form_of(browser.get(at("manage", mill)))
    assert browser.post(at("manage", mill), sent | {"summary": "Newer"}).status_code == 302
    mill.refresh_from_db()
    assert (mill.summary, mill.links) == ("Newer", before)
    assert [link["label"] for link in before] == ["Loja", ""]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("Shop javascript:alert(1)", "valid URL"),
        ("\n".join(f"Shop {n} https://x.example/{n}" for n in range(11)), "10 lines at most"),
        (f"{'x' * 101} https://x.example", "at most 100 characters"),
    ],
)
def test_addresses_that_do_not_fit_come_back_at_their_field(client_for, typed, message):
    mill = make_organisation()
    browser = client_for(give_role(mill))
    sent = form_of(browser.get(at("manage", mill))) | {"other_addresses": typed}
    answer = browser.post(at("manage", mill), sent)
    assert answer.status_code == 422
    assert message in str(answer.context["forms"].profile.errors["other_addresses"])
    assert form_of(answer)["other_addresses"] == typed


@pytest.mark.parametrize("who", ["visitor", "member", "reader", "editor", "administrator"])
def test_who_gets_in_where(client_for, who):
    mill = make_organisation()
    person = {
        "visitor": lambda: None,
        "member": MemberFactory,
        "reader": lambda: give_role(mill, Role.READER),
        "editor": lambda: give_role(mill, Role.EDITOR),
        "administrator": lambda: give_role(mill),
    }[who]()
    browser = client_for(person)
    belongs = who not in {"visitor", "member"}
    for name in ("manage", "people", "clusters"):
        status = 302 if who == "visitor" else (200 if belongs else 404)
        assert browser.get(at(name, mill)).status_code == status
    invited = {"email": "new@example.org", "role": "editor", "language": "en"}
    answer = browser.post(at("people", mill), invited)
    assert Invitation.objects.exists() is (who == "administrator")
    assert answer.status_code == (302 if who in {"visitor", "administrator"} else 404)
    expected = {"visitor": 302, "member": 404, "reader": 404, "editor": 302, "administrator": 302}
    confirmed = browser.post(at("act", mill, "confirm"), {"version": mill.version})
    assert confirmed.status_code == expected[who]
    for name, data in (("publish", {"version": 1}), ("x", {"version": 1}), ("confirm", {})):
        answer = browser.post(at("act", mill, name), data)
        assert answer.status_code == (302 if who == "visitor" else 404)


def test_a_cluster_is_asked_and_answers(client_for):
    mill, cluster = make_organisation(), make_cluster()
    owner, officer = client_for(give_role(mill)), client_for(give_role(cluster))
    asked = owner.post(at("clusters", mill), {"cluster": cluster.slug, "since": "2020-02-01"})
    assert asked.status_code == 302
    membership = ClusterMembership.objects.get()
    review = reverse("directory:review")
    assert mill.name in officer.get(review).content.decode()
    assert mill.name not in owner.get(review).content.decode()
    for answer in (f"admit:{membership.pk}", f"admit:{membership.pk}x", "x", ""):
        assert owner.post(review, {"answer": answer}).status_code == 404
    assert officer.post(review, {"answer": f"admit:{membership.pk}"}).status_code == 302
    membership.refresh_from_db()
    assert membership.standing == Standing.CONFIRMED
    assert owner.post(at("clusters", mill), {"end": membership.pk}).status_code == 302
    membership.refresh_from_db()
    assert membership.standing == Standing.EXPIRED


def test_a_claim_by_its_page(client_for):
    mill, cluster = make_organisation(), make_cluster()
    make_membership(mill, cluster)
    claimant, officer = MemberFactory(), client_for(give_role(cluster))
    browser = client_for(claimant)
    asked = {"message": "I run it.", "role": "administrator"}
    for wrong in ({"message": ""}, {"role": ""}, {"role": "owner"}):
        assert browser.post(at("claim", mill), {**asked, **wrong}).status_code == 422
    profile = mill.get_absolute_url()
    for back, target in (("//evil.example", profile), ("x", profile), ("/en/forum/", "/en/forum/")):
        Claim.objects.all().delete()
        assert browser.post(f"{at('claim', mill)}?next={back}", asked).url == target
    review = reverse("directory:review")
    page = officer.get(review).content.decode()
    assert "I run it." in page
    key = re.search(r'value="(grant:\d+)"', page)[1]
    officer.post(review, {"answer": key})
    assert mill.roles.get(user=claimant).role == Role.ADMINISTRATOR


class TestAdmin:
    def test_coordinators_only(self, client_for, settings):
        settings.MFA_REQUIRED_FOR_STAFF = False
        for name in ("queue", "award"):
            address = reverse(f"directory_admin:{name}")
            assert client_for(CoordinatorFactory()).get(address).status_code == 200
            assert client_for(AdministratorFactory()).get(address).status_code == 200
            assert client_for(MemberFactory()).get(address).status_code in {302, 404}

    def test_many_at_once_and_those_that_moved_on_stay(self, client_for, settings):
        settings.MFA_REQUIRED_FOR_STAFF = False
        browser = client_for(CoordinatorFactory())
        rows = [make_organisation(State.SUBMITTED) for _ in range(3)]
        page = browser.get(reverse("directory_admin:queue")).content.decode()
        chosen = re.findall(r'name="organisations"\s+value="(\d+:\d+)"', page)
        assert len(chosen) == 3
        Organisation.objects.filter(pk=rows[0].pk).update(version=7)
        bulk = reverse("directory_admin:bulk")
        browser.post(bulk, {"organisations": chosen, "act": "publish"})
        states = list(Organisation.objects.order_by("pk").values_list("state", flat=True))
        assert states == [State.SUBMITTED, State.PUBLISHED, State.PUBLISHED]
        for nothing in ({}, {"organisations": ["x", "1:x", "9" * 30 + ":1"]}):
            page = browser.post(bulk, {**nothing, "act": "publish"}, follow=True)
            assert "Choose organisations and a decision." in page.content.decode()

    def test_a_label_is_added_once(self, client_for, settings):
        settings.MFA_REQUIRED_FOR_STAFF = False
        browser, cluster = client_for(CoordinatorFactory()), make_cluster()
        data = {
            "organisation": cluster.pk,
            "level": "silver",
            "awarded_on": "2026-01-01",
            "valid_until": "2028-01-01",
        }
        address = reverse("directory_admin:award")
        assert browser.post(address, data).status_code == 302
        assert browser.post(address, data).status_code == 200
        assert cluster.awards.get().level == "silver"
        assert "Silver" in client_for().get(cluster.get_absolute_url()).content.decode()
