"""Sending a proposal to the editors: once, complete, agreed; and what they then have."""

import pytest
from wagtail.models import Page, TaskState

from contributions import actions, errors
from contributions.models import Contribution
from contributions.states import Naming, Outcome, State
from tests.factories.contributions import (
    add_picture,
    begin,
    make_contribution,
    page_of,
    rewrite,
    send,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("practices")]


def test_makes_a_draft_page_in_the_review(weaver, mill, practices):
    sent = make_contribution(weaver, State.SENT, organisation=mill)
    page = page_of(sent)
    assert not page.live
    assert page.get_parent().pk == practices.pk
    assert page.owner == weaver
    assert page.title == "How offcuts are kept"
    assert page.main_institution == mill.name
    assert page.country_id == "PT"
    assert [row.pk for row in page.circular_strategies.all()] == ["recycling"]
    assert [(row.name, row.after) for row in page.indicators.all()] == [("Offcuts kept", 38)]
    review = page.current_workflow_task_state.specific
    assert review.submitted_by == weaver


def test_what_is_typed_becomes_text_and_no_markup(weaver):
    page = page_of(make_contribution(weaver, State.SENT))
    assert page.challenge == "<p>Offcuts were burnt.</p><p>Nobody knew how much.</p>"
    blocks = [(block.block_type, str(block.value)) for block in page.description]
    assert [kind for kind, _text in blocks] == ["heading", "text"]
    assert page.description[0].value["text"] == "How it began"
    assert "<li>cotton &lt;b&gt;</li>" in blocks[1][1]


def test_twice_is_once(weaver):
    made = make_contribution(weaver)
    version = made.version
    for _ in range(2):
        actions.send(
            contribution=made,
            contributor=weaver,
            version=version,
            naming=Naming.NAME,
            is_agreed=True,
        )
    assert made.rounds.count() == 1
    assert TaskState.objects.count() == 1


@pytest.mark.parametrize(
    ("texts", "agreed", "refusal"),
    [
        ({"challenge": ""}, True, errors.Incomplete),
        ({}, False, errors.NotAgreed),
    ],
)
def test_incomplete_or_not_agreed_is_refused(weaver, texts, agreed, refusal):
    made = rewrite(make_contribution(weaver), weaver, **texts)
    with pytest.raises(refusal):
        actions.send(
            contribution=made,
            contributor=weaver,
            version=made.version,
            naming=Naming.NAME,
            is_agreed=agreed,
        )
    made.refresh_from_db()
    assert (made.state, made.page_id) == (State.DRAFT, None)


def test_an_old_window_is_refused(weaver):
    made = make_contribution(weaver)
    rewrite(made, weaver, challenge="Changed in another window")
    with pytest.raises(errors.AlreadyHandled):
        actions.send(
            contribution=made,
            contributor=weaver,
            version=made.version - 1,
            naming=Naming.NAME,
            is_agreed=True,
        )


def test_too_often_is_refused(weaver, settings):
    settings.CONTRIBUTION_LIMITS = {"sendings_per_hour": 1}
    make_contribution(weaver, State.SENT)
    with pytest.raises(errors.TooFast):
        make_contribution(weaver, State.SENT)


def test_taken_back_it_is_a_draft_and_its_page_is_gone(weaver):
    sent = make_contribution(weaver, State.SENT)
    pk = sent.page_id
    back = actions.withdraw(contribution=sent, contributor=weaver, version=sent.version)
    assert (back.state, back.page_id) == (State.DRAFT, None)
    assert not Page.objects.filter(pk=pk).exists()
    assert back.rounds.get().outcome == Outcome.WITHDRAWN
    assert send(back).state == State.SENT


def test_a_draft_is_begun_once_for_one_form(weaver):
    made = begin(weaver)
    again = actions.begin(
        contributor=weaver,
        key=made.key,
        kind="practice",
        about=actions.About(title="Other", summary="", language="en", organisation=None),
    )
    assert again.pk == made.pk
    assert Contribution.objects.get().title == "How offcuts are kept"


def test_pictures_of_what_is_with_the_editors_stand_still(weaver):
    sent = make_contribution(weaver, State.SENT)
    with pytest.raises(errors.AlreadyHandled):
        add_picture(sent, weaver)
