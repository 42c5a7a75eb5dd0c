"""People: the account that logs in, and the profile that others see."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.parts import default_visibility
from members.querysets import UserQuerySet
from members.querysets_people import ProfileQuerySet


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an account with its profile; the address is kept in lower case."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        Profile.objects.create(user=user)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an account that may do everything and is a member at once."""
        fields.setdefault("approved_at", timezone.now())
        fields.setdefault("stands_alone", True)
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """An account; it logs in by e-mail."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may enter the technical admin"), default=False)
    is_sample = models.BooleanField(_("sample"), default=False)
    approved_at = models.DateTimeField(
        _("member since"),
        null=True,
        blank=True,
        help_text=_("Empty as long as the account is not a member's."),
    )
    stands_alone = models.BooleanField(
        _("member without an organisation"),
        default=False,
        help_text=_(
            "Made a member by coordinators, whether or not they belong to an organisation."
        ),
    )
    date_joined = models.DateTimeField(_("registered"), default=timezone.now)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_the_case")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def is_member(self) -> bool:
        """Whether this is an approved member: the audience "members".

        Kept in step with `UserQuerySet.entitled` by `actions.settle`.
        """
        return self.is_active and self.approved_at is not None


class Profile(models.Model):
    """What other people see of an account."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    country = models.ForeignKey(
        "directory.Country",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    bio = models.TextField(_("about you"), max_length=1000, blank=True)
    avatar = models.ImageField(_("picture"), upload_to="avatars/", blank=True)
    position = models.CharField(
        pgettext_lazy("in an organisation", "position"), max_length=150, blank=True
    )
    town = models.CharField(_("town"), max_length=100, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    links = models.JSONField(_("links"), default=list, blank=True)
    visibility = models.JSONField(default=default_visibility, editable=False)
    accepts_requests = models.BooleanField(_("members may ask for contact"), default=True)
    is_listed = models.BooleanField(_("shown on the pages of one's organisations"), default=False)
    contact_mail = models.BooleanField(_("mail about requests for contact"), default=True)

    objects = models.Manager.from_queryset(ProfileQuerySet)()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return str(self.user)
