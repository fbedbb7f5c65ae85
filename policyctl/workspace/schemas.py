"""The published JSON Schemas, which travel in the package."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable

from policyctl.errors import PolicyctlError

_SUFFIX = ".schema.json"


def schema_names() -> tuple[str, ...]:
    """`policy`, `trace`, …, then the outputs by command and version: `output/validate.v1`."""
    root = files("policyctl") / "schemas"
    return (*_names(root, ""), *_names(root / "output", "output/"))


def _names(folder: Traversable, prefix: str) -> tuple[str, ...]:
    if not folder.is_dir():
        return ()
    entries = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(_SUFFIX))
    return tuple(prefix + name.removesuffix(_SUFFIX) for name in entries)


def schema_text(name: str) -> str:
    """A published schema as it is; PolicyctlError if there is none of that name."""
    known = schema_names()
    wanted = name.removesuffix(_SUFFIX)
    if wanted not in known:
        close = get_close_matches(wanted, known, n=1)
        hint = f"did you mean `{close[0]}`?" if close else "`policyctl schema` lists the names"
        raise PolicyctlError(f"no schema `{name}`", hint=hint)
    return files("policyctl").joinpath("schemas", *f"{wanted}{_SUFFIX}".split("/")).read_text("utf-8")
