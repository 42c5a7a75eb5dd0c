"""Videos and other things elsewhere, without anything being loaded from there until asked.

The site never asks the other side what an address holds (no oEmbed): the addresses of two providers
are read here, and everything else is shown as a link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, StructValue, URLBlock

YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com"}
YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live)/([^/]+)/?")
VIMEO_PATH = re.compile(r"/(\d{5,12})(?:/([0-9a-f]{8,12}))?/?")
VIMEO_PLAYER_PATH = re.compile(r"/video/(\d{5,12})/?")
VIMEO_HASH = re.compile(r"[0-9a-f]{8,12}")


@dataclass(frozen=True, slots=True)
class Video:
    """A video with a known provider: where people watch it, and what a frame would load."""

    provider: str
    watch_url: str
    frame_url: str


def parse_video(url: str) -> Video | None:
    """The video behind an address of YouTube or Vimeo; None for anything else, however similar."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or parts.username or port not in {None, 80, 443}:
        return None
    host = (parts.hostname or "").lower()
    query = parse_qs(parts.query)
    if host in YOUTUBE_HOSTS or host == "youtu.be":
        return _youtube(host, parts.path, query)
    if host in VIMEO_HOSTS or host == "player.vimeo.com":
        return _vimeo(host, parts.path, query)
    return None


def _youtube(host: str, path: str, query: dict[str, list[str]]) -> Video | None:
    if host == "youtu.be":
        found = path.strip("/")
    elif path == "/watch":
        found = query.get("v", [""])[0]
    else:
        match = YOUTUBE_PATH.fullmatch(path)
        found = match[1] if match else ""
    if not YOUTUBE_ID.fullmatch(found):
        return None
    return Video(
        "YouTube",
        f"https://www.youtube.com/watch?v={found}",
        f"https://www.youtube-nocookie.com/embed/{found}?rel=0",
    )


def _vimeo(host: str, path: str, query: dict[str, list[str]]) -> Video | None:
    is_player = host == "player.vimeo.com"
    match = (VIMEO_PLAYER_PATH if is_player else VIMEO_PATH).fullmatch(path)
    if match is None:
        return None
    # A video that is not listed carries a second secret part.
    secret = query.get("h", [""])[0] if is_player else match[2] or ""
    if not VIMEO_HASH.fullmatch(secret):
        secret = ""
    return Video(
        "Vimeo",
        f"https://vimeo.com/{match[1]}" + (f"/{secret}" if secret else ""),
        f"https://player.vimeo.com/video/{match[1]}?dnt=1" + (f"&h={secret}" if secret else ""),
    )


class EmbedBlock(StructBlock):
    url = URLBlock(label=_("Address"), help_text=_("A video on YouTube or Vimeo, or another page."))
    title = CharBlock(max_length=150, label=_("Title"))

    def get_context(
        self, value: StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["video"] = parse_video(value["url"] or "")
        context["host"] = urlsplit(value["url"] or "").hostname or ""
        return context

    class Meta:
        template = "blocks/embed.html"
        icon = "media"
        label = _("Video or page elsewhere")
        label_format = "{title}"
        description = _(
            "A card; nothing is loaded from the other site until the reader asks for it."
        )
        preview_value = {
            "url": "https://vimeo.com/123456789",
            "title": "A visit to a sorting plant",
        }
