"""A member writes a proposal in the forms, from the first step until it is published, without JavaScript."""

from uuid import uuid4

import pytest
from django.urls import reverse

from bestpractices.models import BestPracticePage, CaseStudyPage
from contributions import actions
from contributions.models import Contribution
from contributions.states import Naming, State
from events.models import EventPage
from tests.factories.contributions import (
    FACTS,
    STORIES,
    add_picture,
    approve,
    begin,
    make_contribution,
    page_of,
)
from tests.factories.directory import make_organisation
from tests.factories.events import make_event_index
from tests.uploads import BAD_PICTURES, picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("practices")]

ON = {"go": "next"}


@pytest.fixture
def browser(client_for, weaver):
    return client_for(weaver)


def address(name, contribution):
    return reverse(f"contributions:{name}", args=[contribution.key])


def post(browser, name, contribution, **data):
    """Send a step as the form on the page does."""
    contribution.refresh_from_db()
    sent = {"version": contribution.version, **data}
    return browser.post(address(name, contribution), sent)


@pytest.mark.parametrize(
    ("kind", "model"),
    [("practice", BestPracticePage), ("case-study", CaseStudyPage), ("event", EventPage)],
)
def test_each_kind_from_the_first_step_to_the_site(
    kind, model, browser, weaver, mill, reviewer, home_page, client
):
    make_event_index(home_page)
    first = {"key": str(uuid4()), "title": "Mending days", "language": "en"}
    first |= {"summary": "We mend.", "organisation": mill.pk}
    made = browser.post(reverse("contributions:new", args=[kind]), first)
    proposal = Contribution.objects.get()
    assert made.url == address("story", proposal)
    assert post(browser, "story", proposal, **STORIES[kind], **ON).url == address("facts", proposal)
    facts = {name: value for name, value in FACTS[kind].items() if value is not False}
    assert post(browser, "facts", proposal, **facts, **ON).url == address("pictures", proposal)
    new = {"new-file": picture(), "new-alt": "A loom", "new-credit": "Weaver (sample)"}
    assert post(browser, "pictures", proposal, **new, **ON).url == address("send", proposal)
    assert b"form-errors" not in browser.get(address("send", proposal)).content
    preview = browser.get(address("preview", proposal)).content.decode()
    assert "Mending days" in preview
    assert proposal.pictures.get().url in preview
    sent = post(browser, "send", proposal, naming="org", agree="on")
    assert sent.url == proposal.get_absolute_url()
    proposal.refresh_from_db()
    assert proposal.state == State.SENT
    page = page_of(proposal)
    assert isinstance(page, model)
    approve(proposal, reviewer)
    text = client.get(page.url).content.decode()
    for words in ("Mending days", "Weaver (sample)", mill.name, 'alt="A loom"'):
        assert words in text


