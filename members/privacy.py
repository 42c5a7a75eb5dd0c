"""What the platform holds about a person: the account, and what Wagtail, Django and allauth keep."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    CommentReply,
    Revision,
)
from wagtail.users.models import UserProfile

from core.models import CustomDocument, CustomImage
from core.privacy import Holding, register, together, values
from members import forgetting
from members.models import Block, Consent, ContactRequest, Profile, User

ELSEWHERE = "The table stays empty: this site has a model of its own in its place."
CONTACT = ("about", "message", "state", "asked_at", "answer", "answered_at", "ended_at")


def _avatar(user: User) -> Iterable[FieldFile]:
    return [profile.avatar for profile in Profile.objects.filter(user=user)]


def _picture_in_admin(user: User) -> Iterable[FieldFile]:
    return [profile.avatar for profile in UserProfile.objects.filter(user=user)]


register(
    Holding(
        name="account",
        label=_("Account"),
        links=(),
        rows=lambda user: User.objects.filter(pk=user.pk).values(
            *("email", "name", "language", "date_joined", "approved_at", "stands_alone"),
            *("last_login", "is_sample"),
        ),
        erase=forgetting.mail,
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
        erase=forgetting.picture,
    ),
    Holding(
        name="groups",
        label=_("Groups"),
        links=("members.User_groups.user", "members.User_user_permissions.user"),
        rows=together(
            ("members.User_groups", "user", "group__name"),
            ("members.User_user_permissions", "user", "permission__name"),
        ),
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
        rows=together(
            ("members.DataCopy", "user", "requested_at", "ready_at", "expires_at"),
            ("members.ErasureRequest", "user", "requested_at", "due_at"),
        ),
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
        links=("members.Block.owner", "members.Block.blocked"),
        rows=values(Block, "owner", "blocked__name", "created_at"),
        untold={"members.Block.blocked": "Whoever is blocked is not told, by their copy neither."},
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
        erase=forgetting.sessions,
    ),
    Holding(
        name="pages",
        label=_("Pages of yours"),
        links=("wagtailcore.Page.owner", "wagtailcore.Page.locked_by"),
        rows=together(
            ("wagtailcore.Page", "owner", "title", "url_path", "first_published_at", "live"),
            ("wagtailcore.Page", "locked_by", "title", "url_path", "locked_at"),
        ),
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
        rows=together(
            ("wagtailadmin.FormState", "user", "pk"),
            ("wagtailadmin.EditingSession", "user", "object_id", "last_seen_at"),
            ("wagtailcore.UploadedFile", "uploaded_by_user", "file"),
        ),
        erase=forgetting.uploads,
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
        rows=together(
            ("wagtailcore.PageLogEntry", "user", "timestamp", "action", "label"),
            ("wagtailcore.WorkflowState", "requested_by", "workflow__name", "status", "created_at"),
            (
                *("wagtailcore.TaskState", "finished_by"),
                *("task__name", "status", "finished_at", "comment"),
            ),
            ("home.SecondPairOfEyesState", "submitted_by", "task__name", "status", "started_at"),
            ("wagtailcore.PageSubscription", "user", "page__title", "comment_notifications"),
            (
                *("wagtailusers.UserProfile", "user", "preferred_language", "current_time_zone"),
                *("theme", "submitted_notifications", "approved_notifications"),
                *("rejected_notifications", "updated_comments_notifications"),
            ),
            ("wagtailcore.APIToken", "user", "name", "created", "last_used_at", "revoked_at"),
            (
                *("wagtail_localize.StringTranslation", "last_translated_by"),
                *("translation_of__data", "locale__language_code", "data", "updated_at"),
            ),
            (
                *("wagtail_localize.SegmentOverride", "last_translated_by"),
                *("context__path", "locale__language_code", "data_json", "updated_at"),
            ),
        ),
        files=_picture_in_admin,
    ),
    Holding(
        name="settings-changed",
        label=_("What you changed in the admin besides pages"),
        links=("wagtailcore.ModelLogEntry.user", "admin.LogEntry.user"),
        rows=together(
            ("wagtailcore.ModelLogEntry", "user", "timestamp", "action", "label"),
            # What it was done to can be another person: the name is theirs.
            ("admin.LogEntry", "user", "action_time", "action_flag", "content_type__model"),
        ),
        erase=forgetting.label,
    ),
    Holding(
        name="comments",
        label=_("Comments on pages"),
        links=("wagtailcore.Comment.user", "wagtailcore.Comment.resolved_by"),
        rows=together(
            ("wagtailcore.Comment", "user", "page__title", "text", "created_at"),
            ("wagtailcore.Comment", "resolved_by", "page__title", "resolved_at"),
        ),
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
        rows=values(CustomImage, "uploaded_by_user", "title", "credit", "file", "created_at"),
        erase=forgetting.credits_of,
        untold={"wagtailimages.Image.uploaded_by_user": ELSEWHERE},
    ),
    Holding(
        name="documents",
        label=_("Documents that you uploaded for pages"),
        links=("core.CustomDocument.uploaded_by_user", "wagtaildocs.Document.uploaded_by_user"),
        rows=values(CustomDocument, "uploaded_by_user", "title", "file", "created_at"),
        untold={"wagtaildocs.Document.uploaded_by_user": ELSEWHERE},
    ),
)
