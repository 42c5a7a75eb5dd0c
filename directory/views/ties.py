"""Who belongs where: people, clusters, invitations, claims."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core.addresses import own_or
from core.ratelimit import hit
from directory import actions, errors, permissions
from directory.actions.invitations import read_word
from directory.forms import ClaimForm, InviteForm, JoinForm
from directory.models import Invitation, Organisation
from directory.views.own import belonging
from directory.vocabulary import Role

INVITATIONS_AN_HOUR = 20
HOUR = 3600


@never_cache
@login_required
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who looks after the organisation, and who is invited."""
    organisation = belonging(request, slug)
    may_administer = permissions.may_administer(request.user, organisation)
    form = InviteForm(
        request.POST if "email" in request.POST else None, initial={"language": get_language()}
    )
    if request.method == "POST":
        done = _people_act(request, organisation, form)
        if done is not None:
            return done
    roles = list(organisation.roles.select_related("user").order_by("role", "since"))
    invitations = organisation.invitations
    administrators = [r for r in roles if r.role == Role.ADMINISTRATOR and r.user.is_active]
    context = {
        "organisation": organisation,
        "roles": roles,
        "choices": Role.choices,
        "invitations": invitations.pending().select_related("invited_by").order_by("-pk"),
        "open": set(invitations.open().values_list("pk", flat=True)) if may_administer else (),
        "needs_second": len(administrators) < 2,
        "form": form if may_administer else None,
        "may_administer": may_administer,
        "meta_title": _("People of %(name)s") % {"name": organisation.name},
        "section": "people",
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "pages/directory/people.html", context, status=status)


def _people_act(
    request: HttpRequest, organisation: Organisation, form: InviteForm
) -> HttpResponse | None:
    """Do what was sent; None where the form of an invitation has to be shown again."""
    post = request.POST
    try:
        if "withdraw" in post:
            row = row_of(organisation.invitations, post["withdraw"])
            actions.withdraw_invitation(invitation=row, actor=request.user)
            said = _("The invitation is withdrawn.")
        elif "remove" in post:
            held = row_of(organisation.roles.select_related("user", "organisation"), post["remove"])
            actions.remove_role(held=held, actor=request.user)
            said = _("%(name)s no longer has a role here.") % {"name": held.user}
            if held.user_id == request.user.pk:
                messages.success(request, said)
                return redirect("directory:mine")
        elif "held" in post:
            held = row_of(organisation.roles.select_related("user", "organisation"), post["held"])
            if post.get("role") not in Role.values:
                raise Http404
            actions.change_role(held=held, role=Role(post["role"]), actor=request.user)
            said = _("The role is changed.")
        else:
            if not form.is_valid():
                return None
            if not hit(
                "invitations", str(request.user.pk), limit=INVITATIONS_AN_HOUR, seconds=HOUR
            ):
                form.add_error(None, _("You have invited many people. Please go on later."))
                return None
            data = form.cleaned_data
            actions.invite(
                organisation=organisation,
                email=data["email"],
                role=Role(data["role"]),
                actor=request.user,
                language=data["language"],
            )
            said = _("The invitation is on its way.")
    except errors.NotAllowed as refusal:
        raise Http404 from refusal
    except errors.Refused as refusal:
        if form.is_bound and not form.errors:
            form.add_error(None, str(refusal))
            return None
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("directory:people", slug=organisation.slug)


@never_cache
@login_required
def clusters(request: HttpRequest, slug: str) -> HttpResponse:
    """In which clusters the organisation is; for a cluster, its members."""
    organisation = belonging(request, slug)
    may_administer = permissions.may_administer(request.user, organisation)
    form = JoinForm(request.POST if "cluster" in request.POST else None, organisation=organisation)
    if request.method == "POST":
        if not may_administer:
            raise Http404
        try:
            if "end" in request.POST:
                rows = organisation.memberships.select_related("organisation", "cluster")
                membership = row_of(rows.alive(), request.POST["end"])
                actions.expire_membership(membership=membership, actor=request.user)
                messages.success(request, _("The membership is ended."))
                return redirect("directory:clusters", slug=slug)
            if form.is_valid():
                actions.join_cluster(
                    organisation=organisation, actor=request.user, **form.cleaned_data
                )
                messages.success(request, _("The cluster is asked to confirm the membership."))
                return redirect("directory:clusters", slug=slug)
        except errors.NotAllowed as refusal:
            raise Http404 from refusal
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "organisation": organisation,
        "memberships": organisation.memberships.select_related("cluster").order_by("-pk"),
        "form": form if may_administer else None,
        "may_administer": may_administer,
        "meta_title": _("Clusters of %(name)s") % {"name": organisation.name},
        "section": "clusters",
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "pages/directory/clusters.html", context, status=status)


@never_cache
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a role in an organisation; one that is not public is missing, before any log-in too."""
    organisation = get_object_or_404(Organisation.objects.public(), slug=slug)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    roles = permissions.claimable(request.user, organisation)
    if not roles:
        raise Http404
    form = ClaimForm(request.POST or None, roles=roles)
    if request.method == "POST" and form.is_valid():
        try:
            actions.claim(
                organisation=organisation,
                claimant=request.user,
                role=Role(form.cleaned_data["role"]),
                message=form.cleaned_data["message"],
            )
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your request is sent. You get an answer by mail."))
            back = request.GET.get("next", "")
            return redirect(own_or(request, back, organisation.get_absolute_url()))
    context = {
        "organisation": organisation,
        "form": form,
        "meta_title": _("Your place in %(name)s") % {"name": organisation.name},
    }
    status = 422 if form.is_bound else 200
    return render(request, "pages/directory/claim.html", context, status=status)


@never_cache
@login_required
def invitation(request: HttpRequest, word: str) -> HttpResponse:
    """Take the place that a link keeps; a made-up link is missing."""
    found = read_word(word)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            actions.accept_invitation(word=word, user=request.user)
        except errors.NotAllowed as refusal:
            raise Http404 from refusal
        except errors.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Welcome: you now belong to this organisation."))
            return redirect("directory:manage", slug=found.organisation.slug)
    context = {
        "invitation": found,
        "state": _state(found, request.user),
        "meta_title": _("Invitation"),
    }
    return render(request, "pages/directory/invitation.html", context)


def _state(found: Invitation, user: Any) -> str:
    """open, or why not; the organisation is named to its right reader only."""
    if found.email.lower() != user.email.lower():
        return "another"
    if found.accepted_at or found.withdrawn_at:
        return "used"
    return "open" if Invitation.objects.open().filter(pk=found.pk).exists() else "expired"


def row_of(rows: Any, key: str) -> Any:
    """The row of this key among these, else 404."""
    if not key.isascii() or not key.isdigit() or len(key) > 18:
        raise Http404
    return get_object_or_404(rows, pk=int(key))
