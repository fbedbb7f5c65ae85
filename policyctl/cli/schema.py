"""`policyctl schema`."""

from __future__ import annotations

from typing import Annotated

import typer

from policyctl.cli.exits import ExitCode
from policyctl.cli.finish import tell
from policyctl.workspace.schemas import schema_names, schema_text


def schema(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Which one; left out, their names are listed.")
    ] = None,
) -> int:
    """Print a published JSON Schema, for an editor or for another program; without a name, list what there is."""
    tell(schema_text(name) if name is not None else "\n".join(schema_names()))
    return int(ExitCode.CLEAN)
