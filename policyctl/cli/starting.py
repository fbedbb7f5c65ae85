"""From a directory, and perhaps a catalog, to the first files of a project."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from policyctl.cli.started_policy import NewPolicy, new_policy
from policyctl.errors import PolicyctlError
from policyctl.report.escape import escape_terminal
from policyctl.report.init import configuration as configuration_text
from policyctl.report.init import pipeline
from policyctl.report.init.next import commands
from policyctl.report.init.result import InitFile, InitResult, Status
from policyctl.workspace.config import load
from policyctl.workspace.configuration import Configuration
from policyctl.workspace.create import make_folder, refuse_no_folder
from policyctl.workspace.discover import POLICY_NAMES, configuration_in, is_inside
from policyctl.workspace.git import repository_root
from policyctl.workspace.naming import shown_name
from policyctl.workspace.open import read_bytes
from policyctl.workspace.write import write_new


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    folder: str
    catalog: str | None
    profile: str | None
    yaml: bool
    github: bool
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files go, without symbolic links: `root` is that of the repository, else the directory itself."""

    folder: Path
    root: Path
    is_repository: bool

    @classmethod
    def of(cls, name: str) -> Place:
        """PolicyctlError if there is something else of this name."""
        folder = Path(os.path.realpath(name))
        refuse_no_folder(name)
        root = repository_root(folder)
        return cls(folder, root or folder, is_repository=root is not None)

    def has(self, path: Path) -> bool:
        """Whether a path stays within, also where directories on its way are links."""
        return is_inside(path, self.root)


def started(wish: Wish) -> tuple[InitResult, tuple[str, ...]]:
    """Each file written, unless it is there or the run is dry; and notes on what the user should know beside it."""
    place = Place.of(wish.folder)
    present = configuration_in(place.folder, place.root)
    configured = Configuration() if present is None else load(present)
    policy = _policy_path(place, configured, yaml=wish.yaml)
    catalog = wish.catalog or (str(configured.catalog) if configured.catalog else None)
    new = new_policy(catalog, wish.profile or configured.profile, yaml=policy.suffix != ".json")
    kept_catalog = _lasting(place, catalog)
    path = present or place.folder / "policyctl.toml"
    text = configuration_text.render(
        policy=_from(place.folder, policy),
        catalog=None if kept_catalog is None else _from(place.folder, kept_catalog),
        profile=wish.profile,
    )
    hooks = pipeline.hooks(
        policy=_from(place.root, policy),
        configuration=None if place.folder == place.root else _from(place.root, path),
    )
    writer = _Writer(place, is_dry=wish.dry_run)
    configuration_file = writer.write(path, text, "names the policy" + (" and the catalog" if kept_catalog else ""))
    policy_file = _policy(writer, policy, new, configured)
    hooks_file, to_add = _hooks(writer, hooks)
    workflow_file = _workflow(writer, policy, kept_catalog, github=wish.github)
    files = (configuration_file, policy_file, hooks_file, workflow_file)
    steps = commands(
        policy=shown_name(str(policy)),
        is_new=policy_file.status is Status.CREATED,
        catalog=None if catalog is None else shown_name(catalog),
        tool=new.tool,
        configuration=None if place.folder == Path(os.path.realpath(".")) else shown_name(str(path)),
    )
    notes = tuple(_notes(catalog, kept_catalog, configuration_file, place, configured))
    has_failed = any(file.status is Status.FAILED for file in files)
    return InitResult(files, to_add, () if has_failed else steps, wish.dry_run), notes


def _policy_path(place: Place, configured: Configuration, *, yaml: bool) -> Path:
    """The configured policy, else one that lies there under a usual name, else where the new one goes."""
    if configured.policy is not None:
        return Path(os.path.abspath(configured.policy))
    usual = (place.folder / name for name in POLICY_NAMES)
    there = next((path for path in usual if os.path.lexists(path)), None)
    return there or place.folder / ("policy.yaml" if yaml else "policy.json")


