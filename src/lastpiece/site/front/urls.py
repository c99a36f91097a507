"""Every address of the public site. None ever holds an answer or a word.

Pages stand in every language: English at the root, the others behind their code (`/cy/tell`). What is not a page has
one address. `languages.py` says why nothing but the address decides.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from lastpiece.site.front.pages import (
    accessibility,
    brand,
    errors,
    feedback,
    hand_in,
    home,
    leave,
    mail_bucket,
    mailbox,
    privacy,
    results,
    safety,
    scripts,
    sealed,
    signs,
    tell,
    young,
)

pages = [
    path("", home.home, name="home"),
    path("tell", tell.tell, name="tell"),
    path("tell/one-page", tell.one_page, name="tell_page"),
    path("young", young.young, name="young"),
    path("young/help", young.young_help, name="young_help"),
    path("signs", signs.signs, name="signs"),
    path("signs/<slug:slug>", signs.sign, name="sign"),
    path("campaign", results.campaign, name="campaign"),
    path("results", results.results, name="results"),
    path("mailbox", mailbox.mailbox, name="mailbox"),
    path("safety", safety.safety, name="safety"),
    path("feedback", feedback.feedback, name="feedback"),
    path("hand-in", hand_in.hand_in, name="hand_in"),
    path("privacy", privacy.privacy, name="privacy"),
    path("accessibility", accessibility.accessibility, name="accessibility"),
]
urlpatterns = [
    *i18n_patterns(*pages, prefix_default_language=False),
    path("mailbox/bucket", mail_bucket.mail_bucket, name="mail_bucket"),
    path("key.json", sealed.key, name="key"),
    path("sealed", sealed.sealed, name="sealed"),
    path("scripts.json", scripts.scripts, name="scripts"),
    path("leave", leave.leave, name="leave"),
    path("brand.css", brand.brand, name="brand"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
