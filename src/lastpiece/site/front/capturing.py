"""The page that needs no network: one file with the force's questions, today's key, and everything it runs.

It is opened from a tablet's own disk. Its policy lets nothing run but the one script in it, and reach nothing at all.
"""

import base64
import hashlib
import json
from datetime import datetime, timedelta

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from lastpiece.site.front import hatch
from lastpiece.site.front.current import current_pack
from lastpiece.site.front.forms.telling import AnswerForm
from lastpiece.site.front.languages import ENGLISH, direction
from lastpiece.site.front.pages.brand import sheet as brand_sheet
from lastpiece.site.parts.assets import asset_content
from lastpiece.site.parts.doors import ADULT
from lastpiece.tell.words import WORDS

CHANNEL = "outreach"


def capture_page(now: datetime, language: str = ENGLISH) -> str:
    """Return the whole page as HTML.

    Raises:
        FrontClosed: there is no valid key to seal to.
        AssetMissing: the assets are not built.
    """
    outside = hatch.look_outside(now)
    certificate = outside.certificate()
    with translation.override(language):
        sheet = "front.rtl.css" if direction(language) == "rtl" else "front.css"
        style = asset_content(f"vendor/{sheet}").decode("utf-8-sig") + brand_sheet(current_pack())
        script = asset_content("vendor/capture.js").decode()
        form = AnswerForm(*ADULT.questions)
        given = {
            "certificate": certificate.to_json(),
            "root": base64.b64encode(outside.root_public).decode("ascii"),
            "site": certificate.site,
            "channel": CHANNEL,
            "form_version": ADULT.form_version,
            "language": language,
        }
        context = {
            "pack": current_pack(),
            "language": language,
            "foreign": language != ENGLISH,
            "direction": direction(language),
            "style": mark_safe(style),  # noqa: S308 - our own built style sheet
            "script": mark_safe(script),  # noqa: S308 - our own built script
            "policy": policy(style, script),
            "asked": [(question, form[question.key]) for question in ADULT.questions],
            "given": json.dumps(given),
            "list": "\n".join(WORDS),
            "until": certificate.not_after - timedelta(days=1),  # the last day, as `keys show` says it
        }
        return render_to_string("front/capture.html", context)


def policy(style: str, script: str) -> str:
    """Return what the page may do: run this script, look like this, and reach nothing."""
    return (
        f"default-src 'none'; script-src '{digest(script)}'; style-src '{digest(style)}'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def digest(text: str) -> str:
    """Return the SHA-256 of an inline script or style as a policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
