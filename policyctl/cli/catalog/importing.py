"""Where imported catalogs go, and what is there already."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from policyctl.catalog.drift import drift
from policyctl.catalog.load import SourcesReading
from policyctl.catalog.renew import renew
from policyctl.errors import PolicyctlError
from policyctl.model.catalog import Catalog
from policyctl.reading.catalog import read_catalog
from policyctl.report.catalog.document import render
from policyctl.report.catalog.imported.result import ImportedServer, Outcome
from policyctl.source.document import Document
from policyctl.source.read import read_document
from policyctl.workspace.naming import shown_name
from policyctl.workspace.open import read_bytes

_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Written:
    """What an import comes to for one server: its report and the text of its document, None where nothing is to be written."""

    server: ImportedServer
    text: str | None


def is_folder(target: str) -> bool:
    """Whether the user means a directory, which need not be there yet."""
    return target.endswith(("/", os.sep)) or os.path.isdir(target)


def chosen(reading: SourcesReading, server: str | None, target: str | None) -> dict[str, Catalog]:
    """The catalogs that are wanted, by their ids in the sources: `--server` picks one of several, or names the only one."""
    catalogs = {catalog.server_id: catalog for catalog in reading.catalogs}
    if server in catalogs:
        return {server: catalogs[server]}
    if server is not None:
        if len(catalogs) > 1:
            raise _several(reading.catalogs, f"no source lists the tools of `{server}`")
        return {name: _called(catalog, server) for name, catalog in catalogs.items()}
    if len(catalogs) > 1 and (target is None or not is_folder(target)):
        raise _several(reading.catalogs, f"the sources list the tools of {len(catalogs):,} servers")
    if target is None and "stdin" in reading.unnamed:
        raise PolicyctlError("the list does not say which server it is from", hint="add `--server NAME`")
    return catalogs


def _several(catalogs: Sequence[Catalog], message: str) -> PolicyctlError:
    names = ", ".join(f"`{catalog.server_id}`" for catalog in catalogs[:_MOST_NAMED])
    others = f" and {len(catalogs) - _MOST_NAMED:,} more" if len(catalogs) > _MOST_NAMED else ""
    hint = f"`-o DIR/` writes a catalog for each, `--server NAME` takes one: {names}{others}"
    return PolicyctlError(message, hint=hint)


def _called(catalog: Catalog, server: str) -> Catalog:
    name = server if catalog.server_name == catalog.server_id else catalog.server_name
    return replace(catalog, server_id=server, server_name=name)


def file_of(catalog: Catalog, target: str) -> str:
    """The file of a server in a directory: its id, with what no file system holds left out."""
    plain = _ODD.sub("_", catalog.server_id).strip(".")
    if plain != catalog.server_id:
        # Two ids may come down to one name.
        plain = f"{plain}-{hashlib.sha256(catalog.server_id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    return os.path.join(target, f"{plain[:200]}.json")


def write_to(catalog: Catalog, file: str | None, *, is_named: bool, force: bool, prune: bool) -> Written:
    """What is to be written; `is_named` says that the user or the source named the server, so that another one is a mistake."""
    old = None if file is None else _present(file, force=force)
    if old is not None and old.server_id != catalog.server_id:
        if is_named:
            hint = f"if they are one server, add `--server {old.server_id}`; else write to another file"
            message = f"`{file}` is the catalog of `{old.server_id}`, not of `{catalog.server_id}`"
            raise PolicyctlError(message, hint=hint)
        catalog = _called(catalog, old.server_id)
    renewal = renew(old, catalog, prune=prune)
    changes = None if old is None else drift(old, renewal.catalog)
    text = render(renewal.catalog)
    shown = None if file is None else shown_name(file)
    if not catalog.tools:
        return Written(ImportedServer(renewal, "empty", shown, None), None)
    outcome = _outcome(file, text)
    return Written(ImportedServer(renewal, outcome, shown, changes), None if outcome == "unchanged" else text)


def _outcome(file: str | None, text: str) -> Outcome:
    if file is None:
        return "printed"
    if not os.path.lexists(file):
        return "created"
    return "unchanged" if read_bytes(file) == text.encode() else "updated"


def _present(file: str, *, force: bool) -> Catalog | None:
    """The catalog that is there; what is there and is none is replaced only if the user insists."""
    if not os.path.lexists(file) or not (os.path.isfile(file) or os.path.isdir(file)):
        # A pipe or a device has nothing to lose.
        return None
    document = read_document(file, read_bytes(file))
    reading = read_catalog(document) if isinstance(document, Document) else None
    if reading is None or reading.catalog is None:
        if force:
            return None
        raise PolicyctlError(
            f"`{shown_name(file)}` is there, and is no catalog without an error",
            hint="name another file, or replace it with `--force`",
        )
    return reading.catalog
