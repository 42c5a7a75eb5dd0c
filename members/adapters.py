"""How allauth stores accounts and sends mail here."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from core.ratelimit import client_address
from core.tasks import deliver_mail, enqueue
from members import actions
from members.models import User


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:
        """Store the account and its profile in one transaction."""
        data = form.cleaned_data
        user.email = data["email"]
        user.set_password(data["password1"])
        actions.register(
            user=user,
            name=data["name"],
            country=data["country"],
            language=(get_language() or "en")[:2],
        )
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send through the queue, so that a slow mail server holds nobody up."""
        from allauth.core import context as allauth_context

        request = allauth_context.request
        site = SimpleNamespace(
            name=settings.SITE_NAME, domain=urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc
        )
        values = {"request": request, "email": email, "current_site": site, **context}
        message = self.render_mail(template_prefix, email, values)
        html = next((body for body, kind in getattr(message, "alternatives", [])), "")
        enqueue(
            deliver_mail,
            subject=str(message.subject),
            text=str(message.body),
            html=html,
            to=[email],
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the profile, or to the second step of registration where that is not done."""
        user: Any = request.user
        return reverse("members:profile" if user.is_member else "members:joining")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("members:joining")

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or super().get_client_ip(request)
