from home.models.pages import HomePage, HomePagePick, SectionIndexPage, StandardPage
from home.models.review import SecondPairOfEyesState, SecondPairOfEyesTask
from home.models.site import Footer, Navigation

__all__ = [
    "Footer",
    "HomePage",
    "HomePagePick",
    "Navigation",
    "SecondPairOfEyesState",
    "SecondPairOfEyesTask",
    "SectionIndexPage",
    "StandardPage",
]
