"""Consequences of tools that came, went, were renamed, or are in another class."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.catalog.drift import Change, Kind
from policyctl.catalog.grading.finding import Finding, Side
from policyctl.catalog.grading.posture import Posture, Reach
from policyctl.catalog.grading.words import class_words
from policyctl.diagnostic import Severity
from policyctl.model.catalog import Risk
from policyctl.source.fault import quote
from policyctl.source.pointer import join

_MILDER = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.INFO, Severity.INFO: Severity.INFO}


def weight(risk: Risk | None, reach: Reach) -> Severity:
    """How much it matters that agents reach something of this risk; what nobody has judged counts as the worst."""
    if reach <= Reach.ASKED:
        return Severity.INFO
    severity = {Risk.LOW: Severity.INFO, Risk.MEDIUM: Severity.WARNING}.get(risk or Risk.CRITICAL, Severity.ERROR)
    return severity if reach is Reach.ALLOWED else _MILDER[severity]


def new_tool(change: Change, posture: Posture) -> Iterator[Finding]:
    """A tool that was not listed before."""
    if change.kind is not Kind.ADDED:
        return
    reach = posture.reach(change.tool.name)
    category, risk = change.classes[1], change.risks[1]
    message = f"{quote(change.tool.name)} is new, {class_words(category, risk)}, and {posture.words(change.tool.name)}"
    help_ = "nothing has to be done" if reach is Reach.DENIED else "decide about it in `tools` or `hide`"
    yield _of_tool("DRF01", weight(risk, reach), message, help_, change)


def removed_tool(change: Change, posture: Posture) -> Iterator[Finding]:  # noqa: ARG001 - all rules are alike
    """A tool that is not listed any more."""
    if change.kind is Kind.REMOVED:
        message = f"{quote(change.tool.name)} is not listed any more"
        help_ = "its calls fail, whatever the policy says"
        yield Finding("DRF02", Severity.INFO, message, help_, change, Side.OLD, f"{change.tool.pointer}/name")


def renamed_tool(change: Change, posture: Posture) -> Iterator[Finding]:
    """A tool under another name, for which other rules hold."""
    if change.kind is not Kind.RENAMED or change.before is None:
        return
    old, new = change.before.name, change.tool.name
    reach = posture.reach(new)
    message = f"{quote(old)} is called {quote(new)} now, and {posture.words(new)}"
    if _is_freer(old, new, posture):
        severity = Severity.WARNING if change.risks[1] is Risk.LOW else Severity.ERROR
        message = f"{message}; {_held(old, posture)}"
        yield _of_tool("DRF03", severity, message, "write the rule for the new name", change)
    else:
        severity = Severity.INFO if reach <= Reach.ASKED else Severity.WARNING
        yield _of_tool("DRF03", severity, message, "agents and rules that know the old name miss it", change)


def _is_freer(old: str, new: str, posture: Posture) -> bool:
    if posture.policy is None:
        return False
    before, after = posture.reach(old), posture.reach(new)
    return after > before or (after == before > Reach.ASKED and posture.guards(new) < posture.guards(old))


def _held(old: str, posture: Posture) -> str:
    if posture.reach(old) is Reach.DENIED:
        return "the old name was denied"
    return "the rules for the old name do not hold for it"


def dead_rule(change: Change, posture: Posture) -> Iterator[Finding]:
    """A rule for a name that is gone."""
    if change.kind not in {Kind.REMOVED, Kind.RENAMED} or change.before is None or posture.policy is None:
        return
    name = change.before.name
    is_renamed = change.kind is Kind.RENAMED
    told = f"is called {quote(change.tool.name)} now" if is_renamed else "is not listed any more"
    help_ = (
        f"rename it to {quote(change.tool.name)}" if is_renamed else "remove it, or keep it for the day it comes back"
    )
    places = [join("hide", index) for index, hidden in enumerate(posture.policy.hide) if hidden == name]
    places += [join("tools", name)] if name in posture.policy.tools else []
    for pointer in places:
        message = f"the rule for {quote(name)} holds for nothing: the tool {told}"
        yield Finding("DRF04", Severity.WARNING, message, help_, change, Side.POLICY, pointer, key=True)


def raised_class(change: Change, posture: Posture) -> Iterator[Finding]:
    """A tool that can do more harm than it could."""
    if change.is_raised:
        severity = weight(change.risks[1], posture.reach(change.tool.name))
        message = f"{_moved(change)}, and {posture.words(change.tool.name)}"
        yield _of_tool("DRF05", severity, message, "look at the rule for it: it was written for a milder tool", change)


def lowered_class(change: Change, posture: Posture) -> Iterator[Finding]:  # noqa: ARG001 - all rules are alike
    """A tool that counts as less harmful than it did."""
    # Under another name there is no judgement to compare with.
    if change.is_lowered and change.kind is not Kind.RENAMED:
        help_ = "check that the tool does less, and not only says so"
        yield _of_tool("DRF06", Severity.INFO, _moved(change), help_, change)


def _moved(change: Change) -> str:
    was = class_words(change.classes[0], change.risks[0])
    return f"{quote(change.tool.name)} was {was} and is {class_words(change.classes[1], change.risks[1])}"


def _of_tool(code: str, severity: Severity, message: str, help_: str, change: Change) -> Finding:
    return Finding(code, severity, message, help_, change, Side.NEW, f"{change.tool.pointer}/name")
