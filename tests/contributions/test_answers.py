"""What the editors answer, and what comes of it: changes, publication with pictures and credit, refusal."""

import pytest
from django.urls import reverse
from wagtail.models import Page, TaskState

from contributions import actions, errors
from contributions.models import Contribution, Picture
from contributions.states import Naming, Outcome, State
from contributions.steps import Step
from core.models import CustomImage
from members.actions import erase
from tests.factories.contributions import (
    STORIES,
    add_picture,
    approve,
    ask_for_changes,
    begin,
    make_contribution,
    page_of,
    send,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("practices")]


def rewrite(contribution, member, **texts):
    """The member changes texts of the story."""
    contribution.refresh_from_db()
    return actions.save_step(
        contribution=contribution,
        contributor=member,
        version=contribution.version,
        step=Step.STORY,
        raw={**contribution.content["story"], **texts},
    )


def mails_to(mailoutbox, person):
    return [mail for mail in mailoutbox if mail.to == [person.email]]


class TestSending:
    def test_makes_a_draft_page_in_the_review(self, weaver, mill, practices):
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

    def test_what_is_typed_becomes_text_and_no_markup(self, weaver):
        page = page_of(make_contribution(weaver, State.SENT))
        assert page.challenge == "<p>Offcuts were burnt.</p><p>Nobody knew how much.</p>"
        blocks = [(block.block_type, str(block.value)) for block in page.description]
        assert [kind for kind, _text in blocks] == ["heading", "text"]
        assert page.description[0].value["text"] == "How it began"
        assert "<li>cotton &lt;b&gt;</li>" in blocks[1][1]

    def test_twice_is_once(self, weaver):
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
    def test_incomplete_or_not_agreed_is_refused(self, weaver, texts, agreed, refusal):
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

    def test_an_old_window_is_refused(self, weaver):
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

    def test_too_often_is_refused(self, weaver, settings):
        settings.CONTRIBUTION_LIMITS = {"sendings_per_hour": 1}
        make_contribution(weaver, State.SENT)
        with pytest.raises(errors.TooFast):
            make_contribution(weaver, State.SENT)

    def test_taken_back_it_is_a_draft_and_its_page_is_gone(self, weaver):
        sent = make_contribution(weaver, State.SENT)
        pk = sent.page_id
        back = actions.withdraw(contribution=sent, contributor=weaver, version=sent.version)
        assert (back.state, back.page_id) == (State.DRAFT, None)
        assert not Page.objects.filter(pk=pk).exists()
        assert back.rounds.get().outcome == Outcome.WITHDRAWN
        assert send(back).state == State.SENT


class TestChanges:
    def test_the_member_reads_what_is_asked_and_sends_again(
        self, weaver, reviewer, client_for, mailoutbox
    ):
        asked = make_contribution(weaver, State.SENT)
        ask_for_changes(asked, reviewer, "Which year was that?")
        asked.refresh_from_db()
        assert asked.state == State.CHANGES
        client = client_for(weaver)
        for name in ("contribution", "story"):
            text = client.get(reverse(f"contributions:{name}", args=[asked.key])).content.decode()
            assert "Which year was that?" in text
        again = send(rewrite(asked, weaver, challenge="In 2021 they were burnt."))
        assert again.state == State.SENT
        page = page_of(again)
        assert page.get_latest_revision_as_object().challenge == "<p>In 2021 they were burnt.</p>"
        approve(again, reviewer)
        again.refresh_from_db()
        assert again.state == State.PUBLISHED
        assert page_of(again).challenge == "<p>In 2021 they were burnt.</p>"
        outcomes = list(again.rounds.values_list("outcome", flat=True))
        assert outcomes == [Outcome.PUBLISHED, Outcome.CHANGES]

    def test_what_editors_wrote_meanwhile_stays_where_the_member_changed_nothing(
        self, weaver, reviewer
    ):
        asked = make_contribution(weaver, State.CHANGES, editor=reviewer)
        draft = page_of(asked).get_latest_revision_as_object()
        draft.title = "How a mill keeps its offcuts"
        draft.challenge = "<p>By an editor.</p>"
        draft.save_revision(user=reviewer)
        again = send(rewrite(asked, weaver, challenge="By the member."))
        page = page_of(again).get_latest_revision_as_object()
        assert page.title == "How a mill keeps its offcuts"
        assert page.challenge == "<p>By the member.</p>"

    def test_an_answer_to_an_editor_who_took_it_over_is_not_the_members(
        self, weaver, reviewer, second_editor
    ):
        sent = make_contribution(weaver, State.SENT)
        page = page_of(sent)
        page.current_workflow_state.cancel(user=reviewer)
        page.get_latest_revision_as_object().save_revision(user=reviewer)
        page.get_workflow().start(page, reviewer)
        ask_for_changes(sent, second_editor, "Dear colleague")
        sent.refresh_from_db()
        assert sent.state == State.SENT

    def test_the_contributor_cannot_approve_even_as_an_editor(self, reviewer):
        own = make_contribution(reviewer, State.SENT)
        state = page_of(own).current_workflow_task_state.specific
        assert state.task.specific.get_actions(page_of(own), reviewer) == []


