from bestpractices.models.base import PracticeBase, PracticeIndicator, PracticeTag, Scope
from bestpractices.models.index import PracticeIndexPage
from bestpractices.models.pages import BestPracticePage, CaseStudyPage, PracticeUsed
from bestpractices.models.uptake import Outcome, Uptake, Use

__all__ = [
    "BestPracticePage",
    "CaseStudyPage",
    "Outcome",
    "PracticeBase",
    "PracticeIndexPage",
    "PracticeIndicator",
    "PracticeTag",
    "PracticeUsed",
    "Scope",
    "Uptake",
    "Use",
]
