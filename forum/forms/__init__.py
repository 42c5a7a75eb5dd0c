"""Forms of the forum. The fields are named one by one; states are no fields."""

from forum.forms.decisions import DecisionForm, ReasonedDecisionForm
from forum.forms.preferences import PreferencesForm
from forum.forms.writing import EditForm, TopicForm, WritingForm

__all__ = [
    "DecisionForm",
    "EditForm",
    "PreferencesForm",
    "ReasonedDecisionForm",
    "TopicForm",
    "WritingForm",
]
