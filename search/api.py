"""Search for programs: `GET /api/search`, described in `/api/openapi.json`.

The same rule of visibility holds as on the page: whoever comes with a member's session finds what
the member may read, everybody else what is public.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from ninja import Field, NinjaAPI, Query, Schema
from ninja.errors import HttpError

from core import ratelimit
from core.audiences import reader_tokens
from search.asking import filters_in
from search.facets import kind_labels
from search.finding import find
from search.highlighting import unmarked
from search.query import DEEPEST, SearchHit, SearchQuery

LIMIT = 60
SECONDS = 60
MOST_HITS = 50

api = NinjaAPI(
    title=settings.SITE_NAME,
    version="1",
    description="One ranked list of everything that the caller may read.",
    # The pages that show the schema load scripts that the content security policy refuses.
    docs_url=None,
    urls_namespace="api",
)


class Asked(Schema):
    """What is asked for; values of one facet are alternatives, facets add up."""

    q: str = Field("", max_length=2_000, description="Words, “phrases”, -excluded, kind:event.")
    lang: str = Field(settings.LANGUAGE_CODE, description="The reader's language: ranks, labels.")
    sort: Literal["relevance", "date"] = "relevance"
    page: int = Field(1, ge=1, le=DEEPEST)
    page_size: int = Field(10, ge=1, le=MOST_HITS)
    kind: list[str] = []
    language: list[str] = []
    country: list[str] = []
    region: list[str] = []
    value_chain: list[str] = []
    strategy: list[str] = []
    tag: list[str] = []
    year: list[str] = []
    solved: list[str] = []


class Hit(Schema):
    """One thing found. The texts with `html` in their names hold `mark` elements and nothing else."""

    url: str
    title: str
    title_html: str
    snippet: str
    snippet_html: str
    kind: str
    kind_label: str
    language: str
    organisation: str
    date: datetime | None
    is_sample: bool
    facets: dict[str, list[str]]


class Answer(Schema):
    """One page of hits. `facets` says how many things each further choice would leave.

    `is_whole` is false where the time was up before everything was looked through.
    """

    total: int
    page: int
    page_size: int
    suggestion: str
    is_whole: bool
    facets: dict[str, dict[str, int]]
    hits: list[Hit]


class Problem(Schema):
    detail: str


@api.get("/search", response={200: Answer, 429: Problem}, summary="Search everything")
def search(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> dict[str, Any]:
    """At most the first 10,000 hits can be reached, and a caller may ask 60 times a minute."""
    _limit(request)
    if asked.page * asked.page_size > DEEPEST:
        raise HttpError(422, f"Only the first {DEEPEST} hits can be reached.")
    language = asked.lang if asked.lang in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    query = SearchQuery(
        text=asked.q,
        language=language,
        filters=_filters(asked),
        sort=asked.sort,
        page=asked.page,
        page_size=asked.page_size,
        tokens=reader_tokens(request.user),
    )
    results = find(query)
    with translation.override(language):
        labels = kind_labels()
    patch_cache_control(response, private=True, no_store=True)
    patch_vary_headers(response, ["Cookie"])
    response["X-Robots-Tag"] = "noindex"
    return {
        "total": results.total,
        "page": query.page,
        "page_size": query.page_size,
        "suggestion": results.suggestion,
        "is_whole": results.is_whole,
        "facets": {name: dict(counts) for name, counts in results.facets.items()},
        "hits": [_hit(request, hit, labels) for hit in results.hits],
    }


def _filters(asked: Asked) -> dict[str, tuple[str, ...]]:
    values = QueryDict(mutable=True)
    for name, value in asked.dict().items():
        if isinstance(value, list):
            values.setlist(name, value)
    return filters_in(values)


def _limit(request: HttpRequest) -> None:
    user: Any = request.user
    caller = f"user {user.pk}" if user.is_authenticated else ratelimit.client_address(request)
    if not ratelimit.hit("api", caller, limit=LIMIT, seconds=SECONDS):
        raise HttpError(429, "Too many requests. Please wait a minute.")


def _hit(request: HttpRequest, hit: SearchHit, labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "url": request.build_absolute_uri(hit.url),
        "title": unmarked(hit.title),
        "title_html": str(hit.title),
        "snippet": unmarked(hit.snippet),
        "snippet_html": str(hit.snippet),
        "kind": hit.kind,
        "kind_label": labels.get(hit.kind, hit.kind),
        "language": hit.language,
        "organisation": hit.organisation,
        "date": hit.date,
        "is_sample": hit.is_sample,
        "facets": {name: list(codes) for name, codes in hit.facets.items()},
    }
