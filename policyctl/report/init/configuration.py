"""The text of a first `policyctl.toml`."""

from __future__ import annotations

import json

from policyctl.report.policy.words import visible

_HEAD = """\
# What policyctl does where no flag says otherwise. Paths are relative to this file.
# `policyctl config` shows every setting and where it comes from.

"""
_NO_CATALOG = '# catalog = "catalog.json"     # the tools of the server: `policyctl catalog import` writes it'
_TRACES = '# traces = ["logs/*.jsonl"]    # recorded calls, for `policyctl simulate`'


def render(*, policy: str, catalog: str | None, profile: str | None) -> str:
    """The settings that are known, and those that most projects come to need as comments."""
    lines = [f"policy = {_quoted(policy)}"]
    lines.append(_NO_CATALOG if catalog is None else f"catalog = {_quoted(catalog)}")
    if profile is not None:
        lines.append(f"profile = {_quoted(profile)}")
    return _HEAD + "".join(f"{line}\n" for line in (*lines, _TRACES))


def setting(key: str, value: str) -> str:
    """One line of it."""
    return f"{key} = {_quoted(value)}"


def _quoted(value: str) -> str:
    # Escapes of JSON are TOML's too, but for characters of more than 16 bits.
    return visible(json.dumps(value, ensure_ascii=False), beyond="yaml")
