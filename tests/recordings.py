"""The recordings at hand and what is needed to replay them."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
#: Traces of `fixtures/traces`, each with its policy of `fixtures/policies`.
SHIPPED = {
    "exchange": "exchange.json",
    "exchange-gateway-log": "exchange.json",
    "code-host": "code-host.json",
    "files-mcp": "files.json",
    "payments-platform": "payments.yaml",
    "cluster": "cluster.yaml",
    "browser-mcp": "browser.json",
}
#: The `--map` of those that are not in a form that is read as it is.
MAPS = {
    "payments-platform": "tool=/request/op,args=/request/input,ts=/at,session=/conversation,grant=/worker/name",
}
#: Traces of `data/traces`, each with a policy of its name in `tests/real/policies`.
REAL = ("agentdojo", "agentdyn", "coding-sessions", "livemcpbench", "tau", "workbench")
