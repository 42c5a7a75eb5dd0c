"""The pages of people: what a reader may see of them, and the way to come into contact."""

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

from members import actions, errors, permissions, presentation
from members.forms_contact import ContactForm
from members.models import ContactRequest, Profile
from members.parts import Level, Part
from members.requests import user_of
from members.visibility import fields_at, visible_fields

PREVIEWS = {
    Level.PUBLIC: {Level.PUBLIC},
    Level.MEMBERS: {Level.PUBLIC, Level.MEMBERS},
    Level.CONTACTS: set(Level),
}


def _of(pk: int) -> Profile:
    people = Profile.objects.select_related("user", "country")
    return get_object_or_404(people, user=pk, user__is_active=True)


@never_cache
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a person, for those to whom it is open; its owner can see it as others do."""
    profile = _of(pk)
    preview = request.GET.get("as", "")
    is_own = request.user.pk == profile.user_id
    if is_own and preview in PREVIEWS:
        seen = fields_at(profile, PREVIEWS[Level(preview)])
    else:
        preview, seen = "", visible_fields(profile, request.user)
        if Part.PAGE not in seen:
            raise Http404
    context = {
        **presentation.shown(profile, seen),
        "is_own": is_own,
        "preview": Level(preview) if preview else None,
        "is_closed": Part.PAGE not in seen,
        **({} if is_own else _contact(request, profile)),
    }
    return render(request, "pages/members/person.html", context)


def _contact(request: HttpRequest, profile: Profile) -> dict[str, Any]:
    """Where the two stand: their living request, or the way to make one."""
    user = request.user
    if not user.is_authenticated:
        return {"may_log_in_to_ask": profile.accepts_requests}
    alive = ContactRequest.objects.between(user, profile.user).alive().first()
    return {
        "contact": alive,
        "may_ask": alive is None and permissions.may_ask(user, profile.user),
    }


@never_cache
@login_required
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a person for contact."""
    profile = _of(pk)
    if not permissions.may_ask(request.user, profile.user):
        raise Http404
    form = ContactForm(request.POST or None, initial={"language": (get_language() or "en")[:2]})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_for_contact(
                sender=user_of(request),
                recipient=profile.user,
                **form.cleaned_data,
            )
        except errors.Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your request is sent. You get a mail with the answer."))
            return redirect("members:contact", made.pk)
    context = {"form": form, "person": profile.user}
    status = 422 if form.is_bound else 200
    return render(request, "pages/members/ask.html", context, status=status)
