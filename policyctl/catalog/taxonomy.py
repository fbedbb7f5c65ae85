"""Ids and titles of the risk lists that others publish, as far as we refer to them."""

from __future__ import annotations

from collections.abc import Mapping

#: OWASP MCP Top 10, the list of 2025, which is a beta still.
OWASP_MCP: Mapping[str, str] = {
    "MCP01:2025": "Token Mismanagement & Secret Exposure",
    "MCP02:2025": "Privilege Escalation via Scope Creep",
    "MCP03:2025": "Tool Poisoning",
    "MCP04:2025": "Software Supply Chain Attacks & Dependency Tampering",
    "MCP05:2025": "Command Injection & Execution",
    "MCP06:2025": "Intent Flow Subversion",
    "MCP07:2025": "Insufficient Authentication & Authorization",
    "MCP08:2025": "Lack of Audit and Telemetry",
    "MCP09:2025": "Shadow MCP Servers",
    "MCP10:2025": "Context Injection & Over-Sharing",
}

#: OWASP Top 10 for Agentic Applications 2026.
OWASP_AGENTIC: Mapping[str, str] = {
    "ASI01": "Agent Goal Hijack",
    "ASI02": "Tool Misuse and Exploitation",
    "ASI03": "Identity and Privilege Abuse",
    "ASI04": "Agentic Supply Chain Vulnerabilities",
    "ASI05": "Unexpected Code Execution (RCE)",
    "ASI06": "Memory & Context Poisoning",
    "ASI07": "Insecure Inter-Agent Communication",
    "ASI08": "Cascading Failures",
    "ASI09": "Human-Agent Trust Exploitation",
    "ASI10": "Rogue Agents",
}

#: MITRE ATLAS 5.6: the techniques that have to do with tools.
ATLAS: Mapping[str, str] = {
    "AML.T0029": "Denial of AI Service",
    "AML.T0034": "Cost Harvesting",
    "AML.T0034.002": "Agentic Resource Consumption",
    "AML.T0050": "Command and Scripting Interpreter",
    "AML.T0051": "LLM Prompt Injection",
    "AML.T0053": "AI Agent Tool Invocation",
    "AML.T0055": "Unsecured Credentials",
    "AML.T0057": "LLM Data Leakage",
    "AML.T0080": "AI Agent Context Poisoning",
    "AML.T0081": "Modify AI Agent Configuration",
    "AML.T0083": "Credentials from AI Agent Configuration",
    "AML.T0084": "Discover AI Agent Configuration",
    "AML.T0085.001": "Data from AI Services: AI Agent Tools",
    "AML.T0086": "Exfiltration via AI Agent Tool Invocation",
    "AML.T0098": "AI Agent Tool Credential Harvesting",
    "AML.T0099": "AI Agent Tool Data Poisoning",
    "AML.T0101": "Data Destruction via AI Agent Tool Invocation",
    "AML.T0102": "Generate Malicious Commands",
    "AML.T0104": "Publish Poisoned AI Agent Tool",
    "AML.T0105": "Escape to Host",
    "AML.T0109": "AI Supply Chain Rug Pull",
    "AML.T0110": "AI Agent Tool Poisoning",
}

#: The weaknesses of MITRE's CWE that fit a way of abusing a tool.
CWE: Mapping[str, str] = {
    "CWE-22": "Path Traversal",
    "CWE-78": "OS Command Injection",
    "CWE-89": "SQL Injection",
    "CWE-94": "Code Injection",
    "CWE-200": "Exposure of Sensitive Information",
    "CWE-201": "Insertion of Sensitive Information Into Sent Data",
    "CWE-250": "Execution with Unnecessary Privileges",
    "CWE-284": "Improper Access Control",
    "CWE-353": "Missing Support for Integrity Check",
    "CWE-494": "Download of Code Without Integrity Check",
    "CWE-532": "Insertion of Sensitive Information into Log File",
    "CWE-732": "Incorrect Permission Assignment for Critical Resource",
    "CWE-770": "Allocation of Resources Without Limits or Throttling",
    "CWE-778": "Insufficient Logging",
    "CWE-799": "Improper Control of Interaction Frequency",
    "CWE-829": "Inclusion of Functionality from Untrusted Control Sphere",
    "CWE-918": "Server-Side Request Forgery (SSRF)",
    "CWE-1427": "Improper Neutralization of Input Used for LLM Prompting",
}

_OWASP_MCP_PAGE = "https://owasp.org/www-project-mcp-top-10/"
_OWASP_AGENTIC_PAGE = "https://genai.owasp.org/"


def title_of(reference: str) -> str:
    """What the list that has this id calls it; KeyError for an id that is in none."""
    return {**OWASP_MCP, **OWASP_AGENTIC, **ATLAS, **CWE}[reference]


def page_of(reference: str) -> str:
    """The address of the page about an id, or of the list that it is in."""
    if reference in ATLAS:
        return f"https://atlas.mitre.org/techniques/{reference}"
    if reference in CWE:
        return f"https://cwe.mitre.org/data/definitions/{reference.removeprefix('CWE-')}.html"
    return _OWASP_MCP_PAGE if reference in OWASP_MCP else _OWASP_AGENTIC_PAGE
