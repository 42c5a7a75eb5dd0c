"""One's contacts and the requests for them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.keyset import Key, page_of
from members import actions, errors, presentation
from members.forms_contact import AnswerForm, MailForm
from members.models import Block, ContactRequest, User
from members.parts import Part
from members.requests import user_of
from members.states import ALIVE, ContactState
from members.visibility import byline, visible_fields

PAGE_SIZE = 20
BY_TIME = Key(("asked_at", "pk"))
VIEWS = ("open", "accepted", "past")


def _own(request: HttpRequest) -> Any:
    rows = ContactRequest.objects.visible_to(request.user)
    return rows.select_related("sender__profile", "recipient__profile")


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The requests that wait, the people one is in contact with, or what is past."""
    wanted = request.GET.get("show", VIEWS[0])
    if wanted not in VIEWS:
        raise Http404
    rows = getattr(ContactRequest.objects.visible_to(request.user), wanted)()
    rows = rows.select_related("sender__profile", "recipient__profile")
    query = "" if wanted == VIEWS[0] else f"show={wanted}"
    page = page_of(request, rows, BY_TIME, size=PAGE_SIZE, query=query)
    context = {
        "list": page,
        "rows": [_row(row, request) for row in page.rows],
        "current": wanted,
        "blocks": _blocks(request) if wanted == "past" else (),
        "accepts_requests": user_of(request).profile.accepts_requests,
    }
    return render(request, "pages/members/contacts.html", context)


def _row(row: ContactRequest, request: HttpRequest) -> dict[str, Any]:
    """A request as its reader sees it: the other of the two, with what they show."""
    other = _other(request, row)
    seen = visible_fields(other.profile, request.user, (Part.EMAIL, Part.TELEPHONE))
    return {
        "contact": row,
        "other": other,
        "is_received": other == row.sender,
        "state": ContactState(row.state).label,
        **byline(other, request.user),
        **(presentation.details(other.profile, seen)),
    }


def _other(request: HttpRequest, row: ContactRequest) -> User:
    return row.sender if row.recipient_id == request.user.pk else row.recipient


def _blocks(request: HttpRequest) -> QuerySet[Block]:
    own = Block.objects.filter(owner=request.user.pk, blocked__is_active=True)
    return own.select_related("blocked")


@never_cache
@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request, with what its reader can do now."""
    row = get_object_or_404(_own(request), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            words = _act(request, row, form)
        except errors.NotAllowed as error:
            raise Http404 from error
        except errors.WordsMissing as error:
            form.add_error("answer", str(error))
        except errors.Refused as error:
            messages.warning(request, str(error))
            return redirect("members:contact", row.pk)
        else:
            if words:
                messages.success(request, words)
                return redirect("members:contact", row.pk)
    context = {
        **_row(row, request),
        "form": form if row.state == ContactState.OPEN else None,
        "is_past": row.state not in ALIVE,
        "is_blocked": _blocks(request).filter(blocked=_other(request, row)).exists(),
        "states": ContactState,
    }
    status = 422 if form.is_bound else 200
    return render(request, "pages/members/contact.html", context, status=status)


def _act(request: HttpRequest, row: ContactRequest, form: AnswerForm) -> str:
    """Do what the button says; the words for it, or nothing where the form is not valid."""
    if not form.is_valid():
        return ""
    user: Any = request.user
    language = (get_language() or "en")[:2]
    match request.POST.get("act"):
        case "accept":
            answer = form.cleaned_data["answer"]
            actions.accept_contact(request=row, user=user, answer=answer, language=language)
            return _("You are in contact now.")
        case "decline":
            actions.decline_contact(request=row, user=user, language=language, **form.cleaned_data)
            return _("The request is declined.")
        case "withdraw":
            actions.withdraw_contact(request=row, user=user)
            return _("Your request is withdrawn.")
        case "end":
            actions.end_contact(request=row, user=user)
            return _("You are no longer in contact.")
    raise Http404


@require_POST
@login_required
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody with whom one had to do ask no more."""
    other = get_object_or_404(User, pk=pk, is_active=True)
    try:
        actions.block(owner=user_of(request), other=other)
    except errors.NotAllowed as error:
        raise Http404 from error
    messages.success(request, _("This person cannot ask you for contact any more."))
    return redirect(f"{reverse('members:contacts')}?show=past")


@require_POST
@login_required
def unblock(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody ask again."""
    other = get_object_or_404(User, pk=pk, is_active=True)
    actions.unblock(owner=user_of(request), other=other)
    messages.success(request, _("This person can ask you for contact again."))
    return redirect(f"{reverse('members:contacts')}?show=past")


@never_cache
@login_required
def mail(request: HttpRequest) -> HttpResponse:
    """Choose whether mail tells of requests; every such mail leads here."""
    own = user_of(request).profile
    if request.method == "POST":
        actions.choose_mail(profile=own, contact_mail="contact_mail" in request.POST)
        messages.success(request, _("Your choice is saved."))
        return redirect("members:contact_mail")
    return render(request, "pages/members/contact_mail.html", {"form": MailForm(instance=own)})
