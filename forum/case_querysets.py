"""Reads of what moderation deals with: reports, decisions, appeals, penalties."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from forum.querysets import audiences_of, moderates
from forum.standing import scope_of

if TYPE_CHECKING:
    from forum.models import (  # noqa: F401
        Appeal,
        Category,
        Decision,
        ModeratorScope,
        Penalty,
        Report,
    )


def _in_reach(user: Any, post: str) -> Q:
    """Posts, found under the name `post`, that this moderator looks after."""
    narrowing = scope_of(user).narrowing(
        category=f"{post}__topic__category", language=f"{post}__language"
    )
    return narrowing & Q(**{f"{post}__topic__category__audience__in": audiences_of(user)})


class ReportQuerySet(QuerySet["Report"]):
    def open(self) -> ReportQuerySet:
        return self.filter(state="open")

    def about_same(self, notice: Report) -> ReportQuerySet:
        """The open notices about the address of one that is about no post, with itself."""
        same = Q(pk=notice.pk)
        if notice.place:
            same |= Q(place=notice.place)
        return self.open().filter(same, post__isnull=True)

    def moderatable_by(self, user: Any) -> ReportQuerySet:
        """Reports of posts that this person moderates, and notices about other addresses."""
        if not moderates(user):
            return self.none()
        elsewhere = Q(post__isnull=True) & scope_of(user).narrowing(
            category="post__topic__category", language="language"
        )
        if scope_of(user).categories is not None:
            return self.filter(_in_reach(user, "post"))
        return self.filter(_in_reach(user, "post") | elsewhere)


class DecisionQuerySet(QuerySet["Decision"]):
    def of(self, user: Any) -> DecisionQuerySet:
        """The decisions that concern this reader: nobody else reads them on the site."""
        return self.filter(subject=user) if user.is_authenticated else self.none()

    def moderatable_by(self, user: Any) -> DecisionQuerySet:
        """Decisions about posts that this person moderates, and about accounts and lost posts."""
        if not moderates(user):
            return self.none()
        return self.filter(Q(post__isnull=True) | _in_reach(user, "post"))


class AppealQuerySet(QuerySet["Appeal"]):
    def open(self) -> AppealQuerySet:
        return self.filter(decided_at__isnull=True)

    def moderatable_by(self, user: Any) -> AppealQuerySet:
        """Appeals about decisions and reports within this person's reach."""
        if not moderates(user):
            return self.none()
        lost = Q(decision__isnull=False, decision__post__isnull=True)
        reports: Any = self.model._meta.get_field("report").related_model
        return self.filter(
            lost
            | _in_reach(user, "decision__post")
            | Q(report__in=reports.objects.moderatable_by(user).values("pk"))
        )

    def decidable_by(self, user: Any) -> AppealQuerySet:
        """Those of them that this person may answer: no own decision, and no matter of one's own."""
        return (
            self.moderatable_by(user)
            .open()
            .exclude(first_moderator=user.pk)
            .exclude(decision__subject=user.pk)
            .exclude(report__reporter=user.pk)
            .exclude(report__post__author=user.pk)
        )


class PenaltyQuerySet(QuerySet["Penalty"]):
    def in_force(self, now: datetime | None = None) -> PenaltyQuerySet:
        """What keeps a member from posting at this moment."""
        return self.filter(until__gt=now or timezone.now(), lifted_at__isnull=True)

    def of(self, user: Any) -> PenaltyQuerySet:
        return self.filter(member=user.pk)

    def heaviest(self) -> Penalty | None:
        """A suspension before a silence, then the one that lasts longest."""
        # "suspend" sorts after "silence".
        return self.order_by("-kind", "-until").first()


class ScopeQuerySet(QuerySet["ModeratorScope"]):
    def narrowed(self) -> ScopeQuerySet:
        """Those that name categories; the others hold for every category."""
        return self.filter(pk__in=self.model.categories.through.objects.values("moderatorscope"))

    def of_only(self, category: Category) -> ScopeQuerySet:
        """Those that name this category and no other one."""
        others = self.model.categories.through.objects.exclude(category=category)
        within = self.narrowed().filter(categories=category)
        return within.exclude(pk__in=others.values("moderatorscope"))
