"""Pictures of a proposal: taken in, described, taken away again, and made images of the site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from PIL import Image

from contributions import errors, limits
from contributions.actions.writing import store, writable
from contributions.models import Contribution, Picture
from core.contributable import Illustration
from core.files import delete_after_commit
from core.images import reencoded
from core.models import CustomImage
from core.ratelimit import hit

if TYPE_CHECKING:
    from members.models import User

LONGEST_SIDE = 2400
IMAGE_BYTES = 10 * 1024 * 1024
TITLE_LENGTH = 255


@transaction.atomic
def add_picture(
    *, contribution: Contribution, contributor: User, upload: UploadedFile, words: Mapping[str, Any]
) -> Picture:
    """Keep a picture, drawn anew without metadata; `words` are alt, is_decorative, caption, credit, licence.

    Raises NotAllowed, AlreadyHandled, TooManyPictures, TooFast, and ValidationError for what is no
    picture.
    """
    current = writable(contribution, contributor, None)
    allowed = limits.current()
    if not hit(
        "contribution-upload", str(contributor.pk), limit=allowed.uploads_per_hour, seconds=3600
    ):
        raise errors.TooFast
    if current.pictures.count() >= allowed.pictures:
        raise errors.TooManyPictures(allowed.pictures)
    content = reencoded(upload, longest_side=LONGEST_SIDE, max_bytes=IMAGE_BYTES)
    made = Picture(contribution=current, **words)
    with Image.open(content) as picture:
        made.width, made.height = picture.size
    content.seek(0)
    made.file.save("picture.webp", content, save=False)
    made.save(force_insert=True)
    store(current)
    return made


@transaction.atomic
def describe_pictures(
    *, contribution: Contribution, contributor: User, words: Mapping[UUID, Mapping[str, Any]]
) -> None:
    """Keep {key: words} for pictures of a proposal; keys of others are passed over.

    Raises NotAllowed, AlreadyHandled.
    """
    current = writable(contribution, contributor, None)
    for picture in current.pictures.filter(pk__in=words):
        for name, value in words[picture.pk].items():
            setattr(picture, name, value)
        picture.save(update_fields=list(words[picture.pk]))
    store(current)


@transaction.atomic
def remove_picture(*, contribution: Contribution, contributor: User, pk: UUID) -> None:
    """Take a picture away; a second time changes nothing. Raises NotAllowed, AlreadyHandled."""
    current = writable(contribution, contributor, None)
    for picture in current.pictures.filter(pk=pk):
        _remove(picture)
        store(current)


def remove_files(contribution: Contribution) -> None:
    """Delete all pictures of a proposal, files included."""
    for picture in contribution.pictures.all():
        _remove(picture)


def become_images(contribution: Contribution) -> list[Illustration]:
    """Make images of the site of the pictures, and keep nothing of them here.

    Called when the page is published and not before: files of the site's images lie where everybody
    who knows the address can fetch them.
    """
    made = []
    for picture in contribution.pictures.all():
        with picture.file.open("rb") as file:
            content = ContentFile(file.read(), name=f"{picture.pk.hex}.webp")
        image = CustomImage.objects.create(
            title=(picture.alt or contribution.title)[:TITLE_LENGTH],
            file=content,
            width=picture.width,
            height=picture.height,
            description=picture.alt,
            is_decorative=picture.is_decorative,
            credit=picture.credit,
            licence=picture.licence,
            uploaded_by_user=contribution.contributor,
        )
        made.append(Illustration(image=image, caption=picture.caption))
        _remove(picture)
    return made


def _remove(picture: Picture) -> None:
    storage, path = picture.file.storage, picture.file.name
    picture.delete()
    delete_after_commit(storage, path)
