from bestpractices.models.base import PracticeBase, PracticeIndicator, PracticeTag, Scope
from bestpractices.models.index import PracticeIndexPage
from bestpractices.models.pages import BestPracticePage, CaseStudyPage, PracticeUsed

__all__ = [
    "BestPracticePage",
    "CaseStudyPage",
    "PracticeBase",
    "PracticeIndexPage",
    "PracticeIndicator",
    "PracticeTag",
    "PracticeUsed",
    "Scope",
]
