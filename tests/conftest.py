"""Settings of all tests: laws are judged by their answers, never by how busy the machine was."""

from hypothesis import settings

settings.register_profile("lastpiece", deadline=None)
settings.load_profile("lastpiece")
