"""Diagnostics of any command as SARIF 2.1.0, as code scanning services read it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias
from urllib.parse import quote

from policyctl import SEMANTICS, __version__
from policyctl.diagnostic import Diagnostic, Related, Severity, Span
from policyctl.engine.canonical import canonical, digest
from policyctl.model.values import JSONValue
from policyctl.report.diagnostics.formats import Diagnosed
from policyctl.report.diagnostics.rules import KnownRule, rule, rules_of
from policyctl.report.escape import escape_terminal

Fields: TypeAlias = dict[str, JSONValue]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
#: A service refuses a run with more results, and texts that are longer.
_MOST_RESULTS, _LONGEST_TEXT, _MOST_TAGS = 25_000, 1_024, 20
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
#: 7 and more is high, 4 and more medium to those who sort by it.
_WEIGHTS = {Severity.ERROR: "8.0", Severity.WARNING: "5.0", Severity.INFO: "2.0"}
_TROUBLE, _DEFECT = 2, 70
_BRACKET = re.compile(r"[\[\]]")


def render(run: Diagnosed) -> str:
    """One log with one run; the same bytes for the same findings."""
    # Beyond ASCII everything is escaped: a name may hold half a surrogate pair, which no encoding can carry.
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(run)]}, indent=2) + "\n"


def _run(run: Diagnosed) -> Fields:
    rules = list(_rules(run))
    every = [*((found, None) for found in run.diagnostics), *run.accepted]
    # Most services show the first ones alone; what is accepted is not among them.
    worst_first = sorted(enumerate(every), key=lambda each: (each[0] >= len(run.diagnostics), each[1][0].severity.rank))
    shown = sorted((each for _, each in worst_first[:_MOST_RESULTS]), key=lambda each: each[0].sort_key)
    return {
        "tool": {
            "driver": {
                "name": "policyctl",
                "semanticVersion": __version__,
                "rules": [_rule(known) for known in rules],
                "properties": {"semantics": SEMANTICS},
            }
        },
        "automationDetails": {"id": f"policyctl/{run.title.removeprefix('policyctl ').replace(' ', '-')}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The directory in which policyctl ran."}}},
        "invocations": [_invocation(run, left_out=len(every) - len(shown))],
        "artifacts": [_artifact(name, run.digests[name]) for name in sorted(run.digests)],
        "results": list(_results(shown, {known.code: index for index, known in enumerate(rules)}, run.texts)),
    }


def _rules(run: Diagnosed) -> Iterator[KnownRule]:
    """Those that the command can give, and any other that it gave."""
    known = {each.code: each for each in rules_of(run.tables)}
    for found in (*run.diagnostics, *(accepted for accepted, _ in run.accepted)):
        if found.code not in known:
            known[found.code] = rule(found.code) or KnownRule(found.code, found.code, found.code, found.severity)
    yield from (known[code] for code in sorted(known))


def _rule(known: KnownRule) -> Fields:
    tags: list[JSONValue] = [*_tags(known)]
    properties: Fields = {"tags": tags[:_MOST_TAGS]}
    if known.precision is not None:
        properties["precision"] = known.precision
    if known.refs:
        properties["security-severity"] = _WEIGHTS[known.severity]
    else:
        properties["problem.severity"] = _problem(known.severity)
    return {
        "id": known.code,
        "name": known.name,
        "shortDescription": {"text": _text(known.name.replace("-", " "))},
        "fullDescription": {"text": _text(known.summary)},
        "help": {"text": _text(known.summary)},
        "defaultConfiguration": {"level": _LEVELS[known.severity]},
        "properties": properties,
    }


def _problem(severity: Severity) -> str:
    return "recommendation" if severity is Severity.INFO else severity.value


def _tags(known: KnownRule) -> Iterator[str]:
    if known.refs:
        yield "security"
    for ref in known.refs:
        match ref[:3]:
            case "CWE":
                yield f"external/cwe/{ref.lower()}"
            case "MCP":
                yield f"owasp-mcp/{ref}-2025"
            case "ASI":
                yield f"owasp-agentic/{ref}-2026"
            case "LLM":
                yield f"owasp-llm/{ref}-2025"
            case _:
                yield f"atlas/{ref}"


def _invocation(run: Diagnosed, *, left_out: int) -> Fields:
    invocation: Fields = {"executionSuccessful": run.exit not in {_TROUBLE, _DEFECT}, "exitCode": run.exit}
    if left_out:
        message: Fields = {"text": f"{left_out:,} more results are left out, the mildest ones."}
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": message}]
    return invocation


def _artifact(name: str, digest: str) -> Fields:
    return {"location": _location(name), "hashes": {"sha-256": digest.removeprefix("sha256:")}}


def _results(
    found: Iterable[tuple[Diagnostic, str | None]], rules: Mapping[str, int], texts: Mapping[str, str]
) -> Iterator[Fields]:
    seen: Counter[str] = Counter()
    for each, reason in found:
        print_ = _fingerprint(each, texts)
        seen[print_] += 1
        result: Fields = {
            "ruleId": each.code,
            "ruleIndex": rules[each.code],
            "level": _LEVELS[each.severity],
            "message": {"text": _message(each)},
            "locations": [_place(each)],
            # The first is the name under which services look for what tells one finding from another.
            "partialFingerprints": {
                "primaryLocationLineHash": f"{print_[:16]}:{seen[print_]}",
                "policyctl/v1": f"{print_}:{seen[print_]}",
            },
        }
        if each.related:
            result["relatedLocations"] = [_related(number, place) for number, place in enumerate(each.related)]
        if reason is not None:
            words: Fields = {"justification": _text(escape_terminal(reason))} if reason else {}
            result["suppressions"] = [{"kind": "external", "status": "accepted", **words}]
        yield result


def _message(found: Diagnostic) -> str:
    """Sentences: what is, and what to do. Brackets are escaped, since they could make a link of somebody's words."""
    sentences = [found.message, *([found.help] if found.help else []), *found.notes]
    text = " ".join(map(_sentence, sentences))
    return _text(_BRACKET.sub(r"\\\g<0>", text), longest=4 * _LONGEST_TEXT)


