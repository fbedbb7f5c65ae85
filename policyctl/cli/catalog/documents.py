"""Where catalogs are written; a file that is none is not lost."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from policyctl.errors import PolicyctlError
from policyctl.model.catalog import Catalog
from policyctl.reading.catalog import read_catalog
from policyctl.report.catalog.document import render
from policyctl.source.document import Document
from policyctl.source.read import read_document
from policyctl.workspace.naming import shown_name
from policyctl.workspace.open import read_bytes

_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 200


def targets(catalogs: Sequence[Catalog], target: str | None, *, force: bool) -> Mapping[Path, bytes]:
    """What is to be written where; PolicyctlError before anything is written if a file that is there is no catalog."""
    if target is None or not any(catalog.tools for catalog in catalogs):
        return {}
    is_folder = target.endswith(("/", os.sep)) or os.path.isdir(target)
    if len(catalogs) > 1 and not is_folder:
        message = f"`-o {target}` is one file, and there are {len(catalogs):,} servers"
        raise PolicyctlError(message, hint=f"name a directory: `-o {target}/` writes a file for each")
    files = {Path(target) / _file_name(catalog) if is_folder else Path(target): catalog for catalog in catalogs}
    if len(files) < len(catalogs):
        raise PolicyctlError("two servers would get the same file", hint="classify them one by one")
    for file in files:
        if not force:
            _refuse_foreign(str(file))
    return {file: render(catalog).encode("utf-8", "surrogatepass") for file, catalog in files.items()}


def write_all(documents: Mapping[Path, bytes]) -> None:
    """Each whole or not at all."""
    from policyctl.workspace.write import write_whole

    for path, content in documents.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"cannot make the directory `{path.parent}`: {(error.strerror or str(error)).lower()}"
            raise PolicyctlError(message, hint="name another directory") from error
        write_whole(path, content)


def _file_name(catalog: Catalog) -> str:
    plain = _ODD.sub("_", catalog.server_id).strip(".")[:_LONGEST]
    return f"{plain or 'server'}.json"


def _refuse_foreign(file: str) -> None:
    if not os.path.isfile(file):
        # A pipe or a device has nothing to lose.
        return
    document = read_document(file, read_bytes(file))
    if not isinstance(document, Document) or read_catalog(document).catalog is None:
        raise PolicyctlError(
            f"`{shown_name(file)}` is there, and is no catalog without an error",
            hint="name another file, or replace it with `--force`",
        )
