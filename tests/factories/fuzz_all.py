"""Every fuzz target by its name: the engines', and the public site's."""

from tests.factories.fuzz_front import FORMS
from tests.factories.fuzz_requests import REQUESTS
from tests.factories.fuzz_targets import TARGETS

BY_NAME = {target.name: target for target in (*TARGETS, FORMS, *REQUESTS)}
