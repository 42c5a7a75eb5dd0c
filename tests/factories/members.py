"""People for tests; every one is a sample at example.org."""

import factory
from django.contrib.auth.models import Group
from django.utils import timezone

from members.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """A registered account that is not yet a member."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n} (sample)")
    is_sample = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        groups = kwargs.pop("groups", ())
        user = model_class.objects.create_user(*args, **kwargs)
        user.groups.set(Group.objects.filter(name__in=groups))
        return user


class MemberFactory(UserFactory):
    """A member whom coordinators let stand alone: nothing else is needed for one."""

    approved_at = factory.LazyFunction(timezone.now)
    stands_alone = factory.LazyAttribute(lambda made: made.approved_at is not None)
    groups = ("Members",)


class EditorFactory(MemberFactory):
    groups = ("Members", "Editors")


class ModeratorFactory(MemberFactory):
    groups = ("Members", "Moderators")


class CoordinatorFactory(MemberFactory):
    groups = ("Members", "Coordinators")


class AdministratorFactory(MemberFactory):
    is_staff = True
    is_superuser = True
