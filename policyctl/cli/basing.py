"""From `--base` and what belongs to it to the other side of a comparison."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from policyctl.cli.documents import FlawedDocumentError, load_policy_document
from policyctl.cli.replaying import flag_of
from policyctl.diagnostic import Diagnostic
from policyctl.errors import PolicyctlError
from policyctl.model.policy import Default, Policy
from policyctl.replay.routing import Assignment
from policyctl.source.document import Document


class Policies:
    """Policies as they are loaded, with their documents; those of two sides may both have errors, which are told at once."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.typed: dict[str, str] = {}
        self._flaws: list[FlawedDocumentError] = []

    def load(self, name: str) -> Policy:
        """The policy in a file, or one without rules in place of one with errors."""
        try:
            policy, document = load_policy_document(name)
        except FlawedDocumentError as flaws:
            self._flaws.append(flaws)
            policy = Policy("1", Default.DENY, name)
        else:
            self.documents[policy.name] = document
        self.typed[policy.name] = name
        return policy

    def refuse_flaws(self) -> None:
        """FlawedDocumentError if any of them has errors."""
        if self._flaws:
            found: dict[Diagnostic, None] = {}
            texts: dict[str, str] = {}
            for flaws in self._flaws:
                found |= dict.fromkeys(flaws.diagnostics)
                texts |= flaws.texts
            raise FlawedDocumentError(tuple(found), texts)


def base_of(
    base: str, in_force: Sequence[Assignment], policies: Policies, config: Path | None
) -> tuple[Assignment, ...]:
    """The policy that `--base` names, or for `REV:` those in force, each as that revision has it.

    `config` is the configuration that the user named, if any.
    """
    revision = base.removesuffix(":")
    if revision != base and revision and not os.path.exists(base):
        return _at(revision, in_force, policies, config)
    if len(in_force) > 1:
        raise PolicyctlError(
            f"`--base {base}` is one policy, and the configuration has those of {len(in_force):,} servers",
            hint="`--base REV:` takes each of them as that revision has it; `--server NAME` compares one",
        )
    return (replace(in_force[0], policy=policies.load(base)),)


def _at(
    revision: str, in_force: Sequence[Assignment], policies: Policies, config: Path | None
) -> tuple[Assignment, ...]:
    from policyctl.workspace.config import load_at

    # A file may have been moved since: what was configured then is where it was then.
    then = load_at(revision, config)
    sides = []
    for assignment in in_force:
        name = policies.typed[assignment.policy.name]
        if name == "-":
            raise PolicyctlError(
                f"`--base {revision}:` does not know where the policy from standard input was",
                hint=f"name its file: `--base {revision}:policy.json`",
            )
        if assignment.server is not None and len(in_force) > 1:
            server = then.servers.get(assignment.server)
            name = str(server.policy) if server is not None and server.policy is not None else name
        path = name if os.path.exists(name) else name.rpartition(":")[2]
        sides.append(replace(assignment, policy=policies.load(f"{revision}:{path}")))
    return tuple(sides)


def amount_path(text: str) -> tuple[str, ...]:
    """One `--amount`: the path of an argument as policies write it, with or without `args`."""
    segments = tuple(text.removeprefix("args.").split("."))
    if not all(segments) or text == "args":
        raise PolicyctlError(
            f"`--amount {text}` is no path to an argument", hint="write it as policies do: `args.amount`"
        )
    return segments


def refuse_without_base(options: Mapping[str, object]) -> None:
    """PolicyctlError for an option that only makes sense with `--base`."""
    for parameter, value in options.items():
        if value is not None:
            raise PolicyctlError(
                f"`{flag_of(parameter)}` needs `--base`", hint="name the policy to compare with: `--base main:`"
            )
