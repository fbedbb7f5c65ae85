"""A catalog taken from its server anew: what people and classifiers added to it stays, and a review is never lost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from policyctl.catalog.digest import definition_digest, is_stale
from policyctl.model.catalog import AS_LISTED, Catalog, Review, Tool


@dataclass(frozen=True, slots=True)
class Renewal:
    """`listed` counts what the server lists. `stale` are reviewed tools whose definition is another one, `kept` reviewed
    ones that are not listed any more, `pruned` those of them that were dropped.
    """

    catalog: Catalog
    listed: int
    stale: tuple[str, ...]
    kept: tuple[str, ...]
    pruned: tuple[str, ...]


def renew(old: Catalog | None, new: Catalog, *, prune: bool = False) -> Renewal:
    """The catalog `new` with what `old` knows about its tools; `prune` drops reviews of tools that are gone."""
    known = old.tools if old is not None else {}
    tools = {name: _renewed(known.get(name), tool) for name, tool in new.tools.items()}
    gone = sorted(name for name, tool in known.items() if tool.reviewed is not None and name not in tools)
    if not prune:
        tools |= {name: _gone(known[name]) for name in gone}
    catalog = replace(
        new,
        server_name=new.server_name if old is None or _names_itself(new) else old.server_name,
        server_version=new.server_version or (old.server_version if old else None),
        server_source=new.server_source or (old.server_source if old else None),
        tools={name: tools[name] for name in sorted(tools)},
    )
    return Renewal(
        catalog,
        listed=sum(tool.fields.get(AS_LISTED) is not False for tool in new.tools.values()),
        stale=tuple(name for name, tool in catalog.tools.items() if is_stale(tool) and name in new.tools),
        kept=() if prune else tuple(gone),
        pruned=tuple(gone) if prune else (),
    )


def _names_itself(catalog: Catalog) -> bool:
    """Whether the source knows a name for people, or has only the id to offer."""
    return catalog.server_name != catalog.server_id


def _renewed(old: Tool | None, new: Tool) -> Tool:
    """The definition is the server's, the judgement the catalog's."""
    digest = definition_digest(new)
    if old is None:
        return replace(new, digest=digest)
    has_class = old.category is not None or old.risk is not None
    judge = old if has_class else new
    return replace(
        new,
        category=judge.category,
        risk=judge.risk,
        tags=old.tags or new.tags,
        confidence=judge.confidence,
        evidence=judge.evidence,
        reviewed=_review(old, digest) if old.reviewed else new.reviewed,
        digest=digest,
    )


def _review(old: Tool, digest: str) -> Review | None:
    """The review with the pin of what the person saw, where that is another definition than now."""
    assert old.reviewed is not None
    seen = old.reviewed.digest or old.digest or definition_digest(old)
    return replace(old.reviewed, digest=seen) if seen != digest else old.reviewed


def _gone(tool: Tool) -> Tool:
    """A reviewed tool that the server does not list: if it comes back as another one, its pin will tell."""
    assert tool.reviewed is not None
    seen = tool.reviewed.digest or tool.digest or definition_digest(tool)
    return replace(tool, reviewed=replace(tool.reviewed, digest=seen), fields={**tool.fields, AS_LISTED: False})
