"""Which commands there are, so that only the module of the one that runs is imported."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command is the function `name` of `policyctl.cli.<name>`; its parameters are Typer's, its result the exit code.

    `help` is its line in `policyctl --help`; the function's docstring is the text of its own `--help`, which ends with
    `examples`.
    """

    name: str
    help: str
    examples: tuple[str, str]

    @property
    def module(self) -> str:
        """Where the function lives."""
        return f"policyctl.cli.{self.name}"


#: In the order in which `policyctl --help` lists them: daily ones first.
COMMANDS: tuple[Command, ...] = (
    Command(
        "validate",
        "Find every error of a policy, each with its place.",
        ("policyctl validate policy.json", "policyctl validate --format json policies/*.yaml"),
    ),
    Command(
        "fmt",
        "Write policies in canonical order and spelling.",
        ("policyctl fmt policy.yaml", "policyctl fmt --check --diff policies/*.json"),
    ),
    Command(
        "explain",
        "Show step by step how one call is decided.",
        (
            """policyctl explain --call '{"tool": "transfer", "args": {"amount": 20}}'""",
            "policyctl explain --policy policies/exchange.json --trace calls.jsonl --line 12",
        ),
    ),
    Command(
        "simulate",
        "Replay recorded calls under a policy.",
        (
            "policyctl simulate calls.jsonl",
            "policyctl simulate logs/*.jsonl --policy policy.json --decisions decisions.jsonl",
        ),
    ),
    Command(
        "config",
        "Show each effective setting and where it comes from.",
        ("policyctl config", "policyctl config --format json"),
    ),
    Command(
        "schema",
        "Print a published JSON Schema.",
        ("policyctl schema", "policyctl schema policy > policy.schema.json"),
    ),
)

BY_NAME = {command.name: command for command in COMMANDS}
