"""The place of something that may not be written: the nearest value around it that is."""

from __future__ import annotations

from policyctl.diagnostic import Span
from policyctl.source.document import Document


def nearest_span(document: Document, pointer: str, *, key: bool = False) -> Span:
    """The value at `pointer` (or its key), else the smallest written value that it would stand in."""
    at = pointer
    while at and at not in document.places:
        at = at.rpartition("/")[0]
    return document.key_span(at) if key and at == pointer else document.span(at)