def _sentence(words: str) -> str:
    shown = escape_terminal(words)
    return shown[:1].upper() + shown[1:] + ("" if shown.endswith((".", "?")) else ".")


def _text(text: str, *, longest: int = _LONGEST_TEXT) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _related(number: int, related: Related) -> Fields:
    message = _BRACKET.sub(r"\\\g<0>", _sentence(related.message))
    return {"id": number, "message": {"text": _text(message)}, **_place(related)}


def _place(found: Diagnostic | Related) -> Fields:
    # A file without any such place is found at its start: services ask for a line.
    region: Fields = {"startLine": 1} if found.span is None else _region(found.span)
    place: Fields = {"physicalLocation": {"artifactLocation": _location(found.file), "region": region}}
    if found.pointer is not None:
        # A name must not be empty; the document as a whole is what its pointer in a URI is.
        place["logicalLocations"] = [{"fullyQualifiedName": escape_terminal(found.pointer) or "#", "kind": "member"}]
    return place


def _region(span: Span) -> Fields:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
        "charOffset": span.start.offset,
        "charLength": span.end.offset - span.start.offset,
    }


def _location(name: str) -> JSONValue:
    """A file relative to where policyctl ran; of a file of a commit, where it is in the repository."""
    if name == "-":
        return {"uri": "stdin"}
    path = name.replace("\\", "/").partition(":")[2] or name
    return {"uri": quote(path.removeprefix("./").encode("utf-8", "surrogatepass"), safe="/~"), "uriBaseId": _ROOT}


def _fingerprint(found: Diagnostic, texts: Mapping[str, str]) -> str:
    """The hash of rule, place and content: moving a finding in its file, or formatting the file, does not change it."""
    content: JSONValue = None
    if found.span is not None and found.file in texts:
        content = _value(texts[found.file][found.span.start.offset : found.span.end.offset])
    return digest([found.code, found.pointer, content]).removeprefix("sha256:")


def _value(words: str) -> str:
    """The value in its one canonical form where it is JSON."""
    try:
        return canonical(json.loads(words))
    except (ValueError, RecursionError):
        return " ".join(words.split())
