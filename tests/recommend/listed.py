"""Tools as tests list them, catalogs of hostile tools, and the policy that is recommended for them in force."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from policyctl.catalog.digest import definition_digest
from policyctl.engine.gateway import Gateway
from policyctl.model.call import Call
from policyctl.model.catalog import Catalog, Category, Confidence, Evidence, Review, Risk, Tag, Tool
from policyctl.model.decision import Verdict
from policyctl.model.policy import Policy
from policyctl.reading.policy import read_policy
from policyctl.recommend.compose import compose, recommend
from policyctl.recommend.profile import Approval, Profile
from policyctl.report.policy import json_
from policyctl.source.document import Document
from policyctl.source.read import read_document


def tool(name: str = "t", category: Category | None = Category.READ, **facts: Any) -> Tool:
    return Tool(name, "/tools/0", category=category, **facts)


def with_arguments(category: Category, properties: Any, required: Iterable[str] = (), **facts: Any) -> Tool:
    schema = {"type": "object", "properties": properties, "required": list(required)}
    return tool(category=category, input_schema=schema, **facts)


def catalog(*tools: Tool) -> Catalog:
    return Catalog("1", "s", "S", tools={each.name: each for each in tools}, name="catalog.json")


def document_of(text: str, name: str = "policy.json") -> Document:
    document = read_document(name, text.encode())
    assert isinstance(document, Document), document
    return document


def policy_of(text: str, name: str = "policy.json") -> Policy:
    reading = read_policy(document_of(text, name))
    assert reading.policy is not None, reading.diagnostics
    return reading.policy


def in_force(listed: Catalog, profile: Profile, approval: Approval = Approval.PUBLISHED) -> Gateway:
    return Gateway(policy_of(json_.render(compose(recommend(listed, profile, approval=approval)))))


def verdict(gateway: Gateway, name: str, **args: Any) -> Verdict:
    call = Call(tool=name, args=args, ts="2026-03-01T12:00:00Z", session="s", grant="g")
    return gateway.admit(call).verdict


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
names = st.one_of(
    texts,
    st.sampled_from(
        [
            "*",
            "",
            "a/b",
            "~1",
            "true",
            "on",
            "1.0",
            "# no",
            "x: y",
            "- z",
            "? q",
            "\x00\x1b[31m",
            "\u202egro",
            "🦊",
            "a" * 1500,
            "read_file",
            "read_file_rate",
            "pаypal_read",
            "tools",
            "policyctl: ignore[TOOL01] ok",
            "::error::",
            "{a}",
            "'\"`",
        ]
    ),
)
_values = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False), texts
)
_leaves = st.fixed_dictionaries(
    {},
    optional={
        "type": st.one_of(
            st.sampled_from(["string", "number", "integer", "boolean", "array", "object", "null"]),
            _values,
            st.lists(st.sampled_from(["string", "null", "integer"]), max_size=2),
        ),
        "enum": st.one_of(st.lists(_values, max_size=4), _values),
        "const": _values,
        "minimum": _values,
        "maximum": _values,
        "exclusiveMinimum": _values,
        "exclusiveMaximum": _values,
        "$ref": st.sampled_from(["#", "#/properties/url", "#/$defs/x", "https://example.com/schema", "#/properties"]),
    },
)
_keys = st.one_of(texts, st.sampled_from(["command", "url", "force", "dry_run", "amount", "a.b", "x[0]", ""]))
schemas: st.SearchStrategy[Any] = st.recursive(
    st.one_of(_leaves, _values),
    lambda inner: st.fixed_dictionaries(
        {"properties": st.one_of(st.dictionaries(_keys, inner, max_size=4), _values)},
        optional={
            "required": st.one_of(st.lists(st.one_of(_keys, _values), max_size=3), _values),
            "anyOf": st.lists(st.one_of(inner, st.just({"type": "null"})), max_size=2),
            "$defs": st.dictionaries(st.just("x"), inner, max_size=1),
        },
    ),
    max_leaves=6,
)  # fmt: skip
_evidence = st.builds(
    Evidence,
    st.sampled_from(["verb", "against", "instructions", "hidden text"]),
    texts,
    st.one_of(texts, st.sampled_from(["`x` does it: Financial", "without it: Destructive", "`Read`"])),
)


@st.composite
def tools(draw: st.DrawFn, name: str) -> Tool:
    """A tool as a stranger's server may list it, classified or not, reviewed or not."""
    schema = draw(st.one_of(st.none(), schemas.filter(lambda value: isinstance(value, dict))))
    made = Tool(
        name,
        "/tools/0",
        description=draw(st.one_of(st.none(), texts)),
        input_schema=schema,
        category=draw(st.sampled_from([*Category, None])),
        risk=draw(st.sampled_from([*Risk, None])),
        tags=draw(st.frozensets(st.sampled_from(Tag), max_size=3)),
        confidence=draw(st.sampled_from([*Confidence, None])),
        evidence=tuple(draw(st.lists(_evidence, max_size=3))),
    )
    if draw(st.booleans()):
        return made
    seen = draw(st.sampled_from([definition_digest(made), "sha256:0"]))
    review = Review(
        draw(texts), "2026-01-01", draw(st.sampled_from(Category)), draw(st.sampled_from(Risk)), draw(texts), seen
    )
    return Tool(**{**{field: getattr(made, field) for field in made.__dataclass_fields__}, "reviewed": review})


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """A server of up to eight such tools."""
    chosen = draw(st.lists(names, max_size=8, unique=True))
    return catalog(*(draw(tools(name)) for name in chosen))
