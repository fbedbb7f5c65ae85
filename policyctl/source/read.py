"""One file's bytes to a document, or every reason why they are none."""

from __future__ import annotations

import hashlib
from typing import Literal, TypeAlias

from policyctl.diagnostic import Diagnostic
from policyctl.source.decode import decode, decode_leniently
from policyctl.source.document import Document
from policyctl.source.fault import Fault, diagnose

Format: TypeAlias = Literal["json", "yaml", "toml"]

_EXTENSIONS: dict[str, Format] = {"json": "json", "yaml": "yaml", "yml": "yaml"}


def read_document(name: str, raw: bytes, *, format: Format | None = None) -> Document | tuple[Diagnostic, ...]:
    """The document in `raw`; without a `format` the extension of `name` decides, else the first character."""
    text = decode(raw)
    if isinstance(text, Fault):
        return diagnose([text], name=name, text=decode_leniently(raw))
    chosen = format or _EXTENSIONS.get(name.rpartition(".")[2].lower()) or _sniff(text)
    digest = digest_of(raw)
    if chosen == "toml":
        # Only where a reader asks for it: no policy and no catalog is written in TOML.
        from policyctl.source.toml_ import read_toml

        return read_toml(name, text, digest)
    return _read_json(name, text, digest) if chosen == "json" else _read_yaml(name, text, digest)


def digest_of(raw: bytes) -> str:
    """How reports and policies name these bytes."""
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def _sniff(text: str) -> Format:
    # A YAML file may start with a flow mapping, but JSON's messages are the better guess for a brace.
    return "json" if text.lstrip()[:1] in {"{", "["} else "yaml"


def _read_json(name: str, text: str, digest: str) -> Document | tuple[Diagnostic, ...]:
    from policyctl.source.json_ import find_places, parse

    data, faults = parse(text)
    if faults:
        return diagnose(faults, name=name, text=text)
    return Document(name, text, data, "json", digest, find_places)


def _read_yaml(name: str, text: str, digest: str) -> Document | tuple[Diagnostic, ...]:
    from policyctl.source.yaml_ import parse
    from policyctl.source.yaml_places import find

    root, faults = parse(text)
    if root is None:
        return diagnose(faults, name=name, text=text)
    return Document(name, text, root.value, "yaml", digest, lambda text: find(root, text))
