"""What stands at an address that somebody names, in whatever language of the site."""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, get_language_from_path, override
from wagtail.models import Site

from forum.models import Attachment, Post

LONGEST_NUMBER = 9


def post_at(request: HttpRequest, address: str) -> Post | None:
    """The public post at an address of this site: a permalink, a place in a topic, or a file of its own.

    The scheme may be missing, the host too where the path begins with "/". None for other sites.
    """
    try:
        parts = _split(address.strip())
        if parts.netloc and parts.hostname not in _own_hosts(request):
            return None
        match = _resolved(parts.path)
    except (ValueError, Resolver404):
        return None
    public = Post.objects.published().select_related("topic")
    if match.view_name == "forum:post":
        return public.filter(pk=match.kwargs["pk"]).first()
    if match.view_name == "forum:attachment":
        files = Attachment.objects.filter(pk=match.kwargs["pk"])
        return public.filter(pk__in=files.values("post")).first()
    if match.view_name != "forum:topic":
        return None
    number = parts.fragment.removeprefix("post-")
    of_topic = public.filter(topic=match.kwargs["pk"])
    if number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER:
        return of_topic.filter(number=int(number)).first()
    return of_topic.filter(is_opening=True).first()


def _split(address: str) -> SplitResult:
    is_whole = "://" in address or address.startswith("/")
    return urlsplit(address if is_whole else f"//{address}")


def _own_hosts(request: HttpRequest) -> set[str | None]:
    """The names of this site, without ports."""
    asked, _port = split_domain_port(request.get_host())
    sites = Site.objects.values_list("hostname", flat=True)
    return {asked, urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname, *sites}


def _resolved(path: str) -> Any:
    """Addresses are known in the language of their prefix only, whatever is spoken here."""
    language = get_language_from_path(path)
    if language is None:
        language = get_language() or settings.LANGUAGE_CODE
        path = f"/{language}{path}"
    with override(language):
        return resolve(path)
