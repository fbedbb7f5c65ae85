"""From what the user asks for to recommended policies, written or handed back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from policyctl.catalog.classify.override import unused
from policyctl.cli.documents import load_catalogs, load_overrides, load_policy, load_policy_document
from policyctl.cli.exits import ExitCode
from policyctl.cli.refusals import refuse_replacing, refuse_second_reading
from policyctl.diagnostic import Severity
from policyctl.errors import PolicyctlError
from policyctl.model.catalog import Catalog
from policyctl.model.policy import Policy
from policyctl.reading.policy import read_policy
from policyctl.recommend.completed import completed
from policyctl.recommend.compose import compose, recommend
from policyctl.recommend.merge import merge, merged_data
from policyctl.recommend.profile import Approval, Profile
from policyctl.recommend.rule import rule_for
from policyctl.report.policy.text import as_text, merged_text
from policyctl.report.recommend.result import Advice, Explanation, OverridesFile, RecommendResult
from policyctl.source.document import Document
from policyctl.source.read import read_document
from policyctl.workspace.create import create, file_names, make_folder
from policyctl.workspace.naming import shown_name

_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    catalogs: tuple[str, ...]
    servers: tuple[str, ...]
    profile: Profile
    approval: Approval
    override: str | None
    merge: str | None
    against: str | None
    out: str | None
    yaml: bool
    force: bool

    @property
    def is_yaml(self) -> bool:
        """Whether new policies are written as YAML."""
        return self.yaml or self.names_yaml

    @property
    def names_yaml(self) -> bool:
        """Whether the file to write is called as YAML is."""
        return self.out is not None and self.out.lower().endswith(_YAML)


def refuse(wish: Wish, reports: Sequence[Path], *, explain: bool) -> None:
    """PolicyctlError for what cannot go together, before any work is done."""
    if explain and (wish.out or wish.merge or wish.against):
        raise PolicyctlError(
            "`--explain` writes no policy and compares none", hint="leave out `-o`, `--merge` and `--against`"
        )
    if not wish.catalogs:
        raise PolicyctlError("no catalog was named", hint="name the tools of a server with `--catalog FILE`")
    if wish.yaml and wish.out is not None and wish.out.lower().endswith(".json"):
        raise PolicyctlError(f"`{wish.out}` would hold YAML", hint="name it `.yaml`, or leave out `--yaml`")
    refuse_second_reading(*wish.catalogs, wish.merge, wish.against, wish.override)
    # The policy that is merged may be replaced by what comes of it, if that is said.
    kept = () if wish.force else (wish.merge, wish.against)
    read = [name for name in (*wish.catalogs, wish.override, *kept) if name is not None]
    refuse_replacing(read, [wish.out, *reports])


def recommended(wish: Wish) -> tuple[RecommendResult, str | None]:
    """The recommendations, written where a file was named; else with the text of the one policy."""
    catalogs, overrides = _judged(wish)
    full = tuple(catalog for catalog in catalogs if catalog.tools)
    empty = tuple(catalog for catalog in catalogs if not catalog.tools)
    if len(full) > 1 and wish.merge is not None:
        raise _too_many(full, "`--merge` adds to one policy")
    if len(full) > 1 and wish.against is not None:
        raise _too_many(full, "`--against` names one policy")
    if len(full) > 1 and wish.out is None:
        raise _too_many(full, "each server gets a policy of its own")
    code = ExitCode.CLEAN if full else ExitCode.NOTHING_CHECKED
    present = None if wish.merge is None else load_policy_document(wish.merge)
    in_force = None if wish.against is None else load_policy(wish.against)
    advices, texts = [], []
    for catalog in full:
        advice = _advice(catalog, wish, present)
        texts.append(
            as_text(advice, wish.profile, yaml=wish.is_yaml) if present is None else _merged(present[1], advice, wish)
        )
        advice = _linted(advice, texts[-1])
        advices.append(advice if in_force is None else _compared(advice, in_force))
    result = RecommendResult(wish.profile, wish.approval, tuple(advices), empty, overrides, code)
    if wish.out is None:
        return result, texts[0] if texts else None
    return _written(result, texts, wish.out, wish), None


def _advice(catalog: Catalog, wish: Wish, present: tuple[Policy, Document] | None) -> Advice:
    found = recommend(catalog, wish.profile, approval=wish.approval)
    if present is None:
        return Advice(catalog, found, compose(found))
    # Comparing policies takes a solver, which is slow to import.
    from policyctl.cli.comparing import with_weaker

    merging = merge(present[0], present[1].data, found)
    return with_weaker(Advice(catalog, found, merged_data(merging), merging))


def _linted(advice: Advice, text: str) -> Advice:
    """With what lint says of flows and limits, about which a recommendation tool by tool knows nothing."""
    from policyctl.lint.run import lint
    from policyctl.lint.subject import Subject
    from policyctl.lint.table import BY_FAMILY

    document = read_document("policy", text.encode())
    policy = read_policy(document).policy if isinstance(document, Document) else None
    if policy is None or not isinstance(document, Document):
        return advice
    linted = lint(Subject(document, policy, advice.catalog), (*BY_FAMILY["FLW"].listed, *BY_FAMILY["LIM"].listed))
    worse = tuple(found for found in linted.diagnostics if found.severity is not Severity.INFO)
    return replace(advice, findings=worse)


def _compared(advice: Advice, in_force: Policy) -> Advice:
    from policyctl.cli.comparing import with_comparison

    return with_comparison(advice, in_force)


def explained(wish: Wish, name: str) -> Explanation:
    """Everything about one tool, under every profile."""
    from policyctl.catalog.attacks import threats_to

    catalogs, _ = _judged(wish)
    found = [(catalog, catalog.tools[name]) for catalog in catalogs if name in catalog.tools]
    if not found:
        names = [tool for catalog in catalogs for tool in catalog.tools]
        raise _no_such("tool", name, names)
    if len(found) > 1:
        raise PolicyctlError(f"several servers have a tool `{name}`", hint="say which with `--server ID`")
    ((catalog, tool),) = found
    recommendations = {profile: rule_for(tool, profile, approval=wish.approval) for profile in Profile}
    return Explanation(catalog, wish.profile, recommendations, threats_to(tool))


def _judged(wish: Wish) -> tuple[tuple[Catalog, ...], OverridesFile | None]:
    """The catalogs that were asked for, each tool with a class, and what came of the file of overrides."""
    catalogs = load_catalogs(wish.catalogs)
    for server in wish.servers:
        if server not in {catalog.server_id for catalog in catalogs}:
            raise _no_such("server", server, [catalog.server_id for catalog in catalogs])
    chosen = tuple(catalog for catalog in catalogs if not wish.servers or catalog.server_id in wish.servers)
    if wish.override is None:
        return tuple(completed(catalog) for catalog in chosen), None
    overrides = load_overrides(wish.override)
    names = tuple(each.tool for each in unused(overrides, catalogs))
    return tuple(completed(catalog, overrides) for catalog in chosen), OverridesFile(shown_name(wish.override), names)


def _merged(document: Document, advice: Advice, wish: Wish) -> str:
    if wish.out is not None and wish.names_yaml != (document.format == "yaml"):
        form = document.format.upper()
        hint = f"`--merge` keeps the text of `{document.name}`, which is {form}"
        raise PolicyctlError(f"`{wish.out}` would hold {form}", hint=hint)
    text = merged_text(document, advice)
    if text is None:
        hint = "aliases, keys behind `?` or several keys on a line are in the way; write it in plain form first"
        raise PolicyctlError(f"there is no place for more rules in `{document.name}`", hint=hint)
    return text


def _written(result: RecommendResult, texts: Iterable[str], out: str, wish: Wish) -> RecommendResult:
    if not result.advices:
        return result
    folder = Path(out)
    is_folder = len(result.advices) > 1 or out.endswith(("/", os.sep)) or folder.is_dir()
    if is_folder:
        make_folder(folder)
    ending = ".policy.yaml" if wish.yaml else ".policy.json"
    names = file_names((each.catalog.server_id for each in result.advices), ending)
    paths = [folder / name for name in names] if is_folder else [folder]
    create({path: text.encode() for path, text in zip(paths, texts, strict=True)}, force=wish.force)
    advices = (replace(each, file=shown_name(str(path))) for each, path in zip(result.advices, paths, strict=True))
    return replace(result, advices=tuple(advices))


def _too_many(catalogs: Sequence[Catalog], why: str) -> PolicyctlError:
    names = ", ".join(f"`{catalog.server_id}`" for catalog in catalogs[:3])
    more = f" and {len(catalogs) - 3:,} more" if len(catalogs) > 3 else ""
    hint = f"choose one with `--server ID`: {names}{more}"
    if "own" in why:
        hint = f"give a directory with `-o DIR`, or {hint}"
    return PolicyctlError(f"the catalogs list {len(catalogs):,} servers, and {why}", hint=hint)


def _no_such(kind: str, name: str, names: Sequence[str]) -> PolicyctlError:
    close = get_close_matches(name, names, n=2, cutoff=0.6)
    meant = " or ".join(f"`{each}`" for each in close)
    return PolicyctlError(
        f"the catalog lists no {kind} `{name}`", hint=f"did you mean {meant}?" if close else f"check the {kind}'s name"
    )
