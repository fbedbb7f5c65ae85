"""From flags and configuration to what a replay needs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from policyctl.cli.documents import load_catalog, load_policy
from policyctl.errors import PolicyctlError
from policyctl.model.threshold import Threshold
from policyctl.replay.routing import Assignment
from policyctl.simulate.labels import Labels
from policyctl.simulate.selector import Selector, parse_selector
from policyctl.source.pointer import split
from policyctl.traces.mapping import parse_map
from policyctl.traces.read import TraceFile
from policyctl.workspace.configuration import Configuration
from policyctl.workspace.discover import expand, find_policy

#: A call behind the injection serves it, unless `--attack-call` says better.
ATTACK_CALL = "meta.after_injection_seen=true"


def refuse_double_use(
    traces: Sequence[str] | None, policy: str | None, catalog: str | None, *, written: Iterable[str | Path | None]
) -> None:
    """PolicyctlError if standard input would be read twice, or a file be read and then replaced."""
    read = [*(traces or ()), *(name for name in (policy, catalog) if name is not None)]
    if read.count("-") > 1:
        raise PolicyctlError("standard input can be read once only", hint="name `-` a single time")
    for target in written:
        if target is not None and any(_is_same(name, target) for name in read):
            raise PolicyctlError(f"`{target}` is read here, and would be replaced", hint="write to another file")


def _is_same(left: str, right: str | Path) -> bool:
    # A pipe or terminal may be read and written.
    return os.path.isfile(left) and os.path.exists(right) and os.path.samefile(left, right)


def trace_files(
    names: Sequence[str] | None, mapping: str | None, configuration: Configuration
) -> tuple[TraceFile, ...]:
    """The named traces, else the configured ones; each of them is opened."""
    chosen = list(names or ()) or [str(path) for path in expand(configuration.traces.files)]
    if not chosen:
        raise PolicyctlError("no trace was named", hint="name a JSONL file of recorded calls, or `-`")
    paths = _paths(mapping, configuration)
    return tuple(TraceFile(name, paths) for name in dict.fromkeys(chosen))


def _paths(mapping: str | None, configuration: Configuration) -> Mapping[str, tuple[str, ...]] | None:
    if mapping is not None:
        return parse_map(mapping)
    configured = configuration.traces.map
    return {field: split(pointer) for field, pointer in configured.items()} if configured else None


def assignments(
    policy: str | None, catalog: str | None, server: str | None, configuration: Configuration
) -> tuple[Assignment, ...]:
    """Which policy is for which calls: the flags' for one server or for all, else the configured servers'."""
    if policy is None and server is None and configuration.servers and configuration.policy is None:
        return _configured(configuration)
    of_server = configuration.servers.get(server) if server is not None else None
    chosen = policy or (of_server and of_server.policy) or find_policy(configuration)
    classes = catalog or (of_server and of_server.catalog) or configuration.catalog
    return (Assignment(load_policy(str(chosen)), None if classes is None else load_catalog(str(classes)), server),)


def _configured(configuration: Configuration) -> tuple[Assignment, ...]:
    found = tuple(
        Assignment(
            load_policy(str(server.policy)),
            None if server.catalog is None else load_catalog(str(server.catalog)),
            name,
        )
        for name, server in configuration.servers.items()
        if server.policy is not None
    )
    if not found:
        raise PolicyctlError("no configured server has a policy", hint='set `policy` in `[servers."NAME"]`')
    return found


def labels(bad: Sequence[str] | None, good: Sequence[str] | None, attack: Sequence[str] | None) -> Labels | None:
    """How sessions are labelled; None if the user does not ask for a score."""
    if not bad and not good:
        if attack:
            raise PolicyctlError("`--attack-call` needs `--bad`", hint="say which sessions are attacks")
        return None
    return Labels(
        bad=_selectors(bad, "--bad"),
        good=_selectors(good, "--good"),
        attack=_selectors(attack or [ATTACK_CALL], "--attack-call"),
    )


def _selectors(texts: Sequence[str] | None, option: str) -> tuple[Selector, ...]:
    return tuple(parse_selector(text, option=option) for text in texts or ())


def threshold(text: str | None, configured: Threshold | None, option: str) -> Threshold | None:
    """A bound from a flag, else from the configuration."""
    if text is None:
        return configured
    parsed = Threshold.parse(text)
    if parsed is None:
        raise PolicyctlError(
            f"`{option} {text}` is no bound", hint="write a count such as `5`, or a share such as `2.5%`"
        )
    return parsed
