"""YAML text to a tree of values, from the parser's events and without recursion."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from policyctl.source.fault import Fault
from policyctl.source.yaml_compose import Composer, StopReading
from policyctl.source.yaml_node import Node
from policyctl.source.yaml_syntax import explain, unprintable

#: The parser in C where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(text: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """The document, or None and every mistake up to the first one in the syntax.

    The types are those of JSON. A key is the text that is written, whatever it would be as a value: `404:` and `true:`
    are the keys "404" and "true", as no tool name or argument could be anything else.
    """
    composer = Composer(text)
    faults = tuple(_faults(composer, text))
    return (None, faults) if faults else (composer.root, ())


def _faults(composer: Composer, text: str) -> Iterator[Fault]:
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            yield from composer.take(event)
    except StopReading as stop:
        yield stop.fault
    except yaml.MarkedYAMLError as error:
        at = composer.offset(error.problem_mark) if error.problem_mark else 0
        opened = composer.offset(error.context_mark) if error.context_mark else None
        yield explain(error.problem or "", text, at, opened)
    except yaml.reader.ReaderError:
        yield unprintable(text)
    else:
        if composer.root is None:
            help_ = 'a smallest policy is {"version": "1", "default": "deny", "tools": {}}'
            yield Fault("SRC02", "the file is empty", help_, 0, 0)
