"""How a description speaks to a model instead of describing: patterns over its lower-case text, each with what is said of it."""

from __future__ import annotations

#: Found anywhere. A description that merely says when to use a tool is none of these.
INSTRUCTIONS: tuple[tuple[str, str], ...] = (
    (r"\bignore (?:all |any |the |your )*(?:previous|prior|above|earlier|other|system)\b", "asks to ignore other instructions"),
    (r"\bdisregard (?:all |any |the |your )*(?:previous|prior|above|earlier|other|system|instructions)\b", "asks to ignore other instructions"),
    (r"</?(?:important|system|secret|instructions?|admin|hidden)>", "has a tag that poses as an instruction"),
    (r"\b(?:do not|don't|never) (?:tell|mention|inform|notify|reveal|show|let)\b[^.]{0,40}\b(?:the )?user\b", "asks to hide something from the user"),
    (r"\bwithout (?:telling|informing|notifying|asking) (?:the )?user\b", "asks to hide something from the user"),
    (r"\b(?:reveal|print|output|repeat|send|pass|include)\b[^.]{0,30}\b(?:system prompt|developer message)\b", "asks for the model's own instructions"),
    (r"\byou (?:are now|must now)\b", "gives the model another role"),
    (r"(?:~/\.ssh|id_rsa|\.aws/credentials|\.env\b[^.]{0,30}\b(?:read|send|pass))", "names files that hold secrets"),
    (r"\b(?:before|after) (?:using|calling|invoking) (?:any|all|every|other|another)\b[^.]{0,60}\b(?:must|first|always)\b", "makes other calls a condition"),
    (r"\b(?:classify|treat|consider|label|mark) (?:this|it|the tool)\b[^.]{0,30}\b(?:as )?(?:read|read-only|safe|low risk|harmless)\b", "says how it wants to be classified"),
)  # fmt: skip
