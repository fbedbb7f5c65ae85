"""Phrases of descriptions; lower case, found as written between word boundaries."""

from __future__ import annotations

#: What is done cannot be taken back.
DANGER = (
    "cannot be undone", "can't be undone", "can not be undone", "not reversible", "irreversible", "irreversibly",
    "permanently delete", "permanently deletes", "permanently remove", "permanently removes", "permanently erase",
    "permanently erases", "permanently destroy", "destructive operation", "destructive action", "data loss",
    "cannot be recovered", "unrecoverable", "不可逆", "无法恢复",
)  # fmt: skip
#: Said before a phrase of danger, these turn it around.
NEGATIONS = (
    "not ",
    "non-",
    "non ",
    "no ",
    "never ",
    "without ",
    "n't ",
    "isn't ",
    "avoid ",
    "avoids ",
    "prevent ",
    "prevents ",
)

#: An overwrite is a Write that takes something away.
OVERWRITES = (
    "overwrite", "overwrites", "overwriting", "overwritten", "replaces the existing", "replaces existing", "replace existing",
    "replaces the current", "replaces all",
)  # fmt: skip

READ_ONLY = (
    "read-only", "readonly", "read only", "does not modify", "doesn't modify", "without modifying", "does not change",
    "no side effects", "side-effect free", "non-destructive", "does not make any changes", "safe to call", "只读",
)  # fmt: skip

#: What is deleted can be fetched back.
SOFT = ("moves to trash", "move to trash", "moved to trash", "moves it to the trash", "soft delete", "soft-delete",
        "can be restored", "recoverable", "recycle bin")  # fmt: skip

#: Words at the start of a description that say nothing about what the tool does.
LEAD_IN = frozenset(
    """
    this the a an tool tools function method endpoint api command utility action operation allows allow lets let enables
    user users you agent agents model one client it is are be can may will used use to for that which of ability able helps help
    provides provide clients simply please always when need needs want wants i we your and should must designed
    """.split()
)
#: Verbs too general in a sentence to say what happens.
VAGUE = frozenset(
    "manage handle maintain use provide support perform do help work let enable allow apply make set configure".split()
)
