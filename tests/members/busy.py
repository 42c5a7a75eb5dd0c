"""Somebody with something in every app: whatever is held about people, this person has a row of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Comment, CommentReply, Page, UploadedFile

from bestpractices.models import Uptake
from core.models import CustomDocument, CustomImage
from directory import actions as directory_actions
from directory.models import Invitation
from forum import actions as forum_actions
from forum import models as forum
from members import actions
from members.models import Block, ConsentText, DataCopy, Purpose, User
from opportunities.models import FollowUp, OpportunityLog
from search.models import SavedSearch
from tests.factories.bestpractices import make_practice, make_practice_index
from tests.factories.contributions import begin
from tests.factories.directory import (
    give_role,
    make_cluster,
    make_membership,
    make_organisation,
)
from tests.factories.forum import CategoryFactory, a_rule, make_reply, make_topic
from tests.factories.members import MemberFactory
from tests.factories.opportunities import make_interest, make_opportunity
from tests.members.people import in_contact
from tests.uploads import paper, picture

KEY = uuid4()


def busy_person(home_page: Page, *, name: str, email: str, further: str) -> User:
    """An account of this name with two addresses, with a row in every holding of `core.privacy`."""
    person = MemberFactory(name=name, email=email)
    _account(person, further)
    _admin(person, home_page)
    _directory(person, further)
    _opportunities(person)
    _forum(person, home_page)
    Uptake.objects.create(
        practice=(practice := make_practice(make_practice_index(home_page))),
        translation_key=practice.translation_key,
        user=person,
        kind="used",
    )
    SavedSearch.objects.create(user=person, name="Linen", language="en")
    begin(person)
    return person


def _account(person: User, further: str) -> None:
    EmailAddress.objects.create(user=person, email=further, verified=True)
    Authenticator.objects.create(user=person, type="totp", data={})
    UserSession.objects.create(
        user=person, session_key="k", ip="203.0.113.9", user_agent="A browser"
    )
    text = ConsentText.objects.in_force(Purpose.MEMBERSHIP)
    actions.agree(user=person, text=text, language="en")
    DataCopy.objects.create(user=person)
    in_contact(person, MemberFactory())
    in_contact(MemberFactory(), person)
    Block.objects.create(owner=person, blocked=MemberFactory())


def _admin(person: User, page: Page) -> None:
    person.groups.add(Group.objects.get(name="Editors"))
    Page.objects.filter(pk=page.pk).update(owner=person)
    page.save_revision(user=person, log_action=True)
    log(instance=person, action="wagtail.edit", user=person)
    UploadedFile.objects.create(uploaded_by_user=person, file=picture())
    comment = Comment.objects.create(page=page, user=person, text="Longer?", contentpath="title")
    CommentReply.objects.create(comment=comment, user=person, text="No.")
    CustomImage.objects.create(
        title="Bins",
        description="Bins",
        file=picture(),
        credit=person.name,
        uploaded_by_user=person,
    )
    CustomDocument.objects.create(title="Bins", file=paper(), uploaded_by_user=person)


def _directory(person: User, further: str) -> None:
    mill = make_organisation(contact_email=further.upper())
    type(mill).objects.filter(pk=mill.pk).update(created_by=person)
    give_role(mill, user=person)
    membership = make_membership(mill, make_cluster())
    type(membership).objects.filter(pk=membership.pk).update(asked_by=person)
    directory_actions.claim(organisation=make_organisation(), claimant=person, message="I am.")
    Invitation.objects.create(
        organisation=make_organisation(),
        email=further,
        role="editor",
        language="en",
        expires_at=timezone.now() + timedelta(days=9),
    )


def _opportunities(person: User) -> None:
    contact: dict[str, Any] = {"contact_name": person.name, "contact_email": "looms@example.org"}
    opportunity = make_opportunity(**contact)
    type(opportunity).objects.filter(pk=opportunity.pk).update(created_by=person)
    interest = make_interest(opportunity, sender=person, **contact)
    FollowUp.objects.create(interest=interest, side="owner", day=90, answered_by=person)
    OpportunityLog.objects.create(opportunity=opportunity, actor=person, action="edit")


def _forum(person: User, page: Page) -> None:
    moderator, category, now = MemberFactory(), CategoryFactory(), timezone.now()
    topic = make_topic(category, author=person)
    post = make_reply(topic, author=person)
    forum_actions.attach(owner=person, key=KEY, upload=paper())
    text = {"source": "I did.", "html": "<p>I did.</p>", "language": "en"}
    rows = {
        forum.PostRevision: {"post": post, "version": 0, "editor": person, **text},
        forum.Draft: {"owner": person, "key": KEY, "source": "I", "language": "en"},
        forum.Reaction: {"post": post, "user": person, "kind": "thanks"},
        forum.CategoryRead: {"user": person, "category": category, "read_at": now},
        forum.CategorySubscription: {"user": person, "category": category, "level": "watch"},
        forum.Notification: {"user": person, "kind": "reply", "topic": topic, "post": post},
        forum.Mention: {"post": post, "user": person},
        forum.MentionConsent: {"user": person},
        forum.ConfidentialTerm: {"owner": person, "text": "quodsecret"},
        forum.Report: {"reporter": person, "name": person.name, "reason": "spam", "language": "en"},
        forum.ModerationLog: {"actor": person, "subject": person, "action": "hide"},
        forum.ModeratorScope: {"user": person},
    }
    for model, values in rows.items():
        model.objects.create(**values)
    for model, key in (
        (forum.TopicRead, {"user": person, "topic": topic}),
        (forum.TopicSubscription, {"user": person, "topic": topic}),
        (forum.NotificationPreferences, {"user": person}),
    ):
        extra = {"last_read_number": 1} if model is forum.TopicRead else {}
        extra |= {"level": "watch"} if model is forum.TopicSubscription else {}
        model.objects.update_or_create(**key, defaults=extra)
    decision = forum.Decision.objects.create(
        subject=person,
        post=post,
        topic=topic,
        measure="warn",
        scope="post",
        facts="It was late.",
        source="own",
        ground="rule",
        rule=a_rule().rule,
        language="en",
        moderator=moderator,
        appeal_until=now + timedelta(days=180),
    )
    forum.Appeal.objects.create(decision=decision, first_moderator=moderator, text="It was not.")
    forum.Penalty.objects.create(member=person, kind="warn", decision=decision)
    proposal = forum.Proposal.objects.create(topic=topic, editor=person, page=page)
    forum.ConsentRequest.objects.create(proposal=proposal, post=post, author=person)
