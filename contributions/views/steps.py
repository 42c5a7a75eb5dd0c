"""The steps of a proposal: everything typed is kept, whether it can be sent yet or not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from contributions import actions, composition, errors, permissions
from contributions.forms import AboutForm, BeginForm, PictureForm, SendForm, UploadForm
from contributions.models import Contribution
from contributions.states import Naming
from contributions.steps import Step
from contributions.views.own import version_of
from core.contributable import StepForm, kind_of
from members.requests import user_of

ON = "next"


@never_cache
@login_required
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """The first step of a new proposal."""
    wanted = kind_of(kind)
    if wanted is None or not permissions.may_propose(request.user):
        raise Http404
    form = BeginForm(
        request.POST or None,
        user=request.user,
        kind=wanted,
        initial={"language": get_language()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin(
                contributor=user_of(request),
                key=form.cleaned_data["key"],
                kind=kind,
                about=form.about(),
            )
        except errors.NotAllowed as refusal:
            raise Http404 from refusal
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("contributions:story", key=made.key)
    context = {"form": form, "kind": wanted, "meta_title": wanted.invitation}
    status = 422 if form.is_bound else 200
    return render(request, "pages/contributions/begin.html", context, status=status)


@never_cache
@login_required
def about(request: HttpRequest, key: UUID) -> HttpResponse:
    """Title, summary, language, organisation."""
    found = written(request, key)
    initial = {
        name: getattr(found, name) for name in ("title", "summary", "language", "organisation")
    }
    form = AboutForm(
        request.POST or None,
        user=request.user,
        kind=composition.kind_of(found),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_about(
                contribution=found,
                contributor=user_of(request),
                version=version_of(request),
                about=form.about(),
            )
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _onward(request, found, Step.ABOUT)
    return _step(request, found, Step.ABOUT, form=form)


@never_cache
@login_required
def story(request: HttpRequest, key: UUID) -> HttpResponse:
    """The texts of the page."""
    return _typed(request, key, Step.STORY)


@never_cache
@login_required
def facts(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where, when, what it belongs to, figures."""
    return _typed(request, key, Step.FACTS)


@never_cache
@login_required
def pictures(request: HttpRequest, key: UUID) -> HttpResponse:
    """The pictures with their words, a new one, and one to take away, in one form."""
    found = written(request, key)
    data = request.POST if request.method == "POST" else None
    there = list(found.pictures.all())
    rows = [PictureForm(data, instance=one, prefix=f"picture-{one.pk.hex}") for one in there]
    new = UploadForm(data, request.FILES if data is not None else None, prefix="new")
    if data is not None and _keep_pictures(request, found, rows, new):
        return _onward(request, found, Step.PICTURES)
    return _step(request, found, Step.PICTURES, rows=rows, new=new, form=new)


@never_cache
@login_required
def send(request: HttpRequest, key: UUID) -> HttpResponse:
    """Look over everything, say how one is named, and send."""
    found = get_object_or_404(
        Contribution.objects.of(request.user).select_related("organisation"), key=key
    )
    if request.method != "POST" and not found.is_editable:
        return redirect("contributions:contribution", key=key)
    form = SendForm(
        request.POST or None, initial={"naming": found.naming, "version": found.version}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.send(
                contribution=found,
                contributor=user_of(request),
                version=form.cleaned_data["version"],
                naming=Naming(form.cleaned_data["naming"]),
                is_agreed=form.cleaned_data["agree"],
            )
        except errors.NotAgreed as refusal:
            form.add_error("agree", str(refusal))
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. The editors have it; you get mail about it."))
            return redirect("contributions:contribution", key=key)
    return _step(
        request,
        found,
        Step.SEND,
        form=form,
        missing=composition.problems(found),
        pictures=list(found.pictures.all()),
    )


def written(request: HttpRequest, key: UUID) -> Contribution:
    """One's own that can be changed now; else 404."""
    own = Contribution.objects.of(request.user).select_related("organisation", "page")
    found = get_object_or_404(own, key=key)
    if not permissions.may_write(request.user, found) or found.about is None:
        raise Http404
    return found


def _typed(request: HttpRequest, key: UUID, step: Step) -> HttpResponse:
    """A step whose fields a kind of page names: kept as typed, judged when one goes on."""
    found = written(request, key)
    kind = composition.kind_of(found)
    form_class = kind.story_form if step == Step.STORY else kind.facts_form
    if request.method != "POST":
        stored = found.content.get(step.value)
        form = form_class(initial=stored or {})
        return _step(request, found, step, form=form)
    form = form_class(request.POST)
    try:
        actions.save_step(
            contribution=found,
            contributor=user_of(request),
            version=version_of(request),
            step=step,
            raw=form.raw(),
        )
    except errors.Refused as refusal:
        form.add_error(None, str(refusal))
        return _step(request, found, step, form=form)
    if request.POST.get("go") == ON and not form.is_valid():
        messages.info(request, _("Everything is saved. Some of it is needed before you send it."))
        return _step(request, found, step, form=form)
    return _onward(request, found, step)


def _keep_pictures(
    request: HttpRequest, found: Contribution, rows: list[PictureForm], new: UploadForm
) -> bool:
    """Store the words, the new picture and what is to go; whether all of it could be."""
    contributor: Any = request.user
    if not all([row.is_valid() for row in rows]) or not new.is_valid():  # noqa: C419 - all speak
        return False
    words = {row.instance.pk: row.words() for row in rows}
    upload = new.cleaned_data["file"]
    try:
        if words:
            actions.describe_pictures(contribution=found, contributor=contributor, words=words)
        if request.POST.get("remove"):
            actions.remove_picture(
                contribution=found, contributor=contributor, pk=_uuid(request.POST["remove"])
            )
        if upload:
            actions.add_picture(
                contribution=found, contributor=contributor, upload=upload, words=new.words()
            )
    except ValidationError as refusal:
        new.add_error("file", refusal)
    except errors.Refused as refusal:
        new.add_error("file", str(refusal))
    return not new.errors


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _onward(request: HttpRequest, found: Contribution, step: Step) -> HttpResponse:
    """To the next step where that was asked, else back to this one, saved."""
    if request.POST.get("go") == ON:
        return redirect(f"contributions:{step.next.value}", key=found.key)
    messages.success(request, _("Saved as a draft."))
    return redirect(f"contributions:{step.value}", key=found.key)


def _step(
    request: HttpRequest, found: Contribution, step: Step, *, form: StepForm | Any, **more: Any
) -> HttpResponse:
    # The form that comes back with a refusal is made from what is stored now, so that sending it
    # again means it.
    version = Contribution.objects.values_list("version", flat=True).get(pk=found.pk)
    if "version" in form.fields and form.is_bound:
        form.data = {**form.data.dict(), "version": str(version)}
    context = {
        "contribution": found,
        "kind": found.about,
        "step": step,
        "steps": list(Step),
        "form": form,
        "version": version,
        "round": found.rounds.first(),
        "meta_title": found.title,
        **more,
    }
    status = 422 if request.method == "POST" else 200
    template = f"pages/contributions/{'typed' if step in composition.FORMS else step.value}.html"
    return render(request, template, context, status=status)
