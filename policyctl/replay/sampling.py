"""Where the time of a replay goes: a timer asks now and then where it is, so that nothing is slower while nobody asks."""

from __future__ import annotations

import signal
from enum import StrEnum
from functools import cache
from time import perf_counter, process_time, thread_time
from types import FrameType
from typing import Self

from policyctl.errors import PolicyctlError

#: Seconds of the processor from one question to the next; what a system cannot tell apart, it makes longer.
EVERY = 0.002


class Stage(StrEnum):
    """What a replay does."""

    READING = "reading"
    DECODING = "decoding"
    DECIDING = "deciding"
    LIMITS = "limits"
    COUNTING = "counting"
    WRITING = "writing decisions"
    OTHER = "other"


#: Each module, or all below it, does one thing; the longest name that fits counts. What is not named works for its caller.
STAGES: dict[str, Stage] = {
    "policyctl.workspace": Stage.READING,
    "policyctl.traces": Stage.DECODING,
    "policyctl.traces.duplicates": Stage.COUNTING,
    "policyctl.source": Stage.DECODING,
    "policyctl.pattern": Stage.DECIDING,
    "policyctl.engine": Stage.DECIDING,
    "policyctl.engine.accounts": Stage.LIMITS,
    "policyctl.engine.aligned": Stage.LIMITS,
    "policyctl.engine.aligned_account": Stage.LIMITS,
    "policyctl.engine.amount": Stage.LIMITS,
    "policyctl.engine.approvals": Stage.LIMITS,
    "policyctl.engine.book": Stage.LIMITS,
    "policyctl.engine.calm": Stage.LIMITS,
    "policyctl.engine.column": Stage.LIMITS,
    "policyctl.engine.counter": Stage.LIMITS,
    "policyctl.engine.ledger": Stage.LIMITS,
    "policyctl.engine.meter": Stage.LIMITS,
    "policyctl.engine.sliding": Stage.LIMITS,
    "policyctl.engine.windows": Stage.LIMITS,
    "policyctl.replay": Stage.COUNTING,
    "policyctl.replay.judges": Stage.DECIDING,
    "policyctl.replay.weigh": Stage.LIMITS,
    "policyctl.simulate": Stage.COUNTING,
    "policyctl.report": Stage.WRITING,
}
#: How the code that was generated for a policy calls itself.
_GENERATED = ("<record", "<objects")


class Sampler:
    """Asks while its block runs; `seconds` are the processor's, of the thread that replays."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(Stage, 0.0)
        self.samples = 0
        #: What the process had used up when it started to replay, and what it used up until it was through.
        self.before = 0.0
        self.processor = 0.0
        self.clock = 0.0
        self._last = 0.0

    def __enter__(self) -> Self:
        if not hasattr(signal, "setitimer"):
            raise PolicyctlError("this system has no timer that a profile could use", hint="leave `--profile` out")
        self.before, self.clock = process_time(), perf_counter()
        self._old = signal.signal(signal.SIGPROF, self._look)
        self._last = thread_time()
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, self._old)
        self.processor, self.clock = process_time() - self.before, perf_counter() - self.clock

    def _look(self, _: int, frame: FrameType | None) -> None:
        # Not a share for each look: one that comes late, behind a long call into C, stands for all of its time.
        self.seconds[stage_at(frame)] += thread_time() - self._last
        self.samples += 1
        self._last = thread_time()


def stage_at(frame: FrameType | None) -> Stage:
    """What is done there: the innermost function that does one thing says it."""
    while frame is not None:
        if frame.f_code.co_filename.startswith(_GENERATED):
            return Stage.DECIDING
        stage = stage_of(frame.f_globals.get("__name__", ""))
        if stage is not None:
            return stage
        frame = frame.f_back
    return Stage.OTHER


@cache
def stage_of(module: str) -> Stage | None:
    """What a module does; None if it works for its caller."""
    while module:
        if module in STAGES:
            return STAGES[module]
        module = module.rpartition(".")[0]
    return None
