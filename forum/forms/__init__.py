"""Forms of the forum. The fields are named one by one; states are no fields."""

from forum.forms.decisions import (
    AnswerForm,
    AppealAnswerForm,
    BulkForm,
    DecisionForm,
    NoticeAnswerForm,
    PenaltyForm,
    ReasonedDecisionForm,
)
from forum.forms.reports import AppealForm, NoticeForm, ReportForm
from forum.forms.writing import TopicForm, WritingForm

__all__ = [
    "AnswerForm",
    "AppealAnswerForm",
    "AppealForm",
    "BulkForm",
    "DecisionForm",
    "NoticeAnswerForm",
    "NoticeForm",
    "PenaltyForm",
    "ReasonedDecisionForm",
    "ReportForm",
    "TopicForm",
    "WritingForm",
]
