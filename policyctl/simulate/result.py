"""Everything a simulation found, ready to be rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from policyctl.diagnostic import Diagnostic
from policyctl.engine.amount import Amount
from policyctl.model.catalog import Category, Risk
from policyctl.model.decision import Verdict
from policyctl.model.policy import Limit


@dataclass(frozen=True, slots=True)
class Counts:
    """Calls by verdict."""

    allow: int = 0
    deny: int = 0
    approval: int = 0
    undetermined: int = 0

    @property
    def calls(self) -> int:
        """All of them."""
        return self.allow + self.deny + self.approval + self.undetermined

    @property
    def decided(self) -> int:
        """All but the undetermined ones."""
        return self.calls - self.undetermined

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.allow + other.allow,
            self.deny + other.deny,
            self.approval + other.approval,
            self.undetermined + other.undetermined,
        )

    @classmethod
    def of(cls, verdict: Verdict, calls: int) -> Counts:
        """So many calls of one verdict."""
        return cls(**{verdict.value: calls})


@dataclass(frozen=True, slots=True)
class Input:
    """A policy or catalog that took part; `server` is the one it is for, None for all."""

    name: str
    digest: str
    server: str | None = None


@dataclass(frozen=True, slots=True)
class TraceInput:
    """One trace file; `lines` are those that hold anything, `asides` messages of a protocol that are no calls."""

    name: str
    digest: str
    lines: int
    bad_lines: int
    asides: int
    truncated: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the trace could be judged; the report begins with it.

    `calls` are governed records without duplicates; `facts` would, if recorded, decide every undetermined call, and none
    of them can be left out. `first` and `last` are nanoseconds since the epoch.
    """

    calls: int
    sessions: int
    counts: Counts
    causes: Mapping[str, int]
    facts: tuple[str, ...]
    duplicates: int
    renamed: int
    not_governed: Mapping[str, int]
    servers: tuple[str, ...]
    without_session: int
    without_grant: int
    untimed: int
    bad_times: int
    late: int
    approvals_on_record: int
    first: int | None
    last: int | None
    declared: str | None
    grant_needed: bool


@dataclass(frozen=True, slots=True)
class ToolRow:
    """One tool of one server. `recorded` are other names it has in the trace; class and `in_catalog` need a catalog."""

    server: str | None
    tool: str
    recorded: tuple[str, ...]
    counts: Counts
    in_policy: bool
    in_catalog: bool | None
    category: Category | None
    risk: Risk | None


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule of one policy that decided calls; `file` and `line` are the first of them."""

    policy: str
    rule: str
    pointer: str
    verdict: Verdict
    message: str
    calls: int
    tools: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class IdleRule:
    """A rule that decided nothing in this trace, which may be as well as not; `reached` if its tool was called."""

    policy: str
    rule: str
    pointer: str
    reached: bool


@dataclass(frozen=True, slots=True)
class LimitRow:
    """What the calls that reached a limit asked of it.

    `peak` is the fullest window of certain use, `peak_subject` and `peak_at` whose and when; `demand` is the smallest
    maximum under which nothing would have been denied; `sliding_denied` counts what sliding windows would have denied,
    None where the replay used them anyway. `subjects` counts grants or sessions.
    """

    policy: str
    limit: Limit
    denied: int
    sliding_denied: int | None
    peak: Amount
    peak_subject: str | None
    peak_at: int | None
    demand: Amount
    subjects: int
    uncertain: bool


@dataclass(frozen=True, slots=True)
class ApprovalLoad:
    """What people would have been asked; `repeats` are calls that one approval for a tool and session would cover."""

    calls: int
    sessions: int
    most_in_a_session: int
    most_in_an_hour: int | None
    repeats: int


@dataclass(frozen=True, slots=True)
class BrokenSession:
    """A good session that lost a call, with the first one denied."""

    session: str
    tool: str
    rule: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class LabelScore:
    """How the policy fares on sessions of known outcome.

    `stopped` bad sessions lost a call that serves the attack, `touched` any call. `broken` good sessions lost a call.
    The `held` ones lost none, but had to wait for an approval; the `open` ones hang on undetermined calls.
    """

    bad: int
    stopped: int
    touched: int
    bad_held: int
    bad_open: int
    good: int
    broken: int
    good_held: int
    good_open: int
    unlabelled: int
    both: int
    bad_selector: str
    good_selector: str
    attack_selector: str
    examples: tuple[BrokenSession, ...]


class MissCause(StrEnum):
    """What a recorded verdict and a replayed one differ by, as far as the record tells; the first that applies."""

    POLICY = "policy"
    LIMIT = "limit"
    APPROVAL = "approval"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Miss:
    """Calls whose recorded verdict does not come out again, and what that hangs on."""

    recorded: str
    replayed: str
    cause: MissCause
    calls: int


@dataclass(frozen=True, slots=True)
class Fidelity:
    """Recorded decisions and how many come out the same.

    `policies` are names of other policies than the one that judges here, as decisions give them, with their calls.
    """

    recorded: int
    same: int
    undetermined: int
    misses: tuple[Miss, ...]
    policies: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GateResult:
    """One bound: what was found against what is allowed; `code` is the exit code if it fails."""

    name: str
    bound: str
    found: str
    passed: bool
    code: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """The whole answer. `diagnostics` are the first bad lines; `code` is the exit code."""

    policies: tuple[Input, ...]
    catalogs: tuple[Input, ...]
    traces: tuple[TraceInput, ...]
    windows: str
    coverage: Coverage
    tools: tuple[ToolRow, ...]
    servers: tuple[tuple[str, Counts], ...]
    classes: tuple[tuple[str, Counts], ...]
    risks: tuple[tuple[str, Counts], ...]
    rules: tuple[RuleRow, ...]
    idle_rules: tuple[IdleRule, ...]
    limits: tuple[LimitRow, ...]
    approvals: ApprovalLoad | None
    labels: LabelScore | None
    fidelity: Fidelity | None
    gates: tuple[GateResult, ...]
    diagnostics: tuple[Diagnostic, ...]
    code: int
