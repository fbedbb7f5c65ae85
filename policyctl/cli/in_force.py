"""From flags and configuration to the policies that are in force."""

from __future__ import annotations

from collections.abc import Callable

from policyctl.cli.documents import load_catalog, load_policy
from policyctl.errors import PolicyctlError
from policyctl.model.policy import Policy
from policyctl.replay.routing import Assignment
from policyctl.workspace.configuration import Configuration
from policyctl.workspace.discover import find_policy


def assignments(
    policy: str | None,
    catalog: str | None,
    server: str | None,
    configuration: Configuration,
    *,
    load: Callable[[str], Policy] = load_policy,
) -> tuple[Assignment, ...]:
    """Which policy is for which calls: the flags' for one server or for all, else the configured servers'."""
    has_own = any(configured.policy for configured in configuration.servers.values())
    if policy is None and server is None and (has_own or (configuration.servers and configuration.policy is None)):
        if catalog is not None:
            raise PolicyctlError(
                "`--catalog` does not say which of the configured servers it is for", hint="add `--server NAME`"
            )
        return _configured(configuration, load)
    of_server = configuration.servers.get(server) if server is not None else None
    chosen = policy or (of_server and of_server.policy) or find_policy(configuration)
    classes = catalog or (of_server and of_server.catalog) or configuration.catalog
    return (Assignment(load(str(chosen)), None if classes is None else load_catalog(str(classes)), server),)


def _configured(configuration: Configuration, load: Callable[[str], Policy]) -> tuple[Assignment, ...]:
    found = tuple(
        Assignment(
            load(str(server.policy)),
            None if server.catalog is None else load_catalog(str(server.catalog)),
            name,
        )
        for name, server in configuration.servers.items()
        if server.policy is not None
    )
    if not found:
        raise PolicyctlError("no configured server has a policy", hint='set `policy` in `[servers."NAME"]`')
    return found
