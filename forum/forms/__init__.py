"""Forms of the forum. The fields are named one by one; states are no fields."""

from forum.forms.decisions import DecisionForm, ReasonedDecisionForm
from forum.forms.reports import AppealForm, NoticeForm, ReportForm
from forum.forms.writing import TopicForm, WritingForm

__all__ = [
    "AppealForm",
    "DecisionForm",
    "NoticeForm",
    "ReasonedDecisionForm",
    "ReportForm",
    "TopicForm",
    "WritingForm",
]
