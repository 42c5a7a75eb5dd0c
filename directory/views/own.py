"""One's own organisations: described, sent, and kept up to date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from directory import actions, errors, permissions, towns
from directory.completeness import completeness
from directory.forms import ClusterForm, HostingForm, LineFormSet, NewForm, ProfileForm
from directory.models import Country, Organisation, OrganisationRole
from directory.states import Act, State
from directory.vocabulary import LineKind, TraitKind

DONE = {
    Act.SUBMIT: lambda: _("The profile is sent. You get mail when it is published."),
    Act.CONFIRM: lambda: _("Thank you: the profile counts as up to date for another year."),
    Act.ARCHIVE: lambda: _("The profile is off the site."),
    Act.REOPEN: lambda: _("The profile is a draft again."),
}


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The organisations to which one belongs, and the way to describe one."""
    roles = OrganisationRole.objects.filter(user=request.user.pk)
    shown = roles.select_related("organisation").order_by("organisation__name", "pk")
    context = {
        "roles": shown,
        "may_review": Organisation.objects.clusters().of(request.user, "administrator").exists()
        or permissions.may_coordinate(request.user),
        "meta_title": _("My organisations"),
    }
    return render(request, "pages/directory/mine.html", context)


@never_cache
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """The first step: find the organisation, or begin a new one."""
    begun = {"language": get_language(), "name": request.GET.get("name", "")}
    form = NewForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = {name: data[name] for name in ("name", "kind", "town", "language")}
        fields["country"] = Country.objects.get(pk=data["country"])
        try:
            made = actions.create(creator=request.user, data=actions.ProfileData(fields=fields))
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The organisation is begun. Now describe it."))
            return redirect("directory:manage", slug=made.slug)
    context = {"form": form, "alike": form.alike, "meta_title": _("Add your organisation")}
    status = 422 if form.is_bound else 200
    return render(request, "pages/directory/new.html", context, status=status)


@never_cache
@login_required
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole profile in sections, with what it still lacks and what can be done with it."""
    organisation = belonging(request, slug)
    may_edit = permissions.may_edit(request.user, organisation)
    if request.method == "POST" and not may_edit:
        raise Http404
    forms = ProfileForms.of(organisation, request) if may_edit else None
    if request.method == "POST" and forms is not None and forms.are_valid():
        try:
            forms.save(organisation, request.user)
        except errors.AlreadyHandled as refusal:
            forms.profile.add_error(None, str(refusal))
            forms.profile.data = forms.profile.data.copy()
            forms.profile.data["version"] = str(
                Organisation.objects.values_list("version", flat=True).get(pk=organisation.pk)
            )
        else:
            messages.success(request, _("The profile is saved."))
            return redirect("directory:manage", slug=slug)
    stored = Organisation.objects.get(pk=organisation.pk)
    context = {
        "organisation": stored,
        "forms": forms,
        "towns": towns.towns(),
        "completeness": completeness(stored),
        "acts": [act for act in DONE if permissions.may_do(request.user, act, stored)],
        "may_administer": permissions.may_administer(request.user, stored),
        "asked": _asked(stored),
        "meta_title": stored.name,
        "section": "manage",
    }
    status = 422 if forms is not None and forms.profile.is_bound else 200
    return render(request, "pages/directory/manage.html", context, status=status)


@never_cache
@login_required
@require_POST
def act(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Move an organisation along: send, confirm, archive, reopen."""
    organisation = belonging(request, slug)
    try:
        wanted, version = Act(name), int(request.POST.get("version", ""))
    except ValueError as error:
        raise Http404 from error
    if wanted not in DONE:
        raise Http404
    do: Any = getattr(actions, wanted.value)
    try:
        do(organisation=organisation, actor=request.user, version=version)
    except errors.NotAllowed as refusal:
        raise Http404 from refusal
    except errors.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, DONE[wanted]())
    return redirect("directory:manage", slug=slug)


def belonging(request: HttpRequest, slug: str) -> Organisation:
    """The organisation of this address, where the reader has a role in it or coordinates; else 404."""
    organisation = get_object_or_404(
        Organisation.objects.select_related("cluster_profile", "hosting"), slug=slug
    )
    user = request.user
    if not permissions.role_of(user, organisation) and not permissions.may_coordinate(user):
        raise Http404
    return organisation


def _asked(organisation: Organisation) -> str:
    """What the reviewers asked for, where changes are wanted."""
    if organisation.state != State.CHANGES:
        return ""
    entry = organisation.log.filter(action=Act.REQUEST_CHANGES).first()
    return entry.reason if entry else ""


@dataclass(slots=True)
class ProfileForms:
    """The form of a profile with those that stand in it."""

    profile: ProfileForm
    offers: Any
    seeks: Any
    hosting: HostingForm
    cluster: ClusterForm | None

    @classmethod
    def of(cls, organisation: Organisation, request: HttpRequest) -> ProfileForms:
        """The forms with what is stored, or with what was sent."""
        data = request.POST if request.method == "POST" else None
        lines = list(organisation.lines.values("kind", "capability", "text"))
        may_change_kind = not organisation.is_public or permissions.may_coordinate(request.user)
        instance = Organisation.objects.get(pk=organisation.pk)
        return cls(
            profile=ProfileForm(
                data,
                request.FILES if data is not None else None,
                instance=instance,
                may_change_kind=may_change_kind,
            ),
            offers=_lines(data, "offers", [row for row in lines if row["kind"] == LineKind.OFFER]),
            seeks=_lines(data, "seeks", [row for row in lines if row["kind"] == LineKind.SEEK]),
            hosting=HostingForm(
                data, prefix="hosting", initial=HostingForm.initial_of(organisation)
            ),
            cluster=ClusterForm(
                data, prefix="cluster", instance=getattr(organisation, "cluster_profile", None)
            )
            if organisation.is_cluster
            else None,
        )

    def all(self) -> list[Any]:
        """Every form, the one that is not asked left out."""
        every = (self.profile, self.offers, self.seeks, self.hosting, self.cluster)
        return [form for form in every if form is not None]

    def are_valid(self) -> bool:
        """Whether everything that was sent can be stored; every form is asked, so that all errors show."""
        found = [form.is_valid() for form in self.all()]
        return all(found)

    def save(self, organisation: Organisation, editor: Any) -> None:
        """Store everything; raises AlreadyHandled."""
        values = self.profile.values()
        lines = [
            (kind, row["capability"], row["text"])
            for kind, rows in ((LineKind.OFFER, self.offers), (LineKind.SEEK, self.seeks))
            for row in rows.cleaned_data
            if row.get("capability")
        ]
        traits: dict[TraitKind, Any] = values.pop("traits")
        cluster = None
        if self.cluster is not None:
            cluster = {name: self.cluster.cleaned_data[name] for name in self.cluster.fields}
        actions.edit(
            organisation=organisation,
            editor=editor,
            version=self.profile.cleaned_data["version"],
            data=actions.ProfileData(
                **values,
                traits=traits,
                lines=lines,
                cluster=cluster,
                hosting=self.hosting.values(),
            ),
        )
        picture = self.profile.cleaned_data.get("logo_file")
        if picture or self.profile.cleaned_data.get("remove_logo"):
            actions.keep_logo(organisation=organisation, editor=editor, picture=picture or None)


def _lines(data: Any, prefix: str, rows: list[dict[str, Any]]) -> Any:
    return LineFormSet(data, prefix=prefix, initial=rows)
