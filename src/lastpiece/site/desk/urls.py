"""Every URL of the desk. Each needs a row in `lastpiece.site.desk.permissions`."""

from allauth.account.views import login, logout
from allauth.mfa.base.views import authenticate
from django.urls import path

from lastpiece.site.desk.pages import (
    answering,
    assessing,
    items,
    judging,
    log,
    people,
    picture,
    reports,
    signing_in,
    today,
)

urlpatterns = [
    path("sign-in/", login, name="account_login"),
    path("sign-in/code/", authenticate, name="mfa_authenticate"),
    path("sign-in/second-factor/", signing_in.enrol, name="mfa_activate_totp"),
    path("sign-out/", logout, name="account_logout"),
    path("", today.today, name="today"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:report_id>/", reports.report, name="report"),
    path("reports/<int:report_id>/open/", reports.open_report, name="open_report"),
    path("reports/<int:report_id>/put-back/", reports.put_back, name="put_back"),
    path("reports/<int:report_id>/mark-read/", reports.mark_read, name="mark_read"),
    path("reports/<int:report_id>/priority/", reports.change_priority, name="change_priority"),
    path("reports/<int:report_id>/assess/", assessing.assess, name="assess"),
    path("reports/<int:report_id>/before-after/", assessing.before_after, name="before_after"),
    path("reports/<int:report_id>/items/", assessing.write_item, name="write_item"),
    path("reports/<int:report_id>/finish/", assessing.finish_report, name="finish_report"),
    path("reports/<int:report_id>/set-aside/", assessing.set_aside, name="set_aside"),
    path("reports/<int:report_id>/answer/", answering.answer, name="answer"),
    path("items/", items.items, name="items"),
    path("items/<int:item_id>/", items.item, name="item"),
    path("items/<int:item_id>/rewrite/", assessing.rewrite_item, name="rewrite_item"),
    path("items/<int:item_id>/take-out/", assessing.take_out_item, name="take_out_item"),
    path("items/<int:item_id>/mentions/", assessing.decide_mentions, name="decide_mentions"),
    path("items/<int:item_id>/add-mention/", assessing.add_mention, name="add_mention"),
    path("answers/", answering.answers, name="answers"),
    path("answers/<int:message_id>/", answering.message, name="message"),
    path("answers/<int:message_id>/release/", answering.release_answer, name="release_answer"),
    path("answers/<int:message_id>/refuse/", answering.refuse_answer, name="refuse_answer"),
    path("log/", log.log, name="log"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add_person, name="add_person"),
    path("people/<int:staff_id>/", people.person, name="person"),
    path("people/<int:staff_id>/role/", people.change_role, name="change_role"),
    path("people/<int:staff_id>/second-factor/", people.reset_second_factor, name="reset_second_factor"),
    path("people/<int:staff_id>/access/", people.change_access, name="change_access"),
    path("items/<int:item_id>/fit/", judging.item_fit, name="item_fit"),
    path("judging/", judging.judging, name="judging"),
    path("judging/<int:proposal_id>/", judging.judge, name="judge"),
    path("judging/undo/", judging.undo_last, name="undo_last"),
    path("judgements/<int:judgement_id>/undo/", judging.undo, name="judgement_undo"),
    path("picture/", picture.picture, name="picture"),
    path("picture/<int:entity_id>/", picture.entity, name="entity"),
]

handler403 = "lastpiece.site.desk.pages.faults.refused"
handler404 = "lastpiece.site.desk.pages.faults.not_found"
handler500 = "lastpiece.site.desk.pages.faults.broken"
