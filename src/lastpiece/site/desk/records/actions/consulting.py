"""Looking at what is known of a thing is an action: it leaves a row that says who looked and when.

The Data Protection Act 2018, section 62, asks for a log of every consultation of personal data.
"""

from datetime import datetime

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import Proposal
from lastpiece.site.desk.records.queries.entity import EntityPage, entity_page
from lastpiece.site.desk.records.queries.fitted_item import FittedItem, fitted_item
from lastpiece.site.desk.records.queries.picture import home_of
from lastpiece.site.desk.records.queries.proposed import Pair, pair_of


class NothingThere(Exception):
    """What was asked for is not in the picture.

    Attributes:
        moved_to: The thing that the number asked for belongs to now, if it was joined to another.
    """

    def __init__(self, moved_to: int | None = None) -> None:
        super().__init__("There is no such thing in the picture; it may have been joined to another or corrected.")
        self.moved_to = moved_to


@action("consult entity")
def consult_entity(actor: Actor, entity_id: int, *, now: datetime) -> EntityPage:
    """Return the page of a thing and note the look.

    Raises:
        NothingThere: no thing has this number now.
    """
    page = entity_page(entity_id)
    if page is None:
        raise NothingThere(home_of(entity_id))
    touch("entity", page.id, kind=page.kind)
    return page


@action("consult fit")
def consult_fit(actor: Actor, item_id: int, *, now: datetime) -> FittedItem:
    """Return an item with what each of its mentions fits and note the look.

    Raises:
        NothingThere: no item has this number.
    """
    item = fitted_item(item_id)
    if item is None:
        raise NothingThere
    touch("item", item.id)
    return item


@action("consult pair")
def consult_pair(actor: Actor, proposal_id: int, *, now: datetime) -> Pair:
    """Return two things side by side and note the look.

    Raises:
        NothingThere: no proposal has this number, or one of its mentions was corrected since.
    """
    proposal = Proposal.objects.filter(pk=proposal_id).first()
    pair = pair_of(proposal) if proposal else None
    if pair is None:
        raise NothingThere
    touch("proposal", pair.proposal, things=[pair.left.entity, pair.right.entity])
    return pair
