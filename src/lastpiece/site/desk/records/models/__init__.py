"""The tables, one file a noun."""

from lastpiece.site.desk.records.models.alert import UNREAD_KINDS, Alert, AlertKind, Paging
from lastpiece.site.desk.records.models.alike import AlikeBand, AlikeSketch, GroupSetAside
from lastpiece.site.desk.records.models.area import Area
from lastpiece.site.desk.records.models.audit_row import AuditRow, AuditRowFixed
from lastpiece.site.desk.records.models.campaign import Campaign, CampaignWeek
from lastpiece.site.desk.records.models.crime import Crime
from lastpiece.site.desk.records.models.duty import Duty
from lastpiece.site.desk.records.models.entity import Entity, Piece
from lastpiece.site.desk.records.models.imported_report import ImportedReport
from lastpiece.site.desk.records.models.item import Item
from lastpiece.site.desk.records.models.judgement import Judgement
from lastpiece.site.desk.records.models.mailbox import ClosedMailbox, Mailbox
from lastpiece.site.desk.records.models.mention import Mention
from lastpiece.site.desk.records.models.message import Message
from lastpiece.site.desk.records.models.notice import Notice
from lastpiece.site.desk.records.models.outcome import Outcome
from lastpiece.site.desk.records.models.posting import Posting
from lastpiece.site.desk.records.models.proposal import Proposal
from lastpiece.site.desk.records.models.quarantined import Quarantined
from lastpiece.site.desk.records.models.release import Release
from lastpiece.site.desk.records.models.report import Report
from lastpiece.site.desk.records.models.sealed_original import DataKey, Opening, SealedOriginal
from lastpiece.site.desk.records.models.staff import Role, Staff
from lastpiece.site.desk.records.models.stored_file import Attachment, FileChunk, StoredFile
from lastpiece.site.desk.records.models.used_code import UsedCode
from lastpiece.site.desk.records.models.you_said import YouSaidWeDid

__all__ = [
    "UNREAD_KINDS",
    "Alert",
    "AlertKind",
    "AlikeBand",
    "AlikeSketch",
    "Area",
    "Attachment",
    "AuditRow",
    "AuditRowFixed",
    "Campaign",
    "CampaignWeek",
    "ClosedMailbox",
    "Crime",
    "DataKey",
    "Duty",
    "Entity",
    "FileChunk",
    "GroupSetAside",
    "ImportedReport",
    "Item",
    "Judgement",
    "Mailbox",
    "Mention",
    "Message",
    "Notice",
    "Opening",
    "Outcome",
    "Paging",
    "Piece",
    "Posting",
    "Proposal",
    "Quarantined",
    "Release",
    "Report",
    "Role",
    "SealedOriginal",
    "Staff",
    "StoredFile",
    "UsedCode",
    "YouSaidWeDid",
]
