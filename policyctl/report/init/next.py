"""What to run when the first files are there."""

from __future__ import annotations

import json
import shlex

from policyctl.report.init.result import Next


def commands(
    *, policy: str, is_new: bool, catalog: str | None, tool: str | None, configuration: str | None
) -> tuple[Next, Next, Next]:
    """Three commands that can be typed as they stand.

    `is_new` if the policy was written now; `configuration` is named where it would not be found.
    """
    policy = f"./{policy}" if policy.startswith("-") else policy
    config = () if configuration is None else ("--config", configuration)
    lint = Next(_typed("policyctl", "lint", *config, policy), "mistakes that a valid policy can still have")
    if catalog is None:
        imported = _typed("policyctl", "catalog", "import", "tools-list.json", "-o", "catalog.json")
        merged = _typed("policyctl", "recommend", "--catalog", "catalog.json", "--merge", policy)
        return (
            lint,
            Next(imported, "a catalog of what your server answers to tools/list"),
            Next(merged, "a rule for each of its tools, beside those of your policy"),
        )
    if is_new or catalog == "-":
        call = json.dumps({"tool": tool or "TOOL", "args": {}}, ensure_ascii=False)
        explain = _typed("policyctl", "explain", *config, "--policy", policy, "--call", call)
        second = Next(explain, "how one call is decided")
    else:
        merge = _typed("policyctl", "recommend", "--catalog", catalog, "--merge", policy)
        second = Next(merge, "your policy, with a rule for each tool of the catalog that it says nothing about")
    return (
        lint,
        second,
        Next(
            _typed("policyctl", "simulate", *config, "calls.jsonl", "--policy", policy),
            "what it would have done to recorded calls",
        ),
    )


def _typed(*words: str) -> str:
    return shlex.join(words)