class TestPublication:
    def test_pictures_become_images_only_now(self, weaver, reviewer):
        sent = make_contribution(weaver, State.SENT, pictures=2)
        assert not CustomImage.objects.exists()
        approve(sent, reviewer)
        first, second = CustomImage.objects.order_by("pk")
        page = page_of(sent)
        assert page.live
        assert page.listing_image == first
        assert (first.description, first.credit) == ("Bin 0", "Weaver (sample)")
        assert [block.block_type for block in page.description] == ["heading", "text", "figure"]
        assert page.description[2].value["image"] == second
        assert not Picture.objects.exists()
        # What the next editor opens has them too.
        assert page.get_latest_revision_as_object().listing_image == first

    def test_everybody_reads_the_page_with_its_credit(self, weaver, mill, reviewer, client):
        sent = make_contribution(weaver, State.SENT, organisation=mill, pictures=1)
        address = page_of(sent).url
        assert client.get(address).status_code == 404
        approve(sent, reviewer)
        text = client.get(address).content.decode()
        assert "Proposed by" in text
        assert "Weaver (sample)" in text
        assert mill.get_absolute_url() in text

    @pytest.mark.parametrize(
        ("naming", "named", "after"),
        [
            (Naming.ORGANISATION, ("Weaver", "Linen mill"), ("Former member", "Linen mill")),
            (Naming.NAME, ("Weaver",), ("Former member",)),
            (Naming.ONLY_ORGANISATION, ("Linen mill",), ("Linen mill",)),
            (Naming.NOBODY, (), ()),
        ],
    )
    def test_credit_as_agreed_and_after_erasure(
        self, weaver, mill, reviewer, client, naming, named, after
    ):
        made = make_contribution(weaver, organisation=mill)
        sent = send(made, naming)
        approve(sent, reviewer)

        def credit():
            text = client.get(page_of(sent).url).content.decode()
            credit = text.partition("Proposed by")[2].partition("</p>")[0]
            return tuple(
                name for name in ("Weaver", "Former member", "Linen mill") if name in credit
            )

        assert credit() == named
        erase(user=weaver)
        assert credit() == after
        kept = Contribution.objects.get()
        assert (kept.contributor, kept.content, kept.sent_content) == (None, {}, None)

    def test_published_by_hand_it_is_published_too(self, weaver, administrator):
        sent = make_contribution(weaver, State.SENT)
        page_of(sent).get_latest_revision().publish(user=administrator)
        sent.refresh_from_db()
        assert sent.state == State.PUBLISHED


class TestDeclining:
    def test_the_page_goes_and_the_text_stays_with_the_member(
        self, weaver, reviewer, client_for, mailoutbox, django_capture_on_commit_callbacks
    ):
        sent = make_contribution(weaver, State.SENT)
        pk = sent.page_id
        client = client_for(reviewer)
        address = reverse("decline_contribution", args=[sent.key])
        assert client.get(address).status_code == 200
        without = client.post(address, {"version": sent.version, "reason": " "})
        assert without.status_code == 422
        with django_capture_on_commit_callbacks(execute=True):
            data = {"version": sent.version, "reason": "Not our field"}
            assert client.post(address, data).status_code == 302
        sent.refresh_from_db()
        assert (sent.state, sent.page_id) == (State.DECLINED, None)
        assert not Page.objects.filter(pk=pk).exists()
        text = client_for(weaver).get(sent.get_absolute_url()).content.decode()
        assert "Not our field" in text
        assert "Not our field" in mails_to(mailoutbox, weaver)[-1].body
        assert sent.content["story"] == STORIES["practice"]

    def test_deleting_the_page_declines_it(self, weaver, administrator):
        sent = make_contribution(weaver, State.SENT)
        page_of(sent).delete(user=administrator)
        sent.refresh_from_db()
        assert (sent.state, sent.page_id) == (State.DECLINED, None)

    @pytest.mark.parametrize("who", ["weaver", "moderator", "member"])
    def test_only_editors_decline(self, request, weaver, who):
        sent = make_contribution(weaver, State.SENT)
        with pytest.raises(errors.NotAllowed):
            actions.decline(
                contribution=sent,
                editor=request.getfixturevalue(who),
                version=sent.version,
                reason="No",
            )

    def test_editors_do_not_decline_their_own(self, reviewer):
        own = make_contribution(reviewer, State.SENT)
        with pytest.raises(errors.NotAllowed):
            actions.decline(contribution=own, editor=reviewer, version=own.version, reason="No")


def test_mail_at_every_change_of_state_in_the_members_language(
    weaver, reviewer, mailoutbox, django_capture_on_commit_callbacks
):
    weaver.language = "fr"
    weaver.save()
    with django_capture_on_commit_callbacks(execute=True):
        first = make_contribution(weaver, State.CHANGES, editor=reviewer)
        send(rewrite(first, weaver, challenge="Anew"))
        approve(first, reviewer)
        make_contribution(weaver, State.DECLINED, editor=reviewer)
    told = mails_to(mailoutbox, weaver)
    # Sent, changes, sent, published; sent, declined: nothing of Wagtail's own, which leads to the admin.
    assert len(told) == 6
    assert all(mail.alternatives for mail in told)
    assert not [mail for mail in told if "/admin/" in mail.body]
    # Where the page is, its own address is told; it is written in English.
    assert [f"/fr/proposals/{first.key}/" in mail.body for mail in told[:4]] == [*[True] * 3, False]
    assert page_of(first).full_url in told[3].body


def test_editors_see_whose_it_is_and_find_it_waiting(weaver, mill, reviewer, client_for):
    sent = make_contribution(weaver, State.SENT, organisation=mill)
    client = client_for(reviewer)
    assert sent.title in client.get("/admin/").content.decode()
    text = client.get(reverse("wagtailadmin_pages:edit", args=[sent.page_id])).content.decode()
    assert "Weaver (sample), Linen mill (sample)" in text
    assert sent.get_absolute_url() in text
    assert reverse("decline_contribution", args=[sent.key]) in text


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
