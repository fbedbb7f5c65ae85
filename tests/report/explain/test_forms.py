"""Any call under any policy is explained as the engine decides it, and every form of the report can hold it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from policyctl.engine.decide import decide
from policyctl.engine.ledger import Ledger
from policyctl.explain.result import Explanation, State
from policyctl.explain.run import explain
from policyctl.model.call import Call
from policyctl.model.decision import Verdict
from policyctl.reading.policy import read_policy
from policyctl.report.explain import json as json_form
from policyctl.report.explain import markdown, text
from policyctl.report.style import Style
from policyctl.source.document import Document
from policyctl.source.read import read_document
from tests.fmt.written import policies, values

ROOT = Path(__file__).parents[3]
SCHEMA = Draft202012Validator(json.loads((ROOT / "schemas/output/explain.v1.schema.json").read_text("utf-8")))
arguments = st.one_of(
    st.none(),
    st.text(max_size=3),
    st.fixed_dictionaries(
        {}, optional={"amount": values, "to": st.one_of(values, st.fixed_dictionaries({"name": values}))}
    ),
)
facts: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"args": arguments},
    optional={
        "ts": st.sampled_from(["2026-03-02T10:25:46Z", "yesterday"]),
        "session": st.just("s"),
        "grant": st.just("g"),
        "redacted": st.lists(st.sampled_from(["/amount", "/to/name", "/to"]), max_size=2),
        "args_state": st.sampled_from(["hashed", "keys_only"]),
        "keys": st.just(["amount"]),
    },
)

#: The state of the stage that settles a verdict, and of no other stage.
SETTLED = {Verdict.DENY: State.DENIES, Verdict.APPROVAL: State.ASKS}


@st.composite
def explanations(draw: st.DrawFn) -> Explanation:
    document = read_document("policy.json", json.dumps(draw(policies)).encode())
    assert isinstance(document, Document)
    policy = read_policy(document).policy
    assert policy is not None
    call = Call(tool=draw(st.sampled_from([*policy.tools, *policy.hide, "other"])), **draw(facts))
    told = explain(
        policy, call, Ledger(policy), tool=call.tool, locate=lambda pointer: document.key_span(pointer).start
    )
    assert told.decision.content == decide(policy, call, Ledger(policy)).content
    return told


@given(explanations())
def test_the_states_of_the_stages_lead_to_the_verdict(told: Explanation) -> None:
    states = [stage.state for stage in told.stages]
    reached = [state for state in states if state is not State.NOT_REACHED]
    assert states == reached + [State.NOT_REACHED] * (len(states) - len(reached))
    counted = Counter(reached)
    match told.decision.verdict:
        case Verdict.ALLOW:
            assert counted == {State.PASSED: len(states)}
        case Verdict.UNDETERMINED:
            assert counted[State.OPEN] >= 1
            assert not counted[State.DENIES] + counted[State.ASKS]
        case verdict:
            assert reached[-1] is SETTLED[verdict]
            assert counted[State.DENIES] + counted[State.ASKS] == 1


@given(explanations(), st.booleans())
def test_every_form_holds_every_explanation(told: Explanation, show_args: bool) -> None:
    report: Any = json.loads(json_form.render(told, show_args=show_args))
    SCHEMA.validate(report)
    assert report["verdict"] == told.decision.verdict
    written = text.render(told, Style(color=False), show_args=show_args)
    assert f"\nverdict: {told.decision.verdict}" in written
    assert "".join(written.split("\n")).isprintable()
    assert markdown.render(told, show_args=show_args).startswith("## policyctl explain\n\n**")
