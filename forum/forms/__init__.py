"""Forms of the forum. The fields are named one by one; states are no fields."""

from forum.forms.decisions import (
    DecisionForm,
    ReasonedDecisionForm,
)
from forum.forms.practices import (
    ConsentForm,
    PostsForm,
    PracticeForm,
)
from forum.forms.preferences import (
    PreferencesForm,
)
from forum.forms.writing import (
    EditForm,
    TopicForm,
    WritingForm,
)
from forum.forms.writing_preferences import (
    WritingPreferencesForm,
)

__all__ = [
    "ConsentForm",
    "DecisionForm",
    "EditForm",
    "PostsForm",
    "PracticeForm",
    "PreferencesForm",
    "ReasonedDecisionForm",
    "TopicForm",
    "WritingForm",
    "WritingPreferencesForm",
]
