"""One's contacts and the requests for them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.keyset import Key, page_of
from members import actions, errors, presentation
from members.forms_contact import AnswerForm
from members.models import ContactRequest
from members.parts import Part
from members.states import ContactState
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
        "page": page,
        "rows": [_row(row, request) for row in page.rows],
        "current": wanted,
        "accepts_requests": request.user.profile.accepts_requests,  # type: ignore[union-attr]
    }
    return render(request, "pages/members/contacts.html", context)


def _row(row: ContactRequest, request: HttpRequest) -> dict[str, Any]:
    """A request as its reader sees it: the other of the two, with what they show."""
    is_received = row.recipient_id == request.user.pk
    other = row.sender if is_received else row.recipient
    seen = visible_fields(other.profile, request.user, (Part.EMAIL, Part.TELEPHONE))
    return {
        "contact": row,
        "other": other,
        "is_received": is_received,
        "state": ContactState(row.state).label,
        **byline(other, request.user),
        **(presentation.details(other.profile, seen)),
    }


@never_cache
@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request, with what its reader can do now."""
    row = get_object_or_404(_own(request), pk=pk)
    form = AnswerForm(request.POST or None)
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
            answer = form.cleaned_data["answer"]
            actions.decline_contact(request=row, user=user, answer=answer, language=language)
            return _("The request is declined.")
        case "withdraw":
            actions.withdraw_contact(request=row, user=user)
            return _("Your request is withdrawn.")
        case "end":
            actions.end_contact(request=row, user=user)
            return _("You are no longer in contact.")
    raise Http404