class TestNothingIsLost:
    @pytest.mark.parametrize("go", ["next", "stay"])
    def test_an_unfinished_step_is_stored(self, browser, weaver, go):
        proposal = begin(weaver)
        answer = post(browser, "story", proposal, challenge="Half a sen", body="", go=go)
        # Who goes on hears what is missing; who only saves does not.
        assert answer.status_code == (422 if go == "next" else 302)
        proposal.refresh_from_db()
        assert proposal.content["story"]["challenge"] == "Half a sen"
        assert "Half a sen" in browser.get(address("story", proposal)).content.decode()

    def test_a_refusal_brings_everything_back(self, browser, weaver):
        proposal = begin(weaver)
        data = {"version": 0, "challenge": "From an old window", "go": "next"}
        answer = browser.post(address("story", proposal), data)
        assert answer.status_code == 422
        assert "From an old window" in answer.content.decode()
        assert "in another window" in answer.content.decode()
        proposal.refresh_from_db()
        assert proposal.content == {}

    def test_sending_again_after_that_means_it(self, browser, weaver):
        proposal = begin(weaver)
        answer = browser.post(address("story", proposal), {"version": 0, "challenge": "Mine"})
        assert f'name="version" value="{proposal.version}"' in answer.content.decode()

    def test_far_too_much_is_refused_and_shown(self, browser, weaver, settings):
        settings.CONTRIBUTION_LIMITS = {"step_length": 400}
        proposal = begin(weaver)
        answer = post(browser, "story", proposal, challenge="x" * 500)
        assert answer.status_code == 422
        assert "x" * 500 in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "step", "field", "value", "says"),
    [
        ("practice", "story", "challenge", "", "required"),
        ("practice", "story", "body", "x" * 20_001, "at most 20000"),
        ("practice", "story", "evidence_text", " ", "required"),
        ("practice", "facts", "region", "XX99", "valid choice"),
        ("practice", "facts", "country", "ES", "another country"),
        ("practice", "facts", "period_start", "soon", "valid date"),
        ("practice", "facts", "period_end", "2022-01-01", "no end yet"),
        ("practice", "facts", "value_chains", ["none"], "valid choice"),
        ("practice", "facts", "sectors", ["99x"], "valid choice"),
        ("practice", "facts", "website", "javascript:alert(1)", "valid URL"),
        ("practice", "facts", "figure1_after", "", "needs this"),
        ("practice", "facts", "figure1_after", "many", "Enter a number"),
        ("practice", "facts", "figure2_before", "3", "needs this"),
        ("practice", "facts", "figure1_after", "1" * 20, "no more than"),
        ("case-study", "story", "subject", "", "required"),
        ("event", "facts", "event_type", "party", "valid choice"),
        ("event", "facts", "start", "", "required"),
        ("event", "facts", "start", "2027-13-40T09:00", "valid date"),
        ("event", "facts", "start", "0001-01-01T00:00", "between"),
        ("event", "facts", "end", "2027-05-03T09:00", "before it begins"),
        ("event", "facts", "end", "2029-05-03T09:00", "longer than a year"),
        ("event", "facts", "start", "2027-03-28T01:30", "does not exist"),
        ("event", "facts", "timezone", "Mars/Base", "valid choice"),
        ("event", "facts", "capacity", "0", "greater than or equal"),
        ("event", "facts", "region", "ES51", "not in the chosen country"),
    ],
)
def test_bad_input_is_named_at_its_field_and_kept(
    kind, step, field, value, says, browser, weaver, home_page
):
    make_event_index(home_page)
    proposal = make_contribution(weaver, kind=kind)
    texts = {**(STORIES if step == "story" else FACTS)[kind], field: value}
    texts = {name: text for name, text in texts.items() if text is not False}
    answer = post(browser, step, proposal, **texts, **ON)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert says in text
    assert f'href="#id_{field}' in text or says == "another country" or "needs this" in says
    missing = browser.get(address("send", proposal)).content.decode()
    assert says in missing
    answer = post(browser, "send", proposal, naming="org", agree="on")
    assert answer.status_code == 422
    proposal.refresh_from_db()
    assert proposal.state == State.DRAFT


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 101),
        ("summary", "x" * 301),
        ("language", "tlh"),
        ("organisation", "0"),
        ("organisation", "other"),
        ("organisation", "x\x00"),
        ("key", "x"),
    ],
)
def test_bad_first_step(field, value, browser):
    others = make_organisation(name="Not theirs (sample)")
    data = {"key": str(uuid4()), "title": "Mending", "language": "en", "summary": "Typed text"}
    data[field] = others.pk if value == "other" else value
    answer = browser.post(reverse("contributions:new", args=["practice"]), data)
    assert answer.status_code == 422
    if field != "summary":
        assert "Typed text" in answer.content.decode()
    assert not Contribution.objects.exists()


def test_typed_markup_stays_text_in_the_preview(browser, weaver):
    proposal = make_contribution(weaver, title="<script>alert(1)</script>")
    texts = {**STORIES["practice"], "challenge": "<script>alert(2)</script>", "body": "## <i>x</i>"}
    post(browser, "story", proposal, **texts)
    preview = browser.get(address("preview", proposal)).content.decode()
    assert "<script>alert" not in preview
    assert "&lt;script&gt;alert(2)" in preview
    assert "<i>x</i>" not in preview


