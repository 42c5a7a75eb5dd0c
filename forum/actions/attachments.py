"""Files beside posts: taken in, described, taken away again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from PIL import Image

from core.files import delete_after_commit
from core.images import reencoded
from core.ratelimit import hit
from forum import errors, limits, pdf, permissions
from forum.actions.writing import line_up
from forum.models import Attachment, Draft, ModerationLog
from forum.models.attachments import ALT_LENGTH, NAME_LENGTH, AttachmentKind
from forum.states import Act, State

if TYPE_CHECKING:
    from members.models import User

LONGEST_SIDE = 1600
IMAGE_BYTES = 8 * 1024 * 1024
PDF_BYTES = 10 * 1024 * 1024
UNSENT_KEPT = timedelta(days=1)
DELETED_KEPT = timedelta(days=30)
BATCH = 500


@transaction.atomic
def attach(*, owner: User, key: UUID, upload: UploadedFile) -> Attachment:
    """Keep a picture, drawn anew without metadata, or a PDF, for a form that is not sent yet.

    Raises NotAllowed, TooManyFiles, TooManyUploads, and ValidationError for what is neither.
    """
    if not permissions.may_write(owner):
        raise errors.NotAllowed
    allowed = limits.current()
    if not hit("forum-upload", str(owner.pk), limit=allowed.uploads_per_hour, seconds=3600):
        raise errors.TooManyUploads
    line_up(owner)
    if Attachment.objects.unsent(owner, key).count() >= allowed.attachments_per_post:
        raise errors.TooManyFiles(allowed.attachments_per_post)
    unsent = Attachment.objects.filter(owner=owner, post=None)
    if unsent.count() >= allowed.unsent_attachments:
        raise errors.TooManyUploads
    made = Attachment(owner=owner, submission_key=key, name=_name_of(upload))
    content: File[Any] = upload
    if pdf.is_pdf(upload):
        pdf.check(upload, max_bytes=PDF_BYTES)
        made.kind = AttachmentKind.PDF
    else:
        upload.seek(0)
        made.kind = AttachmentKind.IMAGE
        content = reencoded(upload, longest_side=LONGEST_SIDE, max_bytes=IMAGE_BYTES)
        with Image.open(content) as picture:
            made.width, made.height = picture.size
        content.seek(0)
    made.size = content.size or 0
    made.file.save(made.name, content, save=False)
    made.save(force_insert=True)
    return made


@transaction.atomic
def describe(*, owner: User, key: UUID, texts: dict[UUID, tuple[str, bool]]) -> None:
    """Keep, for pictures of a form that is not sent yet, {key: (description, is decorative)}."""
    for one in Attachment.objects.unsent(owner, key).filter(pk__in=texts):
        alt, is_decorative = texts[one.pk]
        one.alt, one.is_decorative = " ".join(alt.split())[:ALT_LENGTH], is_decorative
        one.save(update_fields=["alt", "is_decorative"])


@transaction.atomic
def detach(*, owner: User, key: UUID, pk: UUID) -> None:
    """Take a file away from a form that is not sent yet; a second time changes nothing."""
    for one in Attachment.objects.unsent(owner, key).filter(pk=pk):
        remove_file(one)


def prune_attachments() -> int:
    """Remove files of no post and no draft after a day, and of deleted posts after a month; how many."""
    now = timezone.now()
    drafts = Draft.objects.filter(owner=OuterRef("owner"), key=OuterRef("submission_key"))
    orphaned = Q(post=None, created_at__lt=now - UNSENT_KEPT) & ~Exists(drafts)
    # The log is the post's whole history; only its last word says since when the post is gone.
    recent = ModerationLog.objects.filter(
        post=OuterRef("post"), action=Act.DELETE, at__gte=now - DELETED_KEPT
    )
    deleted = Q(post__state=State.DELETED, post__created_at__lt=now - DELETED_KEPT) & ~Exists(
        recent
    )
    removed = 0
    for one in Attachment.objects.filter(orphaned | deleted)[:BATCH]:
        with transaction.atomic():
            remove_file(one)
        removed += 1
    return removed


@transaction.atomic
def remove_unsent(*, owner: User) -> None:
    """Remove what somebody uploaded and never sent."""
    for one in Attachment.objects.filter(owner=owner, post=None):
        remove_file(one)


def remove_file(one: Attachment) -> None:
    """Delete a file for good, with the row; from the storage once that is committed."""
    storage, path = one.file.storage, one.file.name
    one.delete()
    delete_after_commit(storage, path)


def _name_of(upload: UploadedFile) -> str:
    """The name without folders and without signs that no file name needs."""
    name = PurePath((upload.name or "").replace("\\", "/")).name
    kept = "".join(sign for sign in name if sign.isprintable() and sign not in '<>:"/|?*')
    return " ".join(kept.split())[-NAME_LENGTH:] or "file"
