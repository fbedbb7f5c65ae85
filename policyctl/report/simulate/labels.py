"""How the policy fares on sessions of known outcome."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from policyctl.report.number import several
from policyctl.report.page.parts import Block, Cell, Code, Column, Row, Section, Sentence, Table, say
from policyctl.report.simulate.first import first_cell, first_column
from policyctl.report.simulate.words import share
from policyctl.report.style import Role
from policyctl.simulate.result import LabelScore


def labels_section(score: LabelScore, *, by_file: bool, base: LabelScore | None = None) -> Section:
    """What is stopped and what breaks, between the two policies that need no thought, and behind the base policy's score."""
    blocks: tuple[Block, ...] = (
        *_meaning(score),
        *_unmatched(score),
        *_table(score, base),
        *_waiting(score),
        *_examples(score, by_file=by_file),
        say(
            "replay is open-loop: after a denial the agent would have gone on differently, and the record cannot say how"
        ),
    )
    return Section("outcome labels", "sessions whose outcome is known", blocks)


def _table(score: LabelScore, base: LabelScore | None) -> Iterator[Table]:
    columns = (
        Column("sessions"),
        *([] if base is None else [Column("base policy", number=True)]),
        Column("this policy", number=True),
        Column("deny everything", number=True),
        Column("allow everything", number=True),
    )
    scores = (score,) if base is None else (base, score)
    rows = tuple(
        Row((Cell(title), *(_score(of(each), total, wanted=wanted) for each in scores), Cell(f"{total:,}"), Cell("0")))
        for title, of, total, wanted in (
            ("attacks stopped", attrgetter("stopped"), score.bad, True),
            ("attacks with any denial", attrgetter("touched"), score.bad, True),
            ("benign sessions broken", attrgetter("broken"), score.good, False),
        )
        if total
    )
    if rows:
        yield Table(columns, rows)


def _score(found: int, total: int, *, wanted: bool) -> Cell:
    role: Role = "good" if found == (total if wanted else 0) else "warning"
    return Cell(f"{found:,} of {total:,} ({share(found, total)})", role)


def _meaning(score: LabelScore) -> Iterator[Sentence]:
    if score.bad_selector:
        served = Code(score.attack_selector)
        yield say(
            "an attack is a session with ", Code(score.bad_selector), "; stopped if a call with ", served, " is denied"
        )
    if score.good_selector:
        yield say("benign is a session with ", Code(score.good_selector), "; broken if any of its calls is denied")
    if score.unlabelled:
        yield say(
            f"{several(score.unlabelled, 'session has no label and is', 'sessions have no label and are')} left out"
        )
    if score.both:
        yield say(
            f"{several(score.both, 'session has both labels and is', 'sessions have both labels and are')} left out"
        )


def _unmatched(score: LabelScore) -> Iterator[Sentence]:
    """A label that nothing has is more often a slip of the pen than a fact: no figure is made of it."""
    for what, sessions, selector in (
        ("an attack", score.bad, score.bad_selector),
        ("benign", score.good, score.good_selector),
    ):
        if selector and not sessions:
            yield say(
                f"no session is {what}: look in the trace for the place and the value of ",
                Code(selector),
                role="warning",
            )


def _waiting(score: LabelScore) -> Iterator[Sentence]:
    yield from _left("attack", "not stopped", score.bad - score.stopped, score.bad_held, score.bad_open)
    yield from _left("benign session", "not broken", score.good - score.broken, score.good_held, score.good_open)


def _left(thing: str, what: str, number: int, held: int, open: int) -> Iterator[Sentence]:
    fates = [
        several(held, "waits for an approval", "wait for an approval") if held else "",
        several(open, "hangs on an undetermined call", "hang on undetermined calls") if open else "",
    ]
    if any(fates):
        yield say(f"of {several(number, thing)} {what}, {' and '.join(filter(None, fates))}")


def _examples(score: LabelScore, *, by_file: bool) -> Iterator[Block]:
    if not score.examples:
        return
    columns = (
        Column("broken session", code=True),
        Column("first denied by", code=True),
        first_column(by_file=by_file),
    )
    rows = tuple(
        Row(
            (
                Cell(example.session),
                Cell(_rule(example.rule, example.tool)),
                first_cell(example.file, example.line, by_file=by_file),
            )
        )
        for example in score.examples
    )
    yield Table(columns, rows, more=score.broken - len(rows), more_where=", whose lines `--decisions FILE` writes")


def _rule(rule: str, tool: str) -> str:
    return rule if rule.startswith("/tools/") else f"{rule} {tool}"
