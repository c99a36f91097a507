"""Values that hold what a person told hide it in their repr."""

import dataclasses
import inspect
import pkgutil
import sys
from types import ModuleType

import pytest

import lastpiece.assess
import lastpiece.fit
import lastpiece.tell

TELLING = {"text", "answers", "words", "plain", "original", "sanitised", "private", "seed", "surface", "secret"}


def modules(package: ModuleType) -> list[ModuleType]:
    found = [package]
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        __import__(module.name)
        found.append(sys.modules[module.name])
    return found


def values() -> list[type]:
    found: dict[str, type] = {}
    for package in (lastpiece.tell, lastpiece.assess, lastpiece.fit):
        for module in modules(package):
            for value in vars(module).values():
                if inspect.isclass(value) and dataclasses.is_dataclass(value) and value.__module__ == module.__name__:
                    found[f"{module.__name__}.{value.__name__}"] = value
    return list(found.values())


def test_there_are_values_that_hold_what_a_person_told() -> None:
    assert any(field.name in TELLING for value in values() for field in dataclasses.fields(value))


@pytest.mark.parametrize("value", values(), ids=lambda value: f"{value.__module__}.{value.__name__}")
def test_what_a_person_told_is_not_in_the_repr(value: type) -> None:
    own_repr = "__repr__" in vars(value) and "dataclass" not in getattr(vars(value)["__repr__"], "__qualname__", "")
    generated = value.__dataclass_params__.repr  # type: ignore[attr-defined]  # every dataclass has it, no stub says so
    if own_repr and not generated:
        return
    shown = [field.name for field in dataclasses.fields(value) if field.repr and field.name in TELLING]
    assert shown == []
