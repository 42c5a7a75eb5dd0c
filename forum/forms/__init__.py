"""Forms of the forum. The fields are named one by one; states are no fields."""

from forum.forms.bulk import (
    BulkForm,
    TopicsBulkForm,
)
from forum.forms.decisions import (
    AnswerForm,
    AppealAnswerForm,
    ComplaintAnswerForm,
    CorrectionForm,
    DecisionForm,
    OpeningCorrectionForm,
    PenaltyForm,
    ReasonedDecisionForm,
    ReportsAnswerForm,
)
from forum.forms.practices import (
    ConsentForm,
    PostsForm,
    PracticeForm,
)
from forum.forms.preferences import (
    PreferencesForm,
)
from forum.forms.reports import (
    AppealForm,
    NoticeForm,
    ReportForm,
)
from forum.forms.tags import (
    TagsForm,
)
from forum.forms.writing import (
    EditForm,
    EditOpeningForm,
    TopicForm,
    WritingForm,
)
from forum.forms.writing_preferences import (
    WritingPreferencesForm,
)

__all__ = [
    "AnswerForm",
    "AppealAnswerForm",
    "AppealForm",
    "BulkForm",
    "ComplaintAnswerForm",
    "ConsentForm",
    "CorrectionForm",
    "DecisionForm",
    "EditForm",
    "EditOpeningForm",
    "NoticeForm",
    "OpeningCorrectionForm",
    "PenaltyForm",
    "PostsForm",
    "PracticeForm",
    "PreferencesForm",
    "ReasonedDecisionForm",
    "ReportForm",
    "ReportsAnswerForm",
    "TagsForm",
    "TopicForm",
    "TopicsBulkForm",
    "WritingForm",
    "WritingPreferencesForm",
]
