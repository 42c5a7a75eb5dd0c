from opportunities.models.interests import FollowUp, Interest
from opportunities.models.log import OpportunityLog
from opportunities.models.opportunities import Criterion, Opportunity

__all__ = ["Criterion", "FollowUp", "Interest", "Opportunity", "OpportunityLog"]
