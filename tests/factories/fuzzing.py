"""A process that fuzzes one target: `python -m tests.factories.fuzzing NAME [libFuzzer's options and folders]`."""

import sys


def main() -> None:
    """Load our own code under Atheris' eyes, then try inputs until the options say stop."""
    try:
        import atheris  # noqa: PLC0415 - only the fuzzing process needs it
    except ImportError:
        sys.exit("Atheris is not installed; run with `uv run --group fuzz`.")
    name, *options = sys.argv[1:]
    with atheris.instrument_imports(include=["lastpiece"]):
        from tests.factories.fuzz_all import BY_NAME  # noqa: PLC0415 - loaded while it is being watched

        BY_NAME[name].run(b"")  # what a target loads late is watched too
    # libFuzzer starts itself again by this line when it merges
    atheris.Setup([f"{sys.executable} -m tests.factories.fuzzing {name}", *options], BY_NAME[name].run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
