"""Draws the tool definitions that people judge: `python scripts/draw_definitions.py FOLDER [--full]`.

Every `*.jsonl` file of tools in the folder is represented: six definitions each, and the other places go, one after
the other, to the file whose share is smallest for the square root of its size, so that a big catalog does not drown
the small ones. Within a file every definition has the same chance. The order of files and lines does not matter.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policyctl.engine.canonical import digest

SEED = 20_251_125
COUNT = 150
AT_LEAST = 6
#: What a definition says to whoever calls it, and what the digest covers; a field that is absent is left out.
CONTENT = ("name", "description", "inputSchema", "annotations")


@dataclass(frozen=True, slots=True)
class Definition:
    """One tool as a server lists it, and the file in which it stands."""

    file: str
    server: str
    name: str
    digest: str
    content: Mapping[str, Any]


def drawn(folder: Path) -> tuple[Definition, ...]:
    """The sample, in order of file, server and name."""
    catalogs = distinct(full_definitions(folder))
    places = shares({file: len(definitions) for file, definitions in catalogs.items()})
    chosen = (tool for file, definitions in catalogs.items() for tool in sorted(definitions, key=lot)[: places[file]])
    return tuple(sorted(chosen, key=place))


def full_definitions(folder: Path) -> Iterator[Definition]:
    """Every tool that says more than its name; a line without a name is about something else than a tool."""
    for path in folder.glob("*.jsonl"):
        for line in path.read_text("utf-8").split("\n"):
            tool = json.loads(line) if line.strip() else {}
            content = {field: tool[field] for field in CONTENT if tool.get(field) is not None}
            if "name" in content and (content.get("description") or content.get("inputSchema")):
                yield Definition(path.name, tool["server"], tool["name"], digest(content), content)


def distinct(definitions: Iterable[Definition]) -> dict[str, list[Definition]]:
    """Definitions by file; what several files or servers list word for word belongs to the first of them."""
    first: dict[str, Definition] = {}
    for definition in sorted(definitions, key=place):
        first.setdefault(definition.digest, definition)
    files: dict[str, list[Definition]] = {}
    for definition in first.values():
        files.setdefault(definition.file, []).append(definition)
    return files


def shares(sizes: Mapping[str, int]) -> dict[str, int]:
    """How many are drawn of each file."""
    places = {file: min(AT_LEAST, size) for file, size in sizes.items()}
    while sum(places.values()) < COUNT:
        room = [file for file, size in sizes.items() if places[file] < size]
        if not room:
            break
        places[min(room, key=lambda file: ((places[file] + 1) / math.sqrt(sizes[file]), file))] += 1
    return places


def place(definition: Definition) -> tuple[str, str, str, str]:
    return (definition.file, definition.server, definition.name, definition.digest)


def lot(definition: Definition) -> str:
    """What decides who is drawn: it depends on the seed and on the definition alone, not on its neighbours."""
    return hashlib.sha256(f"{SEED} {definition.digest}".encode()).hexdigest()


def written(definition: Definition, *, full: bool) -> str:
    head = {key: getattr(definition, key) for key in ("server", "name", "file", "digest")}
    line = json.dumps(head, ensure_ascii=False)
    return f"{line}\n{json.dumps(definition.content, ensure_ascii=False, indent=1)}\n" if full else line


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Draw the tool definitions that people judge.")
    parser.add_argument("folder", type=Path, help="where the catalogs are, one tool a line")
    parser.add_argument("--full", action="store_true", help="print the whole definitions, for reading")
    options = parser.parse_args(arguments)
    for definition in drawn(options.folder):
        print(written(definition, full=options.full))


if __name__ == "__main__":
    main()
