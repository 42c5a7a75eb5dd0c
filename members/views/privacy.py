"""What people agreed to, their copy of everything, and the way out."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members import actions
from members.models import Consent, ConsentText, DataCopy, ErasureRequest, Purpose
from members.requests import user_of


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The privacy notice in force, for everybody."""
    text = ConsentText.objects.in_force(Purpose.MEMBERSHIP)
    if text is None:
        raise Http404
    return render(request, "pages/members/notice.html", {"text": text})


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What one agreed to, copies of one's data, and whether the account is about to go."""
    user = request.user
    text = ConsentText.objects.in_force(Purpose.MEMBERSHIP)
    consents = list(Consent.objects.filter(user=user.pk).select_related("text"))
    agreed = {consent.text_id for consent in consents}
    return render(
        request,
        "pages/members/privacy.html",
        {
            "consents": consents,
            "new_text": text if text and text.pk not in agreed else None,
            "copies": DataCopy.objects.available(user),
            "is_in_making": DataCopy.objects.filter(user=user.pk, ready_at=None).exists(),
            "erasure": ErasureRequest.objects.filter(user=user.pk).first(),
            "copy_days": actions.COPY_KEPT.days,
            "grace_days": actions.GRACE.days,
        },
    )


@login_required
@require_POST
def agree(request: HttpRequest) -> HttpResponse:
    """Agree to the notice whose version the form shows; an older one asks again."""
    text = ConsentText.objects.in_force(Purpose.MEMBERSHIP)
    if text is None or request.POST.get("version") != str(text.version):
        messages.warning(request, _("The text has changed in the meantime. Please read it again."))
        return redirect("members:privacy")
    actions.agree(user=user_of(request), text=text, language=get_language() or "en")
    messages.success(request, _("Thank you. This is noted."))
    return redirect("members:privacy")


@login_required
@require_POST
@reauthentication_required
def ask_for_copy(request: HttpRequest) -> HttpResponse:
    """Have a copy made; while one is in the making there is no second."""
    try:
        actions.ask_for_copy(user=user_of(request))
    except actions.CopyInMaking:
        messages.info(request, _("Your copy is being made already."))
    else:
        messages.success(request, _("Your copy is being made. You get a mail when it is ready."))
    return redirect("members:privacy")


@never_cache
@login_required
@require_safe
@reauthentication_required
def fetch_copy(request: HttpRequest, pk: object) -> HttpResponseBase:
    """The ZIP, for the person whose data it holds and nobody else."""
    copy = get_object_or_404(DataCopy.objects.available(request.user), pk=pk)
    try:
        file = copy.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"copy-{copy.ready_at:%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@never_cache
@login_required
@reauthentication_required
def leave(request: HttpRequest) -> HttpResponse:
    """Ask, and on POST note, that an account is to be erased after the grace period."""
    if request.method == "POST":
        try:
            actions.ask_for_erasure(user=user_of(request))
        except actions.LastAdministrator:
            messages.error(
                request, _("You are the only administrator. Make somebody else one first.")
            )
            return redirect("members:leave")
        messages.success(request, _("Your account will be erased. Until then you can keep it."))
        return redirect("members:privacy")
    return render(request, "pages/members/leave.html", {"grace_days": actions.GRACE.days})


@login_required
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Keep the account after all."""
    if actions.keep_account(user=user_of(request)):
        messages.success(request, _("Your account stays."))
    return redirect("members:privacy")
