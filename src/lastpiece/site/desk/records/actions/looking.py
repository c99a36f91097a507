"""Looking at a record is an action: the audit says who consulted what."""

from datetime import datetime

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.queries.items import ItemPage, item_page


@action("look at item")
def look_at_item(actor: Actor, item_id: int, *, now: datetime) -> ItemPage | None:
    """Return one item with its mentions, or None when there is none."""
    shown = item_page(item_id)
    touch("item", item_id, found=shown is not None)
    return shown
