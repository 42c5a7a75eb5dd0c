"""Forms of the directory."""

from directory.forms.beginning import NewForm
from directory.forms.profiles import ClusterForm, HostingForm, LineFormSet, ProfileForm
from directory.forms.ties import AnswerForm, ClaimForm, InviteForm, JoinForm

__all__ = [
    "AnswerForm",
    "ClaimForm",
    "ClusterForm",
    "HostingForm",
    "InviteForm",
    "JoinForm",
    "LineFormSet",
    "NewForm",
    "ProfileForm",
]
