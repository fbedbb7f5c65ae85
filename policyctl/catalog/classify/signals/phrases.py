"""Phrases of descriptions, in lower case, and the words of sentences that do not say what happens."""

from __future__ import annotations

from policyctl.catalog.classify.signals.words import words

#: What is done cannot be taken back.
DANGER = (
    "cannot be undone", "can't be undone", "can not be undone", "not reversible", "irreversible", "irreversibly",
    "permanently delete", "permanently deletes", "permanently remove", "permanently removes", "permanently erase",
    "permanently erases", "permanently destroy", "destructive operation", "destructive action", "data loss",
    "cannot be recovered", "unrecoverable", "不可逆", "无法恢复",
)  # fmt: skip
#: Said before a phrase, these turn it around.
NEGATIONS = ("not ", "non-", "non ", "no ", "never ", "without ", "n't ", "avoid ", "avoids ", "prevent ", "prevents ")

#: An overwrite is a Write that takes something away.
OVERWRITES = (
    "overwrite", "overwrites", "overwriting", "overwritten", "replaces the existing", "replaces existing",
    "replace existing", "replaces the current", "replaces all",
)  # fmt: skip

READ_ONLY = (
    "read-only", "readonly", "read only", "does not modify", "doesn't modify", "without modifying", "does not change",
    "no side effects", "side-effect free", "non-destructive", "does not make any changes", "只读",
)  # fmt: skip

#: What is deleted can be fetched back.
SOFT = (
    "moves to trash", "move to trash", "moved to trash", "moves it to the trash", "soft delete", "soft-delete",
    "can be restored", "recoverable", "recycle bin",
)  # fmt: skip

#: Words at the start of a description that say nothing about what the tool does.
LEAD_IN = words("""
    this the a an tool tools function method endpoint api command utility action operation allows allow lets let enables
    user users you agent agents model one client it is are be can may will used use to for that which of ability able helps help
    provides provide clients simply please always when need needs want wants i we your and should must designed mcp server
    description also : responsible bulk batch mass
""")
#: A verb may stand behind them.
MODALS = words(
    "agent agents model client responsible bulk batch to users you can will that which this also helps help lets let : and tool api"
)
#: Behind these even a verb that may be a noun is one.
OF_INFINITIVES = words("to users will can :")
BEING = words("is are be been gets")
#: They are means: behind `to` stands what for.
MEANS_TO = words("call use leverage utilize access connect invoke employ contact interact")
#: What they set up acts later by itself: behind `to` stands how (`sets a timer to cancel all orders`).
SETTING = words("set schedule configure start arm create")
#: A sentence that starts so says when, not what.
CONDITIONS = words(
    "do don't never must if when whenever note important warning prerequisite args arguments parameters example examples"
)
#: Verbs too general in a sentence to say what happens.
VAGUE = words("""
    manage handle maintain use provide support perform do help work let enable allow apply make set configure generate process
    download operate control connect organize organise arrange
""")
#: A clause ends where one starts that says more about something in it.
SUBORDINATE = words("( ) including include like such showing where whether if when that which e.g i.e")
#: What is provided is a way to do something, not an answer.
MEANS = words(
    "ability way means access tools functionality functions capabilities operations interface support methods"
)