def test_what_no_form_sends_is_no_error_of_the_server(browser, weaver):
    proposal = begin(weaver)
    for name in ("about", "story", "facts", "pictures", "send", "withdraw"):
        for data in ({}, {"version": "x\x00", "title": "\x00", "go": "?", "challenge": "a\x00b"}):
            assert browser.post(address(name, proposal), data).status_code in (302, 422)
    assert post(browser, "pictures", proposal, remove="none").status_code == 404
    post(browser, "story", proposal, challenge="a\x00b")
    proposal.refresh_from_db()
    assert proposal.content["story"]["challenge"] == "ab"


class TestPictures:
    @pytest.mark.parametrize("name", BAD_PICTURES)
    def test_no_picture_is_refused_and_the_words_stay(self, browser, weaver, name):
        from django.core.files.uploadedfile import SimpleUploadedFile

        proposal = begin(weaver)
        content = BAD_PICTURES[name]()
        if name == "too-large.png":
            content *= 3
        upload = SimpleUploadedFile(name, content)
        answer = post(browser, "pictures", proposal, **{"new-file": upload, "new-alt": "A loom"})
        assert answer.status_code == 422
        assert "A loom" in answer.content.decode()
        assert not proposal.pictures.exists()

    def test_are_drawn_anew_and_lie_where_no_address_leads(self, browser, weaver, client):
        proposal = begin(weaver)
        post(browser, "pictures", proposal, **{"new-file": picture(exif_comment="canary")})
        kept = proposal.pictures.get()
        with kept.file.open("rb") as file:
            content = file.read()
        assert content[8:12] == b"WEBP"
        assert b"canary" not in content
        assert client.get(f"/media/{kept.file.name}").status_code == 404
        assert not kept.is_described

    def test_words_are_changed_and_pictures_taken_away(self, browser, weaver):
        proposal = begin(weaver)
        first = add_picture(proposal, weaver)
        second = add_picture(proposal, weaver)
        words = {
            f"picture-{one.pk.hex}-{name}": value
            for one in (first, second)
            for name, value in (("alt", "A bin"), ("licence", "CC0-1.0"))
        }
        post(browser, "pictures", proposal, **words, remove=str(first.pk))
        kept = proposal.pictures.get()
        assert (kept.pk, kept.alt, kept.licence) == (second.pk, "A bin", "CC0-1.0")

    def test_not_without_number(self, browser, weaver, settings):
        settings.CONTRIBUTION_LIMITS = {"pictures": 1}
        proposal = begin(weaver)
        for expected in (302, 422):
            answer = post(browser, "pictures", proposal, **{"new-file": picture()})
            assert answer.status_code == expected


def test_drafts_are_not_without_number(browser, weaver, settings):
    settings.CONTRIBUTION_LIMITS = {"open": 1}
    begin(weaver)
    data = {"key": str(uuid4()), "title": "One more", "language": "en"}
    answer = browser.post(reverse("contributions:new", args=["practice"]), data)
    assert answer.status_code == 422
    assert "One more" in answer.content.decode()


def test_the_language_of_the_text_names_the_list(browser, weaver, home_page):
    proposal = begin(weaver, language="pt")
    listed = browser.get(reverse("contributions:mine")).content.decode()
    assert f'lang="pt">{proposal.title}' in listed


def test_deleting_takes_the_pictures_along(browser, weaver):
    proposal = make_contribution(weaver, pictures=1)
    assert browser.get(address("discard", proposal)).status_code == 200
    assert browser.post(address("discard", proposal)).url == reverse("contributions:mine")
    assert not Contribution.objects.exists()


def test_a_double_click_on_send_is_no_error(browser, weaver):
    proposal = make_contribution(weaver)
    data = {"version": proposal.version, "naming": Naming.NAME, "agree": "on"}
    for _click in range(2):
        answer = browser.post(address("send", proposal), data)
        assert answer.url == proposal.get_absolute_url()
    assert proposal.rounds.count() == 1


def test_without_a_list_there_is_nowhere_to_stand(browser, weaver, practices):
    proposal = make_contribution(weaver)
    practices.delete()
    answer = post(browser, "send", proposal, naming="org", agree="on")
    assert "no list for such pages" in answer.content.decode()
    assert actions.discard(contribution=proposal, contributor=weaver) is None
