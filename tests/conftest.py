"""Settings of all tests: laws are judged by their answers, never by how busy the machine was."""

import signal

from hypothesis import settings

settings.register_profile("lastpiece", deadline=None)
settings.load_profile("lastpiece")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background job ignores Ctrl-C, and so would every program the tests start and then interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
