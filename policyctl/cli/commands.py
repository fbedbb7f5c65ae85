"""Which commands there are, so that only the module of the one that runs is imported."""

from __future__ import annotations

from dataclasses import dataclass
from keyword import iskeyword


@dataclass(frozen=True, slots=True)
class Command:
    """A command is the function `name` of `policyctl.cli.<name>`; its parameters are Typer's, its result the exit code.

    `name` is what is typed; of two words the first is a group, and a package. `help` is its line in `policyctl --help`;
    the function's docstring is the text of its own `--help`, which ends with `examples`.
    """

    name: str
    help: str
    examples: tuple[str, str]

    @property
    def words(self) -> tuple[str, ...]:
        """What is typed: the command, or a group and the command."""
        return tuple(self.name.split())

    @property
    def module(self) -> str:
        """Where the function lives."""
        return ".".join(("policyctl.cli", *self.words[:-1], self.function))

    @property
    def function(self) -> str:
        """The last word; Python keeps some words for itself."""
        return f"{self.words[-1]}_" if iskeyword(self.words[-1]) else self.words[-1]


#: In the order in which `policyctl --help` lists them: daily ones first.
COMMANDS: tuple[Command, ...] = (
    Command(
        "validate",
        "Find every error of a policy, each with its place.",
        ("policyctl validate policy.json", "policyctl validate --format json policies/*.yaml"),
    ),
    Command(
        "lint",
        "Find mistakes that a valid policy can still have.",
        ("policyctl lint policy.json", "policyctl lint --catalog tools.json --fix --diff policies/*.yaml"),
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
        "Replay recorded calls under a policy, or under two.",
        (
            "policyctl simulate logs/*.jsonl --policy policy.json --decisions decisions.jsonl",
            "policyctl simulate calls.jsonl --base main: --max-newly-allowed 0",
        ),
    ),
    Command(
        "diff",
        "Compare two policies over all calls there can be.",
        (
            "policyctl diff main:policy.json policy.json",
            "policyctl diff old.yaml new.yaml --catalog catalog.json --fail-on wider:Financial",
        ),
    ),
    Command(
        "check",
        "Prove what must hold of a policy for every call.",
        (
            "policyctl check --assert asserts.yaml",
            "policyctl check --assert main:asserts.yaml --policy policy.json --catalog catalog.json",
        ),
    ),
    Command(
        "gate",
        "Judge a change of policies in one run, for a pull request.",
        (
            "policyctl gate --base-rev origin/main",
            "policyctl gate --base-rev HEAD --output markdown=comment.md --output sarif=policies.sarif",
        ),
    ),
    Command(
        "suppress",
        "Accept a finding for a reason and for a time.",
        (
            'policyctl suppress policy.json LOG04 --reason "the rules come back with the new server"',
            'policyctl suppress policy.json ARG02 --at /tools/pay/deny_if/0 --reason "SEC-412" --expires 2027-01-31',
        ),
    ),
    Command(
        "rule",
        "Show the page of a lint rule.",
        ("policyctl rule LOG04", "policyctl rule rules-on-hidden-tool"),
    ),
    Command(
        "recommend",
        "Write a policy that decides every tool of a server, with reasons.",
        (
            "policyctl recommend --catalog catalog.json > policy.json",
            "policyctl recommend --catalog catalog.json --profile strict -o policy.yaml",
        ),
    ),
    Command(
        "init",
        "Write the first files of a project, and replace none.",
        ("policyctl init --catalog catalog.json", "policyctl init --yaml --dry-run agents/"),
    ),
    Command(
        "catalog import",
        "Write the catalog of a server from what it lists.",
        (
            "policyctl catalog import tools-list.json -o catalogs/shop.json",
            "policyctl catalog import captures/ -o catalogs/",
        ),
    ),
    Command(
        "catalog classify",
        "Say what each tool can do, how risky that is, and why.",
        (
            "policyctl catalog classify catalogs/shop.json -o catalogs/shop.json",
            "policyctl catalog classify tools-list.json --override classes.toml --format markdown",
        ),
    ),
    Command(
        "catalog show",
        "Show tools by risk, or all about one of them.",
        (
            "policyctl catalog show catalog.json --risk Critical",
            "policyctl catalog show transfer --catalog catalog.json --output html=catalog.html",
        ),
    ),
    Command(
        "catalog diff",
        "Show what changed between two lists of tools, and what a policy makes of it.",
        (
            "policyctl catalog diff HEAD:catalogs/shop.json catalogs/shop.json --policy policies/shop.json",
            "policyctl catalog diff catalogs/shop.json tools-list.json --output sarif=drift.sarif",
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

#: Words that stand before the commands of one subject, each with its line in `policyctl --help`.
GROUPS: dict[str, str] = {"catalog": "What the tools of servers can do, and how risky that is."}

BY_NAME = {command.name: command for command in COMMANDS}
