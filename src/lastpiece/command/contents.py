"""The table of contents: every verb of `lastpiece`, in the order in which a report travels."""

import typer

from lastpiece.command import demo, desk, extract, fit, front, imports, keys, world

app = typer.Typer(
    name="lastpiece",
    help="What communities know, turned into safe, lawful action against hidden crime.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


@app.callback()
def lastpiece() -> None:
    """Keep the verbs as sub-commands even while there is only one."""


app.command()(world.world)
app.add_typer(demo.app)
app.add_typer(front.app)
app.add_typer(desk.app)
app.add_typer(keys.app)
app.add_typer(imports.app)
app.command()(extract.extract)
app.command()(fit.fit)


def main() -> None:
    """Run the command line."""
    app()
