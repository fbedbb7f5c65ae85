"""The text of a recommended policy, new or merged."""

from __future__ import annotations

import json
from collections.abc import Iterator

from policyctl.recommend.profile import Profile
from policyctl.recommend.rule import Recommendation
from policyctl.report.policy import json_, yaml_
from policyctl.report.policy.json_ import quoted
from policyctl.report.recommend.result import Advice
from policyctl.report.recommend.words import class_words, doubt_words, evidence_words, raised_words
from policyctl.source.document import Document
from policyctl.source.read import Format, read_document


def as_text(advice: Advice, profile: Profile, *, yaml: bool) -> str:
    """A new policy; only YAML has a place for reasons."""
    if not yaml:
        return json_.render(advice.document)
    server = advice.catalog.server_id
    head = (f"Recommended for the server {server} by policyctl, profile {profile}.",)
    return yaml_.render(advice.document, head=head, reasons=_reasons(advice))


def merged_text(document: Document, advice: Advice) -> str | None:
    """The text of a policy with what is added to it; None where it leaves no place, or would say something else then."""
    merging = advice.merging
    if merging is None or not merging.added:
        return document.text
    if document.format == "json":
        from policyctl.report.policy import into_json

        text: str | None = into_json.add(document, hide=merging.hide, tools=merging.tools)
    else:
        from policyctl.report.policy import into_yaml

        text = into_yaml.add(document.text, hide=merging.hide, tools=merging.tools, reasons=_reasons(advice))
    return text if text is not None and _says(text, document, advice) else None


def _says(text: str, document: Document, advice: Advice) -> bool:
    """Whether the text reads as the merged data: the measure of every edit."""
    form: Format = "json" if document.format == "json" else "yaml"
    after = read_document(document.name, text.encode(), format=form)
    return isinstance(after, Document) and _canonical(after.data) == _canonical(dict(advice.document))


def _canonical(data: object) -> str:
    """Equal for equal JSON: `1` is not `1.0`, and the order of keys does not count."""
    return json.dumps(data, sort_keys=True)


def _reasons(advice: Advice) -> dict[str, tuple[str, ...]]:
    return {each.tool.name: tuple(filter(None, _reason(each))) for each in advice.recommendations}


def _reason(each: Recommendation) -> Iterator[str]:
    yield f"{class_words(each.tool)}: {evidence_words(each.evidence, each.tool)}"
    yield raised_words(each)
    yield doubt_words(each)
    if each.gap is not None:
        yield f"complete what is empty, for instance with {quoted(each.gap.example)}"
