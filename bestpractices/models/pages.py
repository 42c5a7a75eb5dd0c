"""The two kinds of page that editors write."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Orderable

from bestpractices import panels
from bestpractices.models.base import PracticeBase
from core.blocks.body import BodyBlock
from core.blocks.key_figures import KeyFigureBlock


class BestPracticePage(PracticeBase):
    """What worked somewhere and may work elsewhere: challenge, way, evidence, transfer."""

    kind = "best_practice"

    description = StreamField(
        BodyBlock(),
        verbose_name=_("description"),
        blank=True,
        help_text=_("What is done, by whom, step by step."),
    )

    is_creatable = True
    parent_page_types = ["bestpractices.PracticeIndexPage"]
    subpage_types: list[str] = []
    template = "pages/bestpractices/practice.html"
    page_description = _("What worked in one region and may work in another, with its evidence.")
    edit_handler = panels.best_practice()

    class Meta:
        verbose_name = _("best practice")
        verbose_name_plural = _("best practices")

    @property
    def body(self) -> StreamValue:
        return self.description


class CaseStudyPage(PracticeBase):
    """The story of one organisation, with key figures and the practices that it used."""

    kind = "case_study"

    organisation = models.CharField(
        _("organisation"), max_length=200, help_text=_("Whose story this is.")
    )
    story = StreamField(BodyBlock(), verbose_name=_("story"), blank=True)
    key_figures = StreamField(
        [("figure", KeyFigureBlock())],
        verbose_name=_("key figures"),
        blank=True,
        max_num=6,
        help_text=_("Two to four numbers that a reader should remember."),
    )

    is_creatable = True
    parent_page_types = ["bestpractices.PracticeIndexPage"]
    subpage_types: list[str] = []
    template = "pages/bestpractices/practice.html"
    page_description = _("The story of one organisation, with key figures.")
    edit_handler = panels.case_study()

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")

    @property
    def body(self) -> StreamValue:
        return self.story


class PracticeUsed(Orderable):
    """A best practice that the organisation of a case study used."""

    case_study = ParentalKey(CaseStudyPage, on_delete=models.CASCADE, related_name="practices_used")
    practice = models.ForeignKey(
        BestPracticePage,
        verbose_name=_("best practice"),
        on_delete=models.CASCADE,
        related_name="used_in",
    )

    class Meta(Orderable.Meta):
        verbose_name = _("practice used")
        verbose_name_plural = _("practices used")
        constraints = [
            models.UniqueConstraint(
                fields=["case_study", "practice"], name="practice_used_once_in_a_case_study"
            )
        ]

    def __str__(self) -> str:
        return str(self.practice)
