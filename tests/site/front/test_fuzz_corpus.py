"""Every post that a fuzzer ever found interesting is tried again."""

from django.core.wsgi import get_wsgi_application
from tests.factories.fuzz_front import FORMS, post
from tests.factories.sealed_front import Desk


def test_no_kept_post_breaks_the_site(desk: Desk) -> None:
    application = get_wsgi_application()
    told = FORMS.corpus()
    assert len(told) >= 7
    for one in told:
        post(application, one)
