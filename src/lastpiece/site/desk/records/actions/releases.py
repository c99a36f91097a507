"""Releasing a result: one person drafts the exact public page, another approves those very bytes.

The document is stored when it is drafted. What the second person looks at, what is approved and what is
published are the same bytes, known by their digest; nothing is drawn anew in between.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from lastpiece.results.drafting import draft
from lastpiece.results.outcomes import Status
from lastpiece.results.publication import to_json
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import Release
from lastpiece.site.desk.records.queries.results import campaign_to_publish, entries_by_week, pairs_to_publish


class SecondPersonNeeded(Exception):
    """The person who drafted a release tried to approve it."""

    def __init__(self) -> None:
        super().__init__("You drafted this release, so a second person must approve it.")


class ReleaseDecided(Exception):
    """The release is not waiting for a decision any more."""

    def __init__(self) -> None:
        super().__init__("This release has been decided already. Nothing was changed.")


class ReleaseChanged(Exception):
    """What is to be approved is not what was looked at."""

    def __init__(self) -> None:
        super().__init__("The release is not the one you looked at. Look at it again before you approve it.")


class ReleaseOvertaken(Exception):
    """A newer release has been published, so approving this one would take the public page back."""

    def __init__(self) -> None:
        super().__init__("A newer release is published already. Draft a new one instead of approving this one.")


@action("draft release")
def draft_release(
    actor: Actor, campaign_id: int, *, statuses: Mapping[int, Status], thanks: str = "", now: datetime
) -> Release:
    """Draft the public page of a campaign: the weeks in `statuses`, each provisional or final.

    Raises:
        DraftRefused: a week has no outcomes, or is called final while something in it is provisional.
        CannotHide: a small count cannot be guarded.
        Campaign.DoesNotExist: there is no such campaign.
        SecondPersonNeeded: nobody is named as the one who drafts.
    """
    if actor.staff_id is None:
        raise SecondPersonNeeded
    drafted = draft(
        campaign_to_publish(campaign_id),
        entries_by_week(campaign_id),
        statuses,
        you_said=pairs_to_publish(),
        thanks=thanks,
        published_on=timezone.localdate(now),
        threshold=settings.SMALL_COUNT,
    )
    document = to_json(drafted.publication)
    release = Release.objects.create(
        campaign_id=campaign_id,
        document=document,
        digest=hashlib.sha256(document).hexdigest(),
        held_back=[[held.week, held.key, held.label, held.why.value] for held in drafted.held_back],
        drafted_by_id=actor.staff_id,
        drafted_at=now,
    )
    touch("release", release.pk, digest=release.digest, weeks=sorted(statuses), held_back=len(drafted.held_back))
    return release


@action("approve release")
def approve_release(actor: Actor, release_id: int, digest: str, *, now: datetime) -> Release:
    """Approve a release that another person drafted. `digest` is that of the page that was looked at.

    Raises:
        SecondPersonNeeded: the one who approves has drafted it, or is nobody.
        ReleaseDecided: it was decided already.
        ReleaseChanged: the digest is not the release's.
        ReleaseOvertaken: a newer one is published.
        Release.DoesNotExist: there is no such release.
    """
    release = Release.objects.select_for_update().get(pk=release_id)
    if actor.staff_id is None or release.drafted_by_id == actor.staff_id:
        raise SecondPersonNeeded
    if release.state != Release.State.DRAFTED:
        raise ReleaseDecided
    if not release.digest == digest == hashlib.sha256(bytes(release.document)).hexdigest():
        raise ReleaseChanged
    if Release.objects.filter(state=Release.State.PUBLISHED, pk__gt=release.pk).exists():
        raise ReleaseOvertaken
    release.state = Release.State.APPROVED
    release.decided_by_id = actor.staff_id
    release.decided_at = now
    release.save(update_fields=["state", "decided_by", "decided_at"])
    touch("release", release.pk, digest=release.digest)
    return release


@action("refuse release")
def refuse_release(actor: Actor, release_id: int, why: str, *, now: datetime) -> Release:
    """Refuse a release with a reason; the person who drafted it may take it back the same way.

    Raises:
        ReleaseDecided: it was published or refused already.
        Release.DoesNotExist: there is no such release.
    """
    release = Release.objects.select_for_update().get(pk=release_id)
    if release.state not in (Release.State.DRAFTED, Release.State.APPROVED):
        raise ReleaseDecided
    release.state = Release.State.REFUSED
    release.refused_why = why
    if actor.staff_id != release.drafted_by_id:
        release.decided_by_id = actor.staff_id
    release.decided_at = now
    release.save(update_fields=["state", "refused_why", "decided_by", "decided_at"])
    touch("release", release.pk, why, digest=release.digest)
    return release
