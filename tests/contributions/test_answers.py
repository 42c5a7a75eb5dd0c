"""What the editors answer, and what comes of it: changes, publication with pictures and credit, refusal."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from contributions import actions, errors
from contributions.models import Contribution, Picture
from contributions.states import Naming, Outcome, State
from core.models import CustomImage
from members.actions import erase
from tests.factories.contributions import (
    STORIES,
    approve,
    ask_for_changes,
    make_contribution,
    page_of,
    rewrite,
    send,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("practices")]


def mails_to(mailoutbox, person):
    return [mail for mail in mailoutbox if mail.to == [person.email]]


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
