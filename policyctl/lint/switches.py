"""Arguments that make a call a mere trial."""

from __future__ import annotations

from policyctl.lint.names import words
from policyctl.model.policy import Condition, Op

_TRIALS = (
    ("dry", "run"), ("dryrun",), ("simulate",), ("preview",), ("check", "only"), ("validate", "only"), ("test", "mode"),
    ("what", "if"), ("whatif",), ("noop",), ("no", "op"), ("plan", "only"), ("preview", "only"),
)  # fmt: skip


def is_safety_switch(path: tuple[str, ...]) -> bool:
    """Whether the argument is named for a trial run."""
    named = words(path[-1])
    return (named[1:] if named[:1] == ("is",) else named) in _TRIALS


def asks_for_off(condition: Condition) -> bool:
    """Whether the condition holds where the switch is there and off."""
    return (condition.op, condition.value) in ((Op.EQ, False), (Op.NEQ, True))