def _policy(writer: _Writer, path: Path, new: NewPolicy, configured: Configuration) -> InitFile:
    if configured.policy is None and any(server.policy for server in configured.servers.values()):
        return InitFile(shown_name(str(path)), Status.SKIPPED, "the configuration names policies of servers")
    return writer.write(path, new.text, new.says)


def _hooks(writer: _Writer, entry: str) -> tuple[InitFile, str | None]:
    """The file, and the entry where the user has to add it: there are other hooks, and not ours."""
    path = writer.place.root / ".pre-commit-config.yaml"
    file = writer.write(path, pipeline.pre_commit(entry), "checks before each commit")
    if file.status is not Status.KEPT or not path.is_file():
        return file, None
    try:
        if b"policyctl" in read_bytes(str(path)):
            return file, None
    except PolicyctlError:
        pass
    return replace(file, remark="was there, and is unchanged; what to add stands below"), entry


def _workflow(writer: _Writer, policy: Path, catalog: Path | None, *, github: bool) -> InitFile:
    place = writer.place
    path = place.root / ".github" / "workflows" / "policyctl.yml"
    if not (place.is_repository or github):
        return InitFile(shown_name(str(path)), Status.SKIPPED, "no git repository; `--github` writes it")
    text = pipeline.workflow(
        policy=_from(place.root, policy), catalog=None if catalog is None else _from(place.root, catalog)
    )
    if text is None:
        return InitFile(shown_name(str(path)), Status.SKIPPED, "a workflow would not take the name of a file literally")
    return writer.write(path, text, "checks each pull request")


def _lasting(place: Place, catalog: str | None) -> Path | None:
    """The catalog as a file that others have too, who have the repository."""
    if catalog is None or catalog == "-":
        return None
    path = Path(os.path.realpath(catalog))
    return path if place.has(path) else None


def _from(start: Path, path: Path) -> str:
    relative = os.path.relpath(path, start).replace(os.sep, "/")
    try:
        relative.encode()
    except UnicodeEncodeError as error:
        hint = "give it a name that is UTF-8"
        raise PolicyctlError(f"the name `{escape_terminal(relative)}` cannot be written down", hint=hint) from error
    return relative


def _notes(
    catalog: str | None, lasting: Path | None, file: InitFile, place: Place, configured: Configuration
) -> Iterator[str]:
    if catalog is not None and lasting is None:
        shown = "standard input" if catalog == "-" else f"`{escape_terminal(shown_name(catalog))}`"
        yield f"the catalog is read from {shown}, which others do not have: the configuration does not name it"
    elif lasting is not None and file.status is Status.KEPT and configured.catalog is None:
        line = configuration_text.setting("catalog", _from(place.folder, lasting))
        yield f"`{escape_terminal(file.name)}` is kept and names no catalog; to have it used, add `{line}`"


@dataclass(frozen=True, slots=True)
class _Writer:
    place: Place
    is_dry: bool

    def write(self, path: Path, text: str, remark: str) -> InitFile:
        """One file, whole, if nothing is there; trouble with one does not stop the others."""
        name = shown_name(str(path))
        if os.path.lexists(path):
            return InitFile(name, Status.KEPT, "a directory" if path.is_dir() else "was there, and is unchanged")
        if not self.place.has(path.parent):
            return InitFile(name, Status.SKIPPED, "a link leads out of the project")
        if self.is_dry:
            return InitFile(name, Status.CREATED, remark, text)
        try:
            make_folder(path.parent)
            is_written = write_new(path, text.encode())
        except PolicyctlError as trouble:
            # The line names the file; a report holds no path from the root of the disk.
            return InitFile(name, Status.FAILED, trouble.message.rpartition("`: ")[2])
        return InitFile(name, *((Status.CREATED, remark) if is_written else (Status.KEPT, "is there by now")))
