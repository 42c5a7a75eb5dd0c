"""What editors upload: the forms of images and documents, which refuse at the field what cannot be used."""

from __future__ import annotations

import os
import zipfile
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.documents.showing import description

START = 1024
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
OFFICE = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}
OPEN_DOCUMENT = ("odp", "ods", "odt")


class ImageFileField(WagtailImageField):
    """Wagtail's field, but nothing is unpacked before its size is known, and a broken file is an error of
    the form: Wagtail 8.0 lets the decoder's own exception through.
    """

    def to_python(self, data: Any) -> Any:
        try:
            if data and self._pixels(data) > settings.MAX_IMAGE_PIXELS:
                raise ValidationError(_("The picture has too many pixels."), code="too_many_pixels")
            return super().to_python(data)
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error

    @staticmethod
    def _pixels(data: Any) -> int:
        """Width by height as the header tells, 0 for what Pillow does not know; Wagtail refuses that."""
        try:
            with Image.open(data) as picture:
                return picture.width * picture.height
        except UnidentifiedImageError:
            return 0
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            return settings.MAX_IMAGE_PIXELS + 1
        finally:
            data.seek(0)


class ImageForm(BaseImageForm):
    """The form of an image, in the admin and in its choosers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The form for the words beside a picture has no file.
        if field := self.fields.get("file"):
            self.fields["file"] = ImageFileField(
                label=field.label, required=field.required, widget=field.widget
            )


class DocumentForm(BaseDocumentForm):
    """The form of a document, in the admin and in its choosers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "file" in self.fields:
            self.fields["file"].help_text = description(self.instance)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            check_document(upload)
        return upload


def check_document(upload: UploadedFile) -> None:
    """Raise ValidationError where the content is not what the name's extension says.

    Extensions that are not allowed at all are refused by the model. An archive is looked at, never
    unpacked; what it would unpack to, by its own account, is limited by DOCUMENT_MAX_UNPACKED_SIZE.
    """
    extension = os.path.splitext(upload.name or "")[1].lower().lstrip(".")
    upload.seek(0)
    start = upload.read(START)
    upload.seek(0)
    if extension == "pdf":
        fits = b"%PDF-" in start
    elif extension in ("csv", "txt"):
        fits = start.startswith(UTF16_MARKS) or b"\0" not in start
    elif extension in (*OFFICE, *OPEN_DOCUMENT, "zip"):
        fits = _archive_fits(upload, extension)
    else:
        fits = True
    upload.seek(0)
    if not fits:
        raise ValidationError(
            _("The content of this file is not what “.%(extension)s” says.")
            % {"extension": extension},
            code="wrong_content",
        )


def _archive_fits(upload: UploadedFile, extension: str) -> bool:
    try:
        with zipfile.ZipFile(upload) as archive:
            names = archive.namelist()
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    if unpacked > settings.DOCUMENT_MAX_UNPACKED_SIZE:
        raise ValidationError(
            _("This file unpacks to more than %(size)s.")
            % {"size": filesizeformat(settings.DOCUMENT_MAX_UNPACKED_SIZE)},
            code="unpacks_too_large",
        )
    if extension in OFFICE:
        return "[Content_Types].xml" in names and any(
            name.startswith(OFFICE[extension]) for name in names
        )
    return extension == "zip" or "mimetype" in names
