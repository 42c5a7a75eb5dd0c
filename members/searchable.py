"""What search sees of the members: people are found by what they publish."""

from core.searchable import leave_out
from members.models import ConsentText

leave_out(ConsentText, "The privacy notice stands on one page, which every page leads to.")
