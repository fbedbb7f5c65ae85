"""Limits that count calls, for calls that come in order and say when they were and whose they are.

A replay with limits spends most of its time here. A function is generated for each shape of the limits behind an answer
(which of them count sessions, which grants, which share a length). It lets a call pass where the entries say that there is
room in the windows of either kind and that nothing else is to be noted; for all else it looks closely, and then does what
`careful` does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from policyctl.engine.aligned import AlignedAccounts
from policyctl.engine.windows import TIMES

if TYPE_CHECKING:
    from policyctl.engine.counter import Line

#: The session, server, grant and instant of a call, and whether it uses anything up, to the number of the limit that
#: denies it, counted from one; 0 if none does.
Calm: TypeAlias = Callable[[str, str | None, str, int, bool], int]
#: Whether each limit counts sessions, and which of the lengths it has.
_Shape: TypeAlias = tuple[tuple[bool, int], ...]


def calm_count(lines: Sequence[Line], accounts: AlignedAccounts, sliding_denials: Counter[str]) -> Calm:
    """How to count for these limits."""
    lengths = sorted({line.length for line in lines})
    windows = {line.length: accounts.windows[line.number] for line in lines}
    make = _maker(tuple((line.by_session, lengths.index(line.length)) for line in lines))
    return make(accounts, [windows[length] for length in lengths], lines, sliding_denials)


@cache
def _maker(shape: _Shape) -> Callable[..., Calm]:
    source = "\n".join(_source(shape))
    namespace: dict[str, Any] = {"bisect_right": bisect_right}
    exec(compile(source, "<limits>", "exec"), namespace)  # noqa: S102 - written below, from nothing but the shape
    make: Callable[..., Calm] = namespace["make"]
    return make


def _source(shape: _Shape) -> Iterator[str]:
    yield "def make(accounts, windows, lines, sliding_denials):"
    yield "    latest = accounts.latest"
    for length in sorted({length for _, length in shape}):
        yield f"    h{length} = windows[{length}]"
        yield f"    l{length} = h{length}.length"
    for n in range(len(shape)):
        yield f"    n{n}, m{n}, b{n} = lines[{n}].number, lines[{n}].most, lines[{n}].book"
        yield f"    p{n} = lines[{n}].limit.pointer"
    yield "    def close(session, server, grant, at, consumes):"
    yield from _indented(_look_closely(shape), _note(shape), _move(shape), ("return denial",))
    yield "    def calm(session, server, grant, at, consumes):"
    yield from _indented(_look(shape), _let_pass(shape), _move(shape), ("return 0",))
    yield "    return calm"


def _indented(*parts: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    for part in parts:
        for line in part:
            yield f"        {line}"


def _key(number: int, *, by_session: bool) -> str:
    return f"(n{number}, session)" if by_session else f"(n{number}, server, grant)"


def _look(shape: _Shape) -> Iterator[str]:
    """Whether every limit has room and nothing is to be noted."""
    for length in sorted({length for _, length in shape}):
        yield f"if at >= h{length}.end: h{length}.turn(at // l{length})"
    for n, (by_session, length) in enumerate(shape):
        yield f"k{n} = {_key(n, by_session=by_session)}"
        yield f"e{n} = h{length}.now.get(k{n})"
        yield f"if e{n} is None or e{n}.__class__ is int:"
        yield f"    u = 0 if e{n} is None else 1"
        yield f"    r{n} = b{n}.fullest"
        yield f"    p = h{length}.before.get(k{n})"
        yield "    if p is not None:"
        # Without a look at when that was, at first.
        yield f"        q = m{n} - (1 if p.__class__ is int else len(p) - {TIMES})"
        yield f"        if u >= q: q = m{n} - {_later('p', length)}"
        yield f"        if q < r{n}: r{n} = q"
        yield f"    if u >= r{n}: return close(session, server, grant, at, consumes)"
        yield f"elif len(e{n}) >= e{n}[2]:"
        # There may be more room by now.
        yield f"    p = h{length}.before.get(k{n})"
        yield f"    u = m{n} if p is None else m{n} - {_later('p', length)}"
        yield f"    u = {TIMES} + min(u, b{n}.fullest - e{n}[0], b{n}.demand - e{n}[1] - e{n}[0])"
        yield f"    if len(e{n}) >= u: return close(session, server, grant, at, consumes)"
        yield f"    e{n}[2] = u"


def _later(name: str, length: int) -> str:
    """How many uses in the window before are still in a sliding one."""
    after = f"at - l{length}"
    return f"(({name} > {after}) if {name}.__class__ is int else len({name}) - bisect_right({name}, {after}, {TIMES}))"


def _let_pass(shape: _Shape) -> Iterator[str]:
    yield "if consumes:"
    for n, (_, length) in enumerate(shape):
        yield f"    if e{n} is None: h{length}.now[k{n}] = at"
        yield f"    elif e{n}.__class__ is int: h{length}.now[k{n}] = [0, 0, {TIMES} + r{n}, e{n}, at]"
        yield f"    else: e{n}.append(at)"
    yield "else:"
    for n, (_, length) in enumerate(shape):
        yield f"    if e{n} is None: h{length}.now[k{n}] = [0, 0, {TIMES} + r{n}]"


def _look_closely(shape: _Shape) -> Iterator[str]:
    """Opens every entry, and finds the first limit that denies, of either kind of windows."""
    yield "full, denial = None, 0"
    for n, (by_session, length) in enumerate(shape):
        yield f"k = {_key(n, by_session=by_session)}"
        yield f"e{n} = h{length}.now.get(k)"
        yield f"if e{n}.__class__ is not list:"
        yield f"    e{n} = h{length}.now[k] = [0, 0, 0] if e{n} is None else [0, 0, 0, e{n}]"
        yield f"p = h{length}.before.get(k)"
        yield f"r{n} = m{n} if p is None else m{n} - {_later('p', length)}"
        yield f"u = len(e{n}) - {TIMES}"
        yield f"if u >= r{n} and full is None: full = p{n}"
        yield f"if u + e{n}[0] >= m{n} and not denial: denial = {n + 1}"
    yield "if full is not None: sliding_denials[full] += 1"


def _note(shape: _Shape) -> Iterator[str]:
    """Writes down what a call uses or was refused, and how long each list may get now."""
    every = range(len(shape))
    yield "if consumes:"
    yield "    if full is None:"
    yield from (f"        e{n}.append(at)" for n in every)
    yield "        if denial:"
    yield from (f"            e{n}[0] -= 1" for n in every)
    yield from (f"            e{n}[1] += 1" for n in every)
    yield "    elif denial:"
    yield from (f"        e{n}[1] += 1" for n in every)
    yield "    else:"
    yield from (f"        e{n}[0] += 1" for n in every)
    yield "takes = consumes and not denial"
    for n, (by_session, _) in enumerate(shape):
        yield f"u = e{n}[0] + len(e{n}) - {TIMES}"
        subject = "session" if by_session else "(server, grant)"
        yield f"if takes and u > b{n}.fullest: b{n}.fill({subject}, at, u, e{n}[1])"
        yield f"u += e{n}[1] if consumes else e{n}[1] + 1"
        yield f"if u > b{n}.demand: b{n}.demand = u"
        # The fullest window is no fuller than the maximum, and no demand is less.
        yield f"e{n}[2] = {TIMES} + min(r{n}, b{n}.fullest - e{n}[0], b{n}.demand - e{n}[1] - e{n}[0])"


def _move(shape: _Shape) -> Iterator[str]:
    if any(by_session for by_session, _ in shape):
        yield "latest[session] = at"
    if not all(by_session for by_session, _ in shape):
        yield "latest[server, grant] = at"
    yield "accounts.newest = at"
