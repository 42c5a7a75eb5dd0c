from opportunities.forms.interests import DeclineForm, InterestForm, OutcomeForm
from opportunities.forms.writing import OpportunityForm, RenewForm, WithdrawForm

__all__ = [
    "DeclineForm",
    "InterestForm",
    "OpportunityForm",
    "OutcomeForm",
    "RenewForm",
    "WithdrawForm",
]
