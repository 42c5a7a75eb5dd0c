"""Files that people upload, good and bad."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

BODY = b"1 0 obj\n<</Type/Catalog>>\nendobj\n"
HEAD = b"%PDF-1.7\n" + BODY
PDF = HEAD + b"xref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n" + b"%d\n" % len(HEAD) + b"%%EOF\n"


def paper(content=PDF, name="minutes.pdf"):
    """A PDF of no pages."""
    return SimpleUploadedFile(name, content, "application/pdf")


def picture(size=(64, 64), image_format="JPEG", exif_comment=""):
    """A small picture, if wanted with a comment in its EXIF data."""
    buffer = io.BytesIO()
    image = Image.new("RGB", size, "teal")
    exif = Image.Exif()
    if exif_comment:
        exif[0x010E] = exif_comment
    image.save(buffer, image_format, exif=exif)
    return SimpleUploadedFile(f"picture.{image_format.lower()}", buffer.getvalue())


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb():
    """A PNG of a few bytes that claims 60,000 by 60,000 pixels."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + _chunk(b"IEND", b"")
    )


def cloth_of(width, height):
    """A good PNG of a few kilobytes that unpacks to a black picture of so many pixels."""
    buffer = io.BytesIO()
    Image.new("1", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


def archive(members):
    """A ZIP archive: {name: content}."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return buffer.getvalue()


def truncated():
    """The first half of a good picture."""
    content = picture(size=(400, 400)).read()
    return content[: len(content) // 2]


BAD_PICTURES = {
    "script.svg": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    ),
    "renamed.png": lambda: b"MZ\x90\x00 this is a program",
    "bomb.png": bomb,
    "wide.png": lambda: cloth_of(8_000, 8_000),
    "too-large.png": lambda: picture().read() + b"\0" * (5 * 1024 * 1024),
    "truncated.jpg": truncated,
    "empty.png": lambda: b"",
}
