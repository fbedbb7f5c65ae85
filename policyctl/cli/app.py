"""The Typer application, with no more in it than the command line asks for."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from importlib import import_module
from typing import Annotated

import typer

from policyctl.cli.coercion import PlainCommand, PlainGroup
from policyctl.cli.commands import BY_NAME, COMMANDS, GROUPS, Command
from policyctl.errors import PolicyctlError

PROGRAM = "policyctl"
DAILY = ("policyctl validate policy.json", "policyctl simulate calls.jsonl --policy policy.json")
VARIABLES = "Every flag can be set by a variable, --format of validate by POLICYCTL_VALIDATE_FORMAT."
CODES = (
    "Exit codes: 0 clean, 1 a policy has errors or a gate fails, 2 the job cannot be done, 3 nothing was checked, "
    "4 the evidence is too thin, 70 a defect of policyctl, 130 interrupted."
)
SUMMARY = "Policy as code for the tool calls of AI agents: check, replay and explain what a policy allows."


def invoke(arguments: tuple[str, ...]) -> int:
    """Run a command line and return its exit code; a mistake in its use is a PolicyctlError."""
    if f"_{PROGRAM.upper()}_COMPLETE" in os.environ:
        return _complete()
    if not arguments or (len(arguments) == 1 and arguments[0] in GROUPS):
        with redirect_stdout(sys.stderr):
            invoke((*arguments, "--help"))
        return 2
    named = _named(arguments)
    group = _group_of(named, completion=named is None)
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
    try:
        with group.make_context(PROGRAM, list(arguments)) as context:
            return int(group.invoke(context) or 0)
    except typer.Exit as leaving:
        return leaving.exit_code
    except SystemExit as leaving:
        return int(leaving.code or 0)
    except typer.TyperException as mistake:
        raise _usage(mistake) from mistake


def _group_of(named: Command | None, *, completion: bool) -> typer.core.TyperGroup:
    """What a line needs that names this command, or none: then it is about the whole, where a list is enough."""
    if named is None:
        return build((), listed=COMMANDS, completion=completion)
    return build((named,), completion=completion)


def _named(words: Sequence[str]) -> Command | None:
    """The command that this line starts with; None for an option of policyctl itself, or of a group."""
    path = words[:1]
    if path and path[0] in GROUPS:
        path = words[:2]
    if not path or path[-1].startswith("-") or path[-1] in GROUPS:
        return None
    name = " ".join(path)
    if name in BY_NAME:
        return BY_NAME[name]
    from difflib import get_close_matches

    close = get_close_matches(name, (*BY_NAME, *GROUPS), n=1)
    help_ = " ".join((PROGRAM, *path[:-1], "--help"))
    hint = f"did you mean `{close[0]}`?" if close else f"`{help_}` lists the commands"
    raise PolicyctlError(f"no such command `{name}`", hint=hint)


def build(
    commands: Iterable[Command], *, listed: Sequence[Command] = (), completion: bool = False
) -> typer.core.TyperGroup:
    """The group of these commands; importing theirs is all that it imports of policyctl.

    Those that are only `listed` can be seen and not run. With `completion` it can talk to a shell, which takes time to import.
    """
    app = typer.Typer(
        name=PROGRAM,
        cls=PlainGroup,
        add_completion=completion,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=f"{VARIABLES}\n\n{CODES}\n\n{_examples(DAILY)}",
    )
    app.callback(help=SUMMARY)(_root)
    groups: dict[str, typer.Typer] = {}
    for command in (*commands, *listed):
        parent = app
        for word in command.words[:-1]:
            parent = groups.get(word) or groups.setdefault(word, _group(app, word))
        if command in listed:
            parent.command(command.words[-1], short_help=command.help)(_listed)
        else:
            _register(parent, command)
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    for name, leaf in _leaves(group):
        _name_variables(name, leaf)
        _name_arguments(leaf)
    return group


def _group(app: typer.Typer, word: str) -> typer.Typer:
    group = typer.Typer(cls=PlainGroup, rich_markup_mode=None)
    app.add_typer(group, name=word, short_help=GROUPS[word], help=GROUPS[word])
    return group


def _leaves(group: typer.core.TyperGroup, *words: str) -> Iterator[tuple[str, typer.core.TyperCommand]]:
    """The commands themselves, each with all its words."""
    for word, command in group.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            yield from _leaves(command, *words, word)
        elif isinstance(command, typer.core.TyperCommand):
            yield " ".join((*words, word)), command


def _listed() -> None:
    """Stands for a command in a list, so that the list need not import it."""


def _root(version: Annotated[bool, typer.Option("--version", help="Show the versions and exit.")] = False) -> None:
    """Here for the help alone: `cli.main` answers `--version` before Typer is imported."""


def _register(app: typer.Typer, command: Command) -> None:
    function = getattr(import_module(command.module), command.function)
    register = app.command(
        command.words[-1], cls=PlainCommand, short_help=command.help, epilog=_examples(command.examples)
    )
    register(function)


def _examples(lines: tuple[str, ...]) -> str:
    # "\b" keeps the lines of a paragraph as they are.
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))


def _name_variables(name: str, command: typer.core.TyperCommand) -> None:
    """Let POLICYCTL_<COMMAND>_<FLAG> stand in for every flag; the flag's name counts, not the parameter's."""
    for parameter in command.params:
        if flag := _flag(parameter.opts):
            parameter.envvar = _variable(name, flag)
            # One line in the help of the whole says it for all of them.
            setattr(parameter, "show_envvar", False)  # noqa: B010 - only options have it, by a type not published


def _name_arguments(command: typer.core.TyperCommand) -> None:
    """Show an argument by its name alone: that FILE is a `list[str]` says nothing to who types it."""
    for parameter in command.params:
        if isinstance(parameter, typer.core.TyperArgument):
            setattr(parameter, "display_type_rich", _no_type)  # noqa: B010 - a method, hidden for this one object


def _no_type(**_: object) -> None:
    """Stands for the type of an argument."""


def _flag(spellings: list[str]) -> str | None:
    return next((spelling for spelling in spellings if spelling.startswith("--")), None)


def _variable(command: str, flag: str) -> str:
    return f"{PROGRAM}_{command}_{flag.removeprefix('--')}".replace("-", "_").replace(" ", "_").upper()


def variables() -> dict[str, tuple[str, str]]:
    """Every environment variable that is read, with the command and the flag that it stands in for."""
    commands = _leaves(build(COMMANDS))
    flags = ((name, _flag(parameter.opts)) for name, command in commands for parameter in command.params)
    return {_variable(name, flag): (name, flag) for name, flag in flags if flag is not None}


def _complete() -> int:
    """Answer a shell that asks what could stand here; only a command that the line already names is imported."""
    words = (os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or "").split()
    try:
        _group_of(BY_NAME.get(" ".join(words[1:3])) or BY_NAME.get(" ".join(words[1:2])), completion=True).main(
            prog_name=PROGRAM
        )
    except SystemExit as leaving:
        return int(leaving.code or 0)
    return 0


def _usage(mistake: typer.TyperException) -> PolicyctlError:
    context = getattr(mistake, "ctx", None)
    path = context.command_path if context is not None else PROGRAM
    unknown, close = getattr(mistake, "option_name", None), getattr(mistake, "possibilities", ())
    if unknown is not None and close:
        meant = " or ".join(f"`{option}`" for option in sorted(close))
        return PolicyctlError(f"no such option `{unknown}`", hint=f"did you mean {meant}?")
    # Typer hands on what its own parser of values says, prefix and all.
    message = mistake.format_message().rstrip(".").replace("Value error, ", "").replace("Input should", "it should")
    message = message.removesuffix(", unable to parse string as an integer")
    message = re.sub(r"'([^'`]+)'", r"`\1`", message[:1].lower() + message[1:])
    message = re.sub(r"^(no such option): (\S+)$", r"\1 `\2`", message)
    return PolicyctlError(message, hint=f"`{path} --help` says what can stand here")
