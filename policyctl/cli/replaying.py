"""From flags and configuration to what a replay needs."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from policyctl.engine.ledger import LATENESS, Windows
from policyctl.errors import PolicyctlError
from policyctl.model.threshold import Threshold
from policyctl.replay.routing import Assignment
from policyctl.replay.subjects import grant_declaration
from policyctl.simulate.compare.gates import ChangeBounds
from policyctl.simulate.gates import Bounds
from policyctl.simulate.labels import Labels
from policyctl.simulate.run import Setup
from policyctl.simulate.selector import Selector, parse_selector
from policyctl.source.pointer import split
from policyctl.traces.mapping import parse_map
from policyctl.traces.read import TraceFile
from policyctl.workspace.configuration import Configuration
from policyctl.workspace.configuration import Gate as GateBounds
from policyctl.workspace.discover import expand

#: A call behind the injection serves it, unless `--attack-call` says better.
ATTACK_CALL = "meta.after_injection_seen=true"


def trace_files(
    names: Sequence[str] | None, mapping: str | None, configuration: Configuration
) -> tuple[TraceFile, ...]:
    """The named traces, else the configured ones; each of them is opened."""
    chosen = list(names or ()) or [str(path) for path in expand(configuration.traces.files)]
    if not chosen:
        raise PolicyctlError("no trace was named", hint="name a JSONL file of recorded calls, or `-`")
    paths = _paths(mapping, configuration)
    recordings: dict[str, str] = {}
    for name in chosen:
        # A file that is named twice, in one spelling or two, is one recording.
        recordings.setdefault(name if name == "-" else os.path.realpath(name), name)
    return tuple(TraceFile(name, paths) for name in recordings.values())


def _paths(mapping: str | None, configuration: Configuration) -> Mapping[str, tuple[str, ...]] | None:
    if mapping is not None:
        return parse_map(mapping)
    configured = configuration.traces.map
    if configured and "tool" not in configured:
        hint = 'add `tool = "/POINTER"` to `[traces.map]`'
        raise PolicyctlError("the configured map does not say where the tool's name stands", hint=hint)
    return {field: split(pointer) for field, pointer in configured.items()} if configured else None


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


def share(text: str | None, configured: Threshold | None, option: str) -> Threshold | None:
    """A bound that a count would make no sense for."""
    parsed = threshold(text, configured, option)
    if text is not None and parsed is not None and not parsed.is_share:
        raise PolicyctlError(f"`{option} {text}` is no share", hint="write a percentage such as `95%`")
    return parsed


def with_flags(gate: GateBounds, flags: Mapping[str, str | None]) -> GateBounds:
    """The bounds of the configuration with those of flags, by the names of their parameters, in their place."""
    parsed: dict[str, Any] = {
        key: (share if key == "min_fidelity" else threshold)(text, getattr(gate, key), flag_of(key))
        for key, text in flags.items()
    }
    return replace(gate, **parsed)


def flag_of(parameter: str) -> str:
    """The flag of a parameter."""
    return f"--{parameter.replace('_', '-')}"


def setup_for(
    configuration: Configuration,
    gate: GateBounds,
    in_force: tuple[Assignment, ...],
    files: tuple[TraceFile, ...],
    *,
    jobs: int = 1,
    scheduler: str | None = None,
) -> Setup:
    """A replay as the configuration describes it, held against these bounds, by so many processes or a scheduler's workers."""
    traces = configuration.traces
    declaration = grant_declaration(name=traces.grant, source=traces.grant_from)
    return Setup(
        assignments=in_force,
        files=files,
        windows=Windows(traces.window),
        lateness=max(traces.lateness or LATENESS, LATENESS),
        grant_of=declaration[0] if declaration else None,
        declared=declaration[1] if declaration else None,
        bounds=Bounds(
            max_denied=gate.max_denied,
            max_undetermined=gate.max_undetermined,
            min_calls=gate.min_calls,
            min_fidelity=gate.min_fidelity,
            max_bad_lines=gate.max_bad_lines,
        ),
        jobs=jobs,
        scheduler=scheduler,
    )


def change_bounds(gate: GateBounds) -> ChangeBounds:
    """The bounds on what may change for recorded calls."""
    return ChangeBounds(
        max_newly_allowed=gate.max_newly_allowed,
        max_approval_removed=gate.max_approval_removed,
        max_newly_denied=gate.max_newly_denied,
        max_approval_added=gate.max_approval_added,
        max_changed=gate.max_changed,
    )
