"""The pages of the rules, made from the rules: for the terminal, and as Markdown for `docs/rules`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Need, Rule, SuppressionRule
from policyctl.lint.table import FAMILIES, LISTED, every_rule
from policyctl.report.diagnostics.summary import several
from policyctl.report.page.measure import pad, width_of, wrap
from policyctl.report.style import Style, severity_role

_WIDTH = 100
_LINKS = {
    "CWE": "https://cwe.mitre.org/data/definitions/{number}.html",
    "AML": "https://atlas.mitre.org/techniques/{ref}",
    "MCP": "https://owasp.org/www-project-mcp-top-10/",
}


def page(rule: Rule) -> str:
    """The page of one rule, with a final newline."""
    return "\n".join(_page(rule))


def index() -> str:
    """All rules by family."""
    lines = [
        "# Rules",
        "",
        "What `policyctl lint` finds; this folder is written by `scripts/docs.py` from the rules.",
        "",
    ]
    for family in FAMILIES:
        if family.rules:
            lines += [f"## {family.code}: {family.about}", ""]
            lines += ["| rule | severity | needs | finds |", "|---|---|---|---|", *map(_row, family.rules), ""]
    lines += ["## By severity", ""]
    for severity in Severity:
        named = [f"[{rule.code}]({rule.name}.md)" for rule in every_rule() if rule.severity is severity]
        lines.append(f"- **{severity.value}** ({len(named)}): {' '.join(named)}")
    return "\n".join(lines) + "\n"


def listing(style: Style) -> str:
    """All rules by family, a line each."""
    lines: list[str] = []
    widest = max(width_of(listed.name) for listed in LISTED)
    for family in FAMILIES:
        if not family.rules:
            continue
        lines.append(f"{style.paint(family.code, 'strong')}  {style.paint(family.about, 'quiet')}")
        for rule in family.rules:
            severity = style.paint(pad(rule.severity.value, 7), severity_role(rule.severity))
            lines.append(f"  {rule.code}  {severity}  {pad(rule.name, widest)}  {rule.summary()}")
        lines.append("")
    return "\n".join((*lines, f"{several(len(LISTED), 'rule')} · `policyctl rule CODE` shows the page of one"))


def shown(rule: Rule, style: Style) -> str:
    """The page of one rule on a terminal."""
    return "\n".join(_shown(rule, style))


def _page(rule: Rule) -> Iterator[str]:
    yield f"# {rule.code} {rule.name}"
    yield ""
    yield _facts(rule)
    yield ""
    yield rule.page()
    yield ""
    for title, text in _examples(rule):
        yield f"## {title}"
        yield ""
        yield f"```{'yaml' if not text.lstrip().startswith(('{', '[')) else 'text'}"
        yield text.strip("\n")
        yield "```"
        yield ""
    if rule.refs:
        yield f"See also: {', '.join(map(_link, rule.refs))}"
        yield ""


def _examples(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "Bad", rule.bad
    yield "Good", rule.good
    if rule.catalog:
        yield "The tools of both examples", rule.catalog
    if rule.trace and rule.good_trace is None:
        yield "The recorded calls of both examples", _few(rule.trace)
    elif rule.trace:
        yield "The recorded calls of the bad example", _few(rule.trace)
        yield "The recorded calls of the good one", _few(rule.good_trace or "")
    if isinstance(rule, SuppressionRule) and rule.configuration:
        yield "The configuration of both examples", rule.configuration


def _few(lines: str) -> str:
    """The first lines, since a recording may have to be long to show something."""
    shown = lines.splitlines()
    return "\n".join(shown[:4] + ([f"… and {len(shown) - 4} more"] if len(shown) > 4 else []))


def _facts(rule: Rule) -> str:
    needs = f" · needs {_needs(rule)}" if rule.needs else ""
    return f"{rule.severity.value} · precision {rule.precision.value}{needs}"


def _needs(rule: Rule) -> str:
    words = {Need.CATALOG: "a catalog", Need.TRACES: "recorded calls"}
    return " and ".join(words[need] for need in Need if need in rule.needs)


def _row(rule: Rule) -> str:
    summary = rule.summary().replace("|", r"\|")
    return f"| [{rule.code} {rule.name}]({rule.name}.md) | {rule.severity.value} | {_needs(rule)} | {summary} |"


def _link(ref: str) -> str:
    target = _LINKS.get(ref[:3])
    if target is None:
        return f"OWASP {ref}"
    return f"[{ref}]({target.format(number=ref.removeprefix('CWE-'), ref=ref)})"


def _shown(rule: Rule, style: Style) -> Iterator[str]:
    yield f"{style.paint(rule.code, severity_role(rule.severity))} {style.paint(rule.name, 'strong')}"
    yield style.paint(_facts(rule), "quiet")
    for line in _wrapped(rule.page()):
        yield style.paint(line.removeprefix("## "), "strong") if line.startswith("## ") else line
    for title, text in _examples(rule):
        yield ""
        yield style.paint(title, "strong")
        for line in text.strip("\n").splitlines():
            yield "  " + (style.paint(line, "error") if re.match(r" *\^", line) else line)
    if rule.refs:
        yield ""
        yield style.paint(f"see also: {', '.join(rule.refs)}", "quiet")


def _wrapped(markdown: str) -> Iterator[str]:
    for block in markdown.split("\n\n"):
        yield ""
        if re.match(r"[-*|] ?|```|\d+\. ", block):
            yield from block.splitlines()
        else:
            yield from wrap(block.replace("\n", " "), _WIDTH)
