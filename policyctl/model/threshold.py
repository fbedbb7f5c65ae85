"""How many of something may be, as a count or as a share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_COUNT = re.compile(r"[0-9]{1,15}")
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%")


@dataclass(frozen=True, slots=True)
class Threshold:
    """`5` is a count, `2.5%` a share of a total; `amount` is exact, a share lies between 0 and 1."""

    amount: Fraction
    is_share: bool

    @classmethod
    def parse(cls, text: str) -> Threshold | None:
        """What a user wrote; None if it is neither a count nor a percentage up to 100."""
        stripped = text.strip()
        if _COUNT.fullmatch(stripped):
            return cls(Fraction(stripped), is_share=False)
        share = _SHARE.fullmatch(stripped)
        if share is None or Fraction(share[1]) > 100:
            return None
        return cls(Fraction(share[1]) / 100, is_share=True)

    def is_exceeded_by(self, count: int, total: int) -> bool:
        """Whether `count` of `total` is more than this; nothing is no share of nothing."""
        return Fraction(count) > (self.amount * total if self.is_share else self.amount)

    def falls_short(self, count: int, total: int) -> bool:
        """Whether `count` of `total` is less than this."""
        return Fraction(count) < (self.amount * total if self.is_share else self.amount)

    def __str__(self) -> str:
        if not self.is_share:
            return str(self.amount)
        return f"{float(self.amount * 100):g}%"
