"""The table of contents: every verb of `lastpiece`, in the order of `docs/reference/commands.md`."""

import typer
from typer.core import TyperGroup

from lastpiece.command import demo, desk, extract, fit, front, imports, keys, world

TRY = "Try it"
SITES = "Run the two sites"
BRING_IN = "Bring in what others hold"
FIT = "Find and fit"


class InOrder(TyperGroup):
    """Lists the verbs as this file does; Typer alone would put groups after single verbs."""

    ORDER = ("demo", "world", "keys", "front", "desk", "import", "extract", "fit")

    def list_commands(self, ctx: object) -> list[str]:  # noqa: ARG002 - the order is the same in every context
        """Return the verbs' names in the order of the contents; one without a place comes last."""
        return [*self.ORDER, *(name for name in self.commands if name not in self.ORDER)]


app = typer.Typer(
    name="lastpiece",
    help="What communities know, turned into safe, lawful action against hidden crime.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    cls=InOrder,
)

app.add_typer(demo.app, rich_help_panel=TRY)
app.command(rich_help_panel=TRY)(world.world)
app.add_typer(keys.app, rich_help_panel=SITES)
app.add_typer(front.app, rich_help_panel=SITES)
app.add_typer(desk.app, rich_help_panel=SITES)
app.add_typer(imports.app, rich_help_panel=BRING_IN)
app.command(rich_help_panel=FIT)(extract.extract)
app.command(rich_help_panel=FIT)(fit.fit)


def main() -> None:
    """Run the command line."""
    app()
