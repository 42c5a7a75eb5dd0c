"""What all forms for a text have in common: preview, files, draft, the guard, and sending.

Whatever is refused, the form comes back with everything that was typed, attached and described.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.ratelimit import hit
from forum import actions, errors, guard, limits, permissions
from forum.forms import WritingForm
from forum.guard import Finding
from forum.markdown import LONGEST_SOURCE
from forum.markdown import render as render_markdown
from forum.models import Attachment, Category, ConfidentialTerm, Draft, Topic
from forum.references import resolve, shown
from forum.views.navigation import trail


@dataclass(slots=True)
class Composer:
    """What a page shows around a form: see `pages/forum/_composer.html`."""

    topic: Topic | None = None
    draft: Draft | None = None
    keeps_draft: bool = True
    # Of a post that is there already; `is_going` marks those that shall be taken away.
    kept_files: list[Attachment] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    preview: dict[str, Any] | None = None

    @property
    def fingerprint(self) -> str:
        return guard.fingerprint(self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """What differs from form to form.

    `open_form` makes a form that nobody is told off in, `bind` one that is checked. `send` does the
    act and answers. `show` makes the page. `saved` is where a saved draft is gone on with. `before`
    and `title_before` are what stands there already, with an edit.
    """

    open_form: Callable[[dict[str, Any]], WritingForm]
    bind: Callable[[Any], WritingForm]
    send: Callable[[dict[str, Any]], HttpResponse]
    show: Callable[[WritingForm, Composer, int], HttpResponse]
    saved: Callable[[Draft | None], str] | None = None
    topic: Topic | None = None
    page: Page | None = None
    before: str = ""
    title_before: str = ""


def handle(request: HttpRequest, how: Handling) -> HttpResponse:
    """Answer a POST of a form for a text."""
    try:
        return _handled(request, how)
    except errors.NotAllowed:
        return not_stored(request)


def not_stored(request: HttpRequest, why: str = "") -> HttpResponse:
    """The answer to a text for which there is no place any more: why, and the text to be copied.

    It says the same of what is hidden and of what never was, and is a 404 as both are; to htmx as
    well, upon which the browser sends the form once more and shows this page (static/js/composer.js).
    Raises Http404 where nothing was typed, and for visitors.
    """
    source = request.POST.get("source", "")
    if not (request.user.is_authenticated and source.strip()):
        raise Http404
    context = {
        "why": why or _("The place for it is no longer there, or is not open to you."),
        "may_write": permissions.may_write(request.user),
        "title": request.POST.get("title", ""),
        "source": source,
        "trail": trail(),
    }
    return render(request, "pages/forum/not_stored.html", context, status=404)


def _handled(request: HttpRequest, how: Handling) -> HttpResponse:
    key = uuid_of(request.POST.get("key", ""))
    composer = Composer(topic=how.topic, keeps_draft=how.saved is not None)
    if key is not None:
        composer.problems = _receive(request, key)
    if "save_draft" in request.POST and how.saved is not None and key is not None:
        try:
            kept = keep_draft(request, key, topic=how.topic, page=how.page)
        except errors.TooManyDrafts as refusal:
            composer.problems.append(str(refusal))
        else:
            if not composer.problems:
                if kept:
                    messages.success(request, _("Your draft is saved."))
                return redirect(how.saved(kept))
    if "preview" in request.POST:
        composer.preview = preview_of(request, how.topic, before=how.before)
    is_sent = not {"preview", "save_draft", "attach", "detach"} & request.POST.keys()
    if not is_sent:
        form = how.open_form(request.POST.dict())
        return _again(request, how, form, composer, key, 422 if composer.problems else 200)
    form = how.bind(request.POST)
    if form.is_valid() and not composer.problems:
        composer.findings = _findings(request, form, how)
        agreed = request.POST.get("anyway", "") == composer.fingerprint
        if not composer.findings or agreed:
            try:
                return how.send(form.cleaned_data)
            except errors.NotAllowed:
                raise
            except errors.Refused as refusal:
                composer.findings = []
                form.add_error(None, str(refusal))
    return _again(request, how, form, composer, key, 422)


def files_of(user: Any, key: UUID | None) -> list[Attachment]:
    """What is attached to a form that is not sent yet."""
    return list(Attachment.objects.unsent(user, key)) if key is not None else []


def keep_draft(
    request: HttpRequest, key: UUID, *, topic: Topic | None, page: Page | None = None
) -> Draft | None:
    """Save what a form holds as a draft; what is no valid value is left out. Raises TooManyDrafts."""
    sent = request.POST
    wanted = sent.get("category", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
    language = sent.get("language", "")
    return actions.save_draft(
        owner=request.user,
        key=key,
        topic=topic,
        title=sent.get("title", "").replace("\x00", ""),
        source=sent.get("source", "").replace("\x00", ""),
        tags=sent.get("tags", "").replace("\x00", ""),
        language=language
        if language in dict(settings.LANGUAGES)
        else (get_language() or settings.LANGUAGE_CODE)[:2],
        category=Category.objects.visible_to(request.user).filter(pk=number).first(),
        page=page,
    )


def preview_of(request: HttpRequest, topic: Topic | None, before: str = "") -> dict[str, Any]:
    """{html, is_too_many}: a form's text as it would be shown, by the pipeline of stored posts."""
    limit = limits.current().previews_per_minute
    if not hit("forum-preview", str(request.user.pk), limit=limit, seconds=60):
        return {"html": "", "is_too_many": True}
    source = request.POST.get("source", "")[:LONGEST_SOURCE]
    stored = resolve(source.replace("\x00", ""), topic=topic, before=before)
    return {"html": shown([render_markdown(stored.source)])[0], "is_too_many": False}


def _again(
    request: HttpRequest,
    how: Handling,
    form: WritingForm,
    composer: Composer,
    key: UUID | None,
    status: int,
) -> HttpResponse:
    composer.files = files_of(request.user, key)
    return how.show(form, composer, status)


def _receive(request: HttpRequest, key: UUID) -> list[str]:
    """Keep the files and descriptions that came with a form; sentences about what was refused."""
    owner: Any = request.user
    gone = uuid_of(request.POST.get("detach", ""))
    if gone is not None:
        actions.detach(owner=owner, key=key, pk=gone)
    texts = {
        pk: (text, f"decorative-{pk}" in request.POST)
        for name, text in request.POST.items()
        if name.startswith("alt-") and (pk := uuid_of(name.removeprefix("alt-"))) is not None
    }
    if texts:
        actions.describe(owner=owner, key=key, texts=texts)
    problems = []
    for upload in request.FILES.getlist("files"):
        try:
            actions.attach(owner=owner, key=key, upload=upload)
        except ValidationError as error:
            problems += [f"{upload.name}: {message}" for message in error.messages]
        except errors.NotAllowed:
            raise
        except errors.Refused as refusal:
            problems.append(f"{upload.name}: {refusal}")
            break
    return problems


def _findings(request: HttpRequest, form: WritingForm, how: Handling) -> list[Finding]:
    """What the guard warns of; what stood there before an edit was agreed to then."""
    terms = ConfidentialTerm.objects.filter(owner=request.user.pk).values_list("text", flat=True)
    values = form.cleaned_data
    found = guard.findings(values["source"], title=values.get("title", ""), terms=terms)
    if not found or not how.before:
        return found
    stood = guard.findings(how.before, title=how.title_before, terms=terms)
    known = {one.text for one in stood}
    return [one for one in found if one.text not in known]


def uuid_of(text: str) -> UUID | None:
    """The key that a form names; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
