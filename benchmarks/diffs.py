"""How long the comparison of two policies takes: against parsing them, and the whole command against an empty one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from differing import EDITS, Family, edited, families, growing
from figures import Better, Figure, Setting, Table, ratios
from measure import in_turn, no_collection
from starts import empty_command
from workloads import POLICYCTL, WORK, line, measuring, started

if TYPE_CHECKING:
    from policyctl.model.policy import Policy

#: Seconds after which a pair of policies is not compared once more.
_PATIENCE = 2


def chapter(setting: Setting) -> Iterator[Table]:
    """Over tools and conditions, in this process; then the command; then what is left open."""
    chosen = [family for family in families() if not setting.quick or family.name.startswith("100 tools, 10 ")]
    yield _table(
        setting,
        "diff",
        "Two policies compared over all calls",
        "In this process, against `json.loads` of both files. Some tools differ in one condition or more; both directions are "
        "answered, and each witness is decided by the engine.",
        chosen,
    )
    if not setting.quick:
        yield _table(
            setting,
            "diff-tool",
            "One tool compared, with more and more to say",
            "The same for policies of one tool. Caps bound the time; where one answers, the tool is undetermined.",
            list(growing()),
        )
    yield Table(
        "diff-command",
        "The whole command `policyctl diff`",
        "Against a Typer command that does nothing: reading and checking both policies, comparing their wording and what they "
        "decide.",
        ("milliseconds",),
        "times as long",
        Better.LESS,
        tuple(_command(family, setting) for family in chosen if setting.wants("diff-command", family.name)),
    )
    if not setting.quick:
        yield Table(
            "diff-open",
            "What a comparison leaves open",
            f"Shipped policies, each edited {EDITS} times: an operand, a maximum or a rule of every third tool. No answer may be "
            "wrong; this says how many there are not.",
            ("tools compared", "differ", "undetermined"),
            "share that is undetermined",
            Better.LESS,
            tuple(_open(*pair) for pair in edited() if setting.wants("diff-open", pair[0])),
            unit="%",
        )


def _table(setting: Setting, key: str, title: str, text: str, pairs: Sequence[Family]) -> Table:
    figures = tuple(_comparing(family, setting) for family in pairs if setting.wants(key, family.name))
    columns = ("size", "tools that differ", "the answer", "milliseconds")
    return Table(key, title, text, columns, "times as long", Better.LESS, figures)


def _comparing(family: Family, setting: Setting) -> Figure:
    # A measured process starts as large as the one that starts it: what this needs is imported late.
    from policyctl.diff.compare import compare

    measuring(f"the comparison of {family.name}")
    texts = json.dumps(family.old), json.dumps(family.new)
    old, new = (_policy(json.loads(text)) for text in texts)
    pairs: list[tuple[float, float]] = []
    with no_collection():
        while len(pairs) < setting.rounds and sum(ours for ours, _ in pairs) < _PATIENCE:
            comparing = _timed(lambda: compare(old, new))
            pairs.append((comparing, _timed(lambda: [json.loads(text) for text in texts])))
    diff = compare(old, new)
    milliseconds = median(ours for ours, _ in pairs) * 1e3
    size = f"{sum(map(len, texts)) // 1_000:,} kB"
    return Figure(
        family.name, ratios(pairs), None, (size, f"{len(diff.changes):,}", diff.relation, f"{milliseconds:,.1f}")
    )


def _timed(action: Callable[[], object]) -> float:
    """Seconds of processor time."""
    start = process_time()
    action()
    return process_time() - start


def _policy(document: dict[str, Any]) -> Policy:
    from policyctl.reading.policy import read_policy
    from policyctl.source.document import Document
    from policyctl.source.read import read_document

    read = read_document("policy.json", json.dumps(document).encode())
    assert isinstance(read, Document)
    found = read_policy(read).policy
    assert found is not None
    return found


def _command(family: Family, setting: Setting) -> Figure:
    measuring(f"policyctl diff of {family.name}")
    paths = WORK / "old.json", WORK / "new.json"
    for path, document in zip(paths, (family.old, family.new), strict=True):
        path.write_text(json.dumps(document), "utf-8")
    ours, other = line(POLICYCTL, "diff", *paths), line(empty_command(), paths[0])
    pairs = in_turn(setting.rounds, lambda: started(ours), lambda: started(other))
    milliseconds = median(run.cpu for run, _ in pairs) * 1e3
    return Figure(family.name, ratios([(run.cpu, empty.cpu) for run, empty in pairs]), None, (f"{milliseconds:,.0f}",))


def _open(name: str, document: dict[str, Any], versions: Sequence[dict[str, Any]]) -> Figure:
    from policyctl.diff.compare import compare
    from policyctl.diff.result import Relation

    measuring(f"what a comparison of {name} leaves open")
    old = _policy(document)
    found = [compare(old, _policy(version)) for version in versions]
    tools = sum(diff.compared for diff in found)
    changes = [change for diff in found for change in diff.changes]
    left = sum(change.relation is Relation.UNDETERMINED for change in changes)
    return Figure(name, (100 * left / tools,), None, (f"{tools:,}", f"{len(changes):,}", f"{left:,}"))
