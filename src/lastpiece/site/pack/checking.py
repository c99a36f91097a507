"""Whether the telephone numbers of a pack can be believed today: helplines change their hours, and some close."""

from datetime import date, timedelta

from lastpiece.site.pack.loading import Pack

GOOD_FOR = timedelta(days=180)
"""So long a check of the numbers is believed."""


def doubt_of_numbers(pack: Pack, today: date) -> str:
    """Return a sentence for the operator when the numbers may be wrong by now; else an empty string."""
    checked = pack.numbers_checked_on
    if checked is None:
        return "Nobody has checked the telephone numbers of this invented pack. Do not serve it to the public."
    if today < checked:
        return f"The telephone numbers are said to be checked on {checked}, which is still to come. Mend that day."
    if today - checked > GOOD_FOR:
        return f"The telephone numbers were checked on {checked}, more than {GOOD_FOR.days} days ago. Check them anew."
    return ""
