"""Messages that promise that somebody can approve a call."""

from __future__ import annotations

import re
from functools import cache

#: What a message may be long: more is not read.
_LONGEST = 2_000

_PEOPLE = r"(?:human|person|manual|operator|manager|supervisor|admin(?:istrator)?|owner|reviewer)(?:['’]?s)?"
#: Up to four words on the way to the one that matters, none of which takes it back.
_WORDS = r"(?:(?!no\b|not\b|nobody\b)[\w'’-]+\s+){0,4}"
#: An approval that is an argument of the call is one that the agent can give.
_NO_ARGUMENT = r"(?![\s_-]*(?:id|ids|number|code|token|key|ticket|reference|label|tag|flag)\b)"
_NEEDS = r"(?<!not\s)(?<!never\s)(?:requires?|requiring|needs?|needing|pending|await(?:s|ing)?|subject\s+to|wait(?:s|ing)?\s+for|ask\s+(?:[\w'’-]+\s+){0,3}for|request|get|obtain|seek)"

_ENGLISH = (
    rf"\b{_NEEDS}\s+{_WORDS}(?:approval|sign-?off)\b{_NO_ARGUMENT}",
    rf"\b{_NEEDS}\s+{_WORDS}{_PEOPLE}\s+(?:[\w-]+\s+)?(?:confirmation|consent|authori[sz]ation|review)\b",
    rf"\b(?:approval|sign-?off|{_PEOPLE}\s+(?:confirmation|consent|authori[sz]ation|review))\s+(?:(?!no\b|not\b)[\w'’-]+\s+){{0,6}}(?:required|needed|necessary|pending)\b",
    r"\b(?:until|unless|before|once)\s+(?:[\w'’-]+\s+){0,6}(?:approves?|approved|signs?\s+off)\b",
    r"\b(?:must|has\s+to|have\s+to|needs?\s+to)\s+(?:first\s+)?be\s+(?:\w+\s+)?approved\b",
    rf"\b{_PEOPLE}\s+(?:must|has\s+to|have\s+to|needs?\s+to)\s+(?:first\s+)?(?:approve|confirm|sign\s+off)\b",
)
_OTHERS = (
    # German
    r"\b(?:freigabe|genehmigung|zustimmung)\b.{0,30}\b(?:erforderlich|nötig|notwendig|einzuholen|abwarten)\b",
    r"\b(?:erfordert|benötigt|bedarf|braucht)\b.{0,30}\b(?:freigabe|genehmigung|zustimmung)\b",
    r"\b(?:muss|müssen)\b.{0,40}\b(?:freigegeben|genehmigt)\b",
    # French
    r"\b(?:nécessite|requiert|exige)\b.{0,30}\b(?:approbation|autorisation|validation|accord)\b",
    r"\b(?:approbation|autorisation|validation)\b.{0,30}\b(?:requise|nécessaire|obligatoire)\b",
    r"\bdoi(?:t|vent)\s+être\s+(?:approuvée?s?|validée?s?|autorisée?s?)\b",
    # Spanish, Portuguese, Italian
    r"\b(?:requiere|necesita|requer|exige|precisa|richiede|necessita)\b.{0,30}\b(?:aprobación|autorización|aprovação|autorização|approvazione|autorizzazione)\b",
    r"\b(?:aprobación|autorización|aprovação|autorização|approvazione|autorizzazione)\b.{0,20}\b(?:requerida|necesaria|necessária|obrigatória|richiesta|necessaria)\b",
    r"\b(?:debe|deben|deve|devem|devono)\b.{0,20}\b(?:aprobad[oa]s?|aprovad[oa]s?|approvat[oaie])\b",
    # Dutch, Scandinavian, Polish, Russian, Turkish
    r"\bgoedkeuring\b.{0,20}\b(?:vereist|nodig)\b|\b(?:vereist|behoeft)\b.{0,30}\bgoedkeuring\b",
    r"\b(?:kräver|kræver|krever)\b.{0,30}\b(?:godkännande|godkendelse|godkjenning)\b",
    r"\bwymaga\b.{0,30}\b(?:zatwierdzenia|akceptacji|zgody)\b",
    r"\b(?:требует(?:ся)?|нужн[оа]|необходимо)\b.{0,30}\b(?:одобрени|согласовани|подтверждени)",
    r"\bonay\w*\s+gerek",
    # Chinese, Japanese, Korean
    r"(?:需要|须|須|等待|待).{0,10}(?:批准|审批|審批|核准)",
    r"承認(?:が必要|を得|待ち|を待)",
    r"승인.{0,6}(?:필요|대기)",
)
#: Every promise has one of these in it, and most messages have none: to compile all patterns takes longer than many a run.
_STEMS = (
    "approv", "sign", "confirm", "consent", "author", "review", "freig", "genehm", "zustimm", "approb", "approuv", "autor", "valid",
    "accord", "aprob", "aprov", "goedkeur", "godk", "zatwierdz", "akcept", "zgod", "одобр", "соглас", "подтверж", "onay", "批准", "审批",
    "審批", "核准", "承認", "승인",
)  # fmt: skip


@cache
def _promise() -> re.Pattern[str]:
    """Compiled for the first message that may hold one."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in (*_ENGLISH, *_OTHERS)), re.IGNORECASE)


def promise_in(message: str | None) -> range | None:
    """The part of a message that says that an approval would help; None if nothing does."""
    text = (message or "")[:_LONGEST]
    folded = text.casefold()
    if not any(stem in folded for stem in _STEMS):
        return None
    found = _promise().search(text)
    return range(found.start(), found.end()) if found else None
