"""What search sees of the members: people are found by what they publish."""

from core.searchable import leave_out
from members.models import Block, ConsentText, ContactRequest

leave_out(ConsentText, "The privacy notice stands on one page, which every page leads to.")
leave_out(Block, "For the one who blocks only.")
leave_out(ContactRequest, "For the two whom it is about only.")
