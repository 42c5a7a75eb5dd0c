"""What the platform holds about a person: the account, and what Wagtail, Django and allauth keep."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import FormState
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    Revision,
)

from core.files import delete_after_commit
from core.models import CustomDocument, CustomImage
from core.privacy import Holding, Row, register, values
from members.models import Block, Consent, ContactRequest, DataCopy, Profile, User

CONTACT = ("about", "message", "state", "asked_at", "answer", "answered_at", "ended_at")


def _groups(user: User) -> Iterable[Row]:
    return user.groups.values("name")


def _avatar(user: User) -> Iterable[FieldFile]:
    return [profile.avatar for profile in Profile.objects.filter(user=user)]


def _forget_picture(user: User) -> None:
    for profile in Profile.objects.filter(user=user).exclude(avatar=""):
        delete_after_commit(profile.avatar.storage, profile.avatar.name)


def _end_sessions(user: User) -> None:
    keys = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()


def _forget_mail(user: User) -> None:
    """What the queue keeps of mail that was sent: messages hold the address and the name."""
    DBTaskResult.objects.filter(
        task_path="core.tasks.deliver_mail", args_kwargs__kwargs__to=[user.email]
    ).delete()


def _forget_label(user: User) -> None:
    """The logs name what was changed by its title: of an account that is the person's name."""
    for_account = {"content_type": ContentType.objects.get_for_model(User)}
    ModelLogEntry.objects.filter(object_id=str(user.pk), **for_account).update(label="", data={})
    LogEntry.objects.filter(object_id=str(user.pk), **for_account).update(
        object_repr="", change_message=""
    )


register(
    Holding(
        name="account",
        label=_("Account"),
        links=(),
        rows=lambda user: User.objects.filter(pk=user.pk).values(
            *("email", "name", "language", "date_joined", "approved_at", "stands_alone"),
            *("last_login", "is_sample"),
        ),
        erase=_forget_mail,
    ),
    Holding(
        name="profile",
        label=_("Profile"),
        links=("members.Profile.user",),
        rows=values(
            Profile,
            "user",
            *("organisation", "country", "languages", "bio", "position", "town", "telephone"),
            *("links", "visibility", "accepts_requests", "is_listed", "contact_mail"),
        ),
        files=_avatar,
        erase=_forget_picture,
    ),
    Holding(
        name="groups",
        label=_("Groups"),
        links=("members.User_groups.user", "members.User_user_permissions.user"),
        rows=_groups,
    ),
    Holding(
        name="consents",
        label=_("What you agreed to"),
        links=("members.Consent.user",),
        rows=values(Consent, "user", "text__purpose", "text__version", "language", "given_at"),
    ),
    Holding(
        name="copies",
        label=_("Copies of your data"),
        links=("members.DataCopy.user", "members.ErasureRequest.user"),
        rows=values(DataCopy, "user", "requested_at", "ready_at", "expires_at"),
    ),
    Holding(
        name="contacts-asked",
        label=_("Requests for contact that you sent"),
        links=("members.ContactRequest.sender",),
        rows=values(ContactRequest, "sender", "recipient__name", *CONTACT),
    ),
    Holding(
        name="contacts-received",
        label=_("Requests for contact that you received"),
        links=("members.ContactRequest.recipient",),
        rows=values(ContactRequest, "recipient", "sender__name", *CONTACT),
    ),
    Holding(
        name="blocks",
        label=_("Who cannot ask you for contact"),
        # Whoever is blocked is not told, so that their copy does not name it either.
        links=("members.Block.owner", "members.Block.blocked"),
        rows=values(Block, "owner", "blocked__name", "created_at"),
    ),
    Holding(
        name="addresses",
        label=_("E-mail addresses"),
        links=("account.EmailAddress.user",),
        rows=values(EmailAddress, "user", "email", "verified", "primary"),
    ),
    Holding(
        name="second-factors",
        label=_("Second factors"),
        links=("mfa.Authenticator.user",),
        rows=values(Authenticator, "user", "type", "created_at", "last_used_at"),
    ),
    Holding(
        name="sessions",
        label=_("Sessions"),
        links=("usersessions.UserSession.user",),
        rows=values(UserSession, "user", "ip", "user_agent", "created_at", "last_seen_at"),
        erase=_end_sessions,
    ),
    Holding(
        name="pages",
        label=_("Pages of yours"),
        links=("wagtailcore.Page.owner", "wagtailcore.Page.locked_by"),
        rows=values(Page, "owner", "title", "url_path", "first_published_at", "live"),
    ),
    Holding(
        name="page-versions",
        label=_("Versions of pages that you saved"),
        links=("wagtailcore.Revision.user",),
        rows=values(Revision, "user", "object_str", "created_at", "content"),
    ),
    Holding(
        name="unsaved-forms",
        label=_("Forms of the admin that are not saved"),
        links=(
            "wagtailadmin.FormState.user",
            "wagtailadmin.EditingSession.user",
            "wagtailcore.UploadedFile.uploaded_by_user",
        ),
        rows=values(FormState, "user", "pk"),
    ),
    Holding(
        name="editing",
        label=_("What you did in the admin"),
        links=(
            "wagtailcore.PageLogEntry.user",
            "wagtailcore.WorkflowState.requested_by",
            "wagtailcore.TaskState.finished_by",
            "home.SecondPairOfEyesState.submitted_by",
            "wagtailcore.PageSubscription.user",
            "wagtailusers.UserProfile.user",
            "wagtailcore.APIToken.user",
            "wagtail_localize.StringTranslation.last_translated_by",
            "wagtail_localize.SegmentOverride.last_translated_by",
        ),
        rows=values(PageLogEntry, "user", "timestamp", "action", "label"),
    ),
    Holding(
        name="settings-changed",
        label=_("What you changed in the admin besides pages"),
        links=("wagtailcore.ModelLogEntry.user", "admin.LogEntry.user"),
        rows=values(ModelLogEntry, "user", "timestamp", "action", "label"),
        erase=_forget_label,
    ),
    Holding(
        name="comments",
        label=_("Comments on pages"),
        links=("wagtailcore.Comment.user", "wagtailcore.Comment.resolved_by"),
        rows=values(Comment, "user", "page__title", "text", "created_at"),
    ),
    Holding(
        name="comment-replies",
        label=_("Replies to comments on pages"),
        links=("wagtailcore.CommentReply.user",),
        rows=values(CommentReply, "user", "comment__text", "text", "created_at"),
    ),
    Holding(
        name="pictures",
        label=_("Pictures that you uploaded for pages"),
        links=("core.CustomImage.uploaded_by_user", "wagtailimages.Image.uploaded_by_user"),
        rows=values(CustomImage, "uploaded_by_user", "title", "file", "created_at"),
    ),
    Holding(
        name="documents",
        label=_("Documents that you uploaded for pages"),
        links=("core.CustomDocument.uploaded_by_user", "wagtaildocs.Document.uploaded_by_user"),
        rows=values(CustomDocument, "uploaded_by_user", "title", "file", "created_at"),
    ),
)
