"""Policies as a change has them, beside what they are at the revision that it is to be merged into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os.path import realpath

from policyctl.cli.linting import LintedFile
from policyctl.gate.revised import Revised, Standing, Version
from policyctl.model.catalog import Catalog
from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document
from policyctl.workspace.configuration import Configuration
from policyctl.workspace.discover import find_policy
from policyctl.workspace.git import content_at
from policyctl.workspace.naming import shown_name
from policyctl.workspace.open import is_same_file


@dataclass(frozen=True, slots=True)
class Named:
    """A policy to be judged: where it is, where it was, which server it is for, and where the tools of that are listed."""

    path: str
    before: str
    server: str | None = None
    catalog: str | None = None


def named_policies(
    files: Sequence[str], catalog: str | None, configuration: Configuration, trusted: Configuration
) -> tuple[Named, ...]:
    """The policies that are named, else those of the configured servers, else the one that is found."""
    # A change must not get rid of classes that the base counts on.
    configured = configuration.catalog or trusted.catalog
    common = catalog or (str(configured) if configured else None)
    if files:
        of_files = {
            realpath(server.policy): str(server.catalog)
            for server in configuration.servers.values()
            if server.policy and server.catalog
        }
        return tuple(
            Named(name, name, catalog=catalog or of_files.get(realpath(name)) or common)
            for name in dict.fromkeys(files)
        )
    of_servers = tuple(_of_servers(configuration, trusted, catalog))
    if of_servers:
        return of_servers
    path = str(find_policy(configuration))
    before = trusted.policy if configuration.policy is not None and trusted.policy is not None else path
    return (Named(path, str(before), catalog=common),)


def _of_servers(configuration: Configuration, trusted: Configuration, catalog: str | None) -> Iterator[Named]:
    for name, server in configuration.servers.items():
        if server.policy is not None:
            earlier = trusted.servers.get(name)
            before = earlier.policy if earlier is not None and earlier.policy is not None else server.policy
            configured = server.catalog or (earlier and earlier.catalog)
            yield Named(str(server.policy), str(before), name, catalog or (str(configured) if configured else None))


def dropped(named: Sequence[Named], trusted: Configuration) -> tuple[Revised, ...]:
    """Policies that the base configures for servers for which the change has none."""
    kept = {each.server for each in named}
    paths = {realpath(path) for each in named for path in (each.path, each.before)}
    return tuple(
        Revised(shown_name(str(server.policy)), Standing.GONE, server=name)
        for name, server in trusted.servers.items()
        if server.policy is not None and name not in kept and realpath(server.policy) not in paths
    )


def revised(each: Named, file: LintedFile, catalog: Catalog | None, revision: str) -> Revised:
    """The policy beside what it was; a file that has moved is looked for where it is now, too."""
    checked = file.policy.checked
    new = None
    if checked.policy is not None and checked.document is not None:
        new = Version(checked.policy, checked.document)
    for path in dict.fromkeys((each.before, each.path)):
        raw = content_at(revision, path, missing_ok=True)
        if raw is not None:
            old = _version(f"{revision}:{shown_name(path)}", raw)
            standing = Standing.UNREADABLE if old is None else _standing(old, checked.digest)
            return Revised(checked.name, standing, old, new, catalog, each.server)
    return Revised(checked.name, Standing.NEW, None, new, catalog, each.server)


def _standing(old: Version, digest: str) -> Standing:
    return Standing.UNCHANGED if old.document.digest == digest else Standing.CHANGED


def _version(name: str, raw: bytes) -> Version | None:
    document = read_document(name, raw)
    if not isinstance(document, Document):
        return None
    policy = read_policy(document).policy
    return None if policy is None else Version(policy, document)


def is_changed(path: str, revision: str) -> bool:
    """Whether a file is not what the revision has."""
    return not is_same_file(path, content_at(revision, path, missing_ok=True))
