"""Which messages promise an approval."""

from __future__ import annotations

import pytest

from policyctl.lint.promises import promise_in


@pytest.mark.parametrize(
    "message",
    [
        "Requires human approval.",
        "This needs sign-off from the treasury.",
        "Approval by the security team is required",
        "Pending approval of a manager.",
        "Ask the on-call engineer for approval.",
        "Not allowed until a person approves it.",
        "Deletions must be approved.",
        "A manager has to confirm this first.",
        "Needs the owner's consent.",
        "Manual review required",
        "Blocked: no refunds above 50 unless they are approved by finance",
        "Freigabe durch die Buchhaltung erforderlich.",
        "Das muss von einem Menschen genehmigt werden.",
        "Nécessite l'approbation d'un responsable.",
        "Validation humaine obligatoire",
        "Requiere aprobación humana.",
        "Requer a aprovação do gerente",
        "Richiede l'approvazione di una persona",
        "Goedkeuring is vereist",
        "Wymaga zgody człowieka",
        "Требуется одобрение менеджера",
        "需要人工审批",
        "承認が必要です",
        "관리자 승인이 필요합니다",
    ],
)
def test_a_message_that_says_what_would_open_the_way_is_a_promise(message: str) -> None:
    assert promise_in(message) is not None


@pytest.mark.parametrize(
    "message",
    [
        None,
        "",
        "Only approved currencies.",
        "This address is not approved.",
        "Refunds above 50.00 are made by a person.",
        "A person of the treasury confirms each withdrawal.",
        "This cannot be approved; use the portal.",
        "Needs no approval, and is denied all the same.",
        "Does not require approval but is denied.",
        "Requires an approval ticket in `reason`.",
        "Give the approval id.",
        "Requires authorization.",
        "Name the person who approved it in args.approver.",
        "Reviews are required before merging.",
        "Ihre Freigaben sind hier nicht gelistet.",
        "Une personne s'en charge.",
        "已批准的地址",
        "requires " * 400 + "approva",
    ],
)
def test_a_message_about_something_else_is_none(message: str | None) -> None:
    assert promise_in(message) is None


def test_the_part_that_promises_is_told() -> None:
    message = "Too much: requires human approval, please wait."
    part = promise_in(message)
    assert part is not None
    assert message[part.start : part.stop] == "requires human approval"
