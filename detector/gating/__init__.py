"""The gate: what a request brings to a repository of documents, and what was there.

settings of the base ──> documents that changed ──> each read, checked against the
whole repository, and so is its state in the base ──> what is new
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from detector.config import Config
from detector.errors import (
    DamagedIndexError,
    DetectorError,
    NoGitError,
    NoRepositoryError,
    NothingToReadError,
    NothingTrackedError,
    OptionError,
)
from detector.executors.processes import Processes
from detector.executors.progress import quiet
from detector.formats import SUFFIXES_READ
from detector.gate.baseline import Entry
from detector.gate.disguise import suffix_of
from detector.gate.git import Repository
from detector.gating.answers import answered, read_each
from detector.gating.cache import Cache, opened_cache
from detector.gating.judging import judge, judge_errors, known_of
from detector.gating.looking import (
    Against,
    Asked,
    Bytes,
    Looked,
    Looker,
    Pair,
    Then,
    Work,
    reading,
)
from detector.gating.policy import Ground, settings, with_options
from detector.gating.remembered import Remembered
from detector.gating.request import Request
from detector.gating.scope import Scope, scope_of
from detector.model.document import Document
from detector.model.report import Batch, CorpusFacts
from detector.model.span import Span
from detector.model.verdict import Compared, Notice, Verdict
from detector.sources import State, state_of
from detector.store.index import Index
from detector.text.provenance import has_another_kind, is_one_spelt

__all__ = ["Request", "gate"]


def gate(request: Request, progress: Callable[[int, int], None] = quiet) -> Verdict:
    """Look at the documents of a repository, or at those that a request changes.

    Parameters
    ----------
    progress : callable
        Told how many documents have been looked at, of how many.

    Raises
    ------
    DetectorError
        If the job cannot be done: nothing to read, git fails, settings or baseline
        cannot be used. What is wrong with single documents is in the verdict.
    """
    with tempfile.TemporaryDirectory(prefix="detector-") as made:
        ground = _ground(request, Path(made))
        config = settings(ground, request.config)
        config = with_options(config, ground, request)
        scope = scope_of(ground, config, request.paths)
        if not scope.selected and not scope.errors:
            if there := scope.untracked:
                raise NothingTrackedError(count=len(there), first=there[0])
            name = ", ".join(request.paths) or str(scope.top)
            raise NothingToReadError(path=name, known=SUFFIXES_READ)
        remembered = Remembered(request, scope, config.gate.baseline)
        known = remembered.entries  # before any work
        found = _found(scope, config, request.cache, progress)
        return _verdict(scope, config, remembered, known, found)


class Kept(NamedTuple):
    """Indexes that are kept: of what there is, and of what only the base has."""

    present: Cache
    past: Cache


_MEMORY = 2
"""Times what a file may take to be read, which to check it may take."""


class _Found(NamedTuple):
    """What came of looking at the documents.

    Attributes
    ----------
    rest : list of DetectorError
        What of the others cannot be read.
    """

    looked: list[Looked]
    rest: list[DetectorError]
    corpus: CorpusFacts | None


def _found(
    scope: Scope,
    config: Config,
    cache: Path | None,
    progress: Callable[[int, int], None],
) -> _Found:
    if not scope.looked_at:
        return _Found([], [], None)
    kept = cache
    if cache and scope.tracks(cache):  # a request might have put an index there
        allowed = "a folder that git does not track"
        raise OptionError(name="--cache", value=cache, allowed=allowed)
    if kept is None and scope.repository:
        kept = scope.repository.folder / "detector"

    def found() -> _Found:
        with (
            opened_cache(kept, "index") as present,
            opened_cache(kept, "past") as past,
            Processes(
                partial(reading, config.limits),
                config.gate.seconds,
                memory=_MEMORY * config.limits.max_read_memory,
            ) as work,
        ):
            looked, rest = _look(scope, config, Kept(present, past), work, progress)
            return _Found(looked, rest, _facts(present.folder))

    noted = list(scope.errors), list(scope.known_errors)
    try:
        return found()
    except DamagedIndexError as error:
        damaged = Path(str(error.facts["path"]))
        if damaged.parent != kept:
            raise
    scope.errors[:], scope.known_errors[:] = noted
    shutil.rmtree(damaged, ignore_errors=True)  # it is a cache
    return found()


def _verdict(
    scope: Scope,
    config: Config,
    remembered: Remembered,
    known: list[Entry],
    found: _Found,
) -> Verdict:
    """Return what is new of what was found; write what is accepted."""
    ground, request = scope.ground, remembered.request
    paths = {one.report.draft.origin.path for one in found.looked}
    paths |= {str(error.facts.get("path")) for error in scope.errors}
    known = [entry for entry in known if entry.path not in scope.added]
    about = [e for e in known if e.path in paths or e.path not in scope.paths]
    followed = ground.base is None or config.gate.comments
    judged = judge(found.looked, about, config.gate, comments=followed)
    errors = judge_errors(scope.errors, about, scope.content)
    accepted = None
    if request.update:
        others = set(known) - set(about)
        remembered.write([*others, *judged.entries, *errors.entries])
        accepted = tuple(map(known_of, (*judged.fresh, *errors.fresh)))
    new = () if request.update else errors.new
    return Verdict(
        batch=Batch(judged.reports, new, found.corpus, config.digest),
        documents=len(scope.files),
        changed=scope.changed,
        excluded=len(scope.excluded),
        compared=_compared(ground),
        baseline=remembered.shown,
        known_errors=(*errors.known, *scope.known_errors, *found.rest),
        fixed=tuple(map(known_of, (*judged.gone, *errors.gone))),
        accepted=accepted,
        notices=(*ground.notices, *_notices(scope), *judged.notices),
        stops=request.stops,
    )


def _ground(request: Request, mirror: Path) -> Ground:
    """Return where files are taken from; without a repository, the working tree."""
    first = Path(request.paths[0]) if request.paths else Path()
    here = Path.cwd()
    near = (folder for folder in (here / first, *(here / first).parents))
    folder = next((one for one in near if one.is_dir()), here)
    try:
        repository = _repository(folder, here if request.since is not None else folder)
    except (NoRepositoryError, NoGitError) as error:
        if request.since is not None:
            raise
        alone = isinstance(error, NoGitError)
        told = [Notice("G-no-git", {})] if alone else []
        return Ground(None, None, mirror, told)
    base = repository.base(request.since) if request.since is not None else None
    return Ground(repository, base, mirror)


def _repository(folder: Path, first: Path) -> Repository:
    """Return the repository of the folder asked first, else of the other one."""
    try:
        return Repository.at(first)
    except NoRepositoryError:
        if first == folder:
            raise
        return Repository.at(folder)


def _look(
    scope: Scope,
    config: Config,
    kept: Kept,
    work: Work,
    progress: Callable[[int, int], None],
) -> tuple[list[Looked], list[DetectorError]]:
    """Return what is found in each document, and what of the rest cannot be read."""
    now = _read(scope, work)
    looked_at = {c.after.path for c in scope.looked_at if c.after}
    wanted = {
        path: scope.digest(path, file.blob)
        for path, file in scope.files.items()
        if path in now or path not in looked_at
    }
    rest = kept.present.bring_up_to_date(wanted, now, scope.load_tracked, work)
    then = _then(scope, now, work)
    against = Against(kept.present.folder, ".", scope.corpus())
    if scope.ground.base:
        renamed = _renamed(Index.open(kept.present.folder), now, then)
        changed = {one.origin.path: one for one in _changed(scope, now, then, renamed)}
        rest += _bring_removed(scope, kept.past, changed, work)
        removed = kept.past.folder if len(Index.open(kept.past.folder)) else None
        against = against._replace(
            removed=removed, brought=_brought(now, then), renamed=renamed
        )
    checking = work.build(partial(Looker, config, against))
    asked = [Asked(document, then.get(path)) for path, document in now.items()]
    found = []
    answers = zip(asked, checking.map(asked), strict=True)
    for done, (one, answer) in enumerate(answers, 1):
        looked = answered(answer, one.now.origin.path)
        if isinstance(looked, Looked):
            found.append(looked)
        elif isinstance(looked, DetectorError):
            scope.errors.append(looked)
        progress(done, len(asked))
    errors = {str(error): error for one in found for error in one.corpus_errors}
    return found, [*rest, *errors.values()]


def _read(scope: Scope, work: Work) -> Mapping[str, Document]:
    """Return the documents that are looked at; errors are noted in `scope`."""
    found: dict[str, Document] = {}
    errors = []
    paths = [c.after.path for c in scope.looked_at if c.after]
    for one in read_each(paths, scope.load_anew, work):
        if isinstance(one, Document):
            found[one.origin.path] = one
        else:
            errors.append(one)
    scope.note(errors)
    return found


def _then(scope: Scope, now: Mapping[str, Document], work: Work) -> dict[str, Then]:
    """Return how documents stood in the base, those that it has."""
    changes = [c for c in scope.looked_at if c.after and c.after.path in now]
    pairs = [
        Pair(now[before.path], before)
        for before in scope.load_before(changes)
        if before
    ]
    answers = zip(pairs, work.map(pairs), strict=True)
    return {p.before.path: then for p, then in answers if isinstance(then, Then)}


def _brought(
    now: Mapping[str, Document], then: Mapping[str, Then]
) -> dict[State, tuple[Span, ...]]:
    """Return what the request brings of each document."""
    return {
        state_of(document): then[path].changed
        if path in then
        else (Span(0, len(document.text)),)
        for path, document in now.items()
    }


def _bring_removed(
    scope: Scope, past: Cache, changed: Mapping[str, Document], work: Work
) -> list[DetectorError]:
    """Make an index hold what the base has and the request has not.

    Documents that it takes away; what it changes of a corpus in the repository, as the
    base has it; what the base has got since; and what is gone of others (`changed`).
    """
    changes = {}
    for change in (*scope.deleted, *scope.corpus_changes(), *scope.ahead()):
        if file := change.after or change.before:
            changes[file.path] = change
    known = {}
    for path, one in changed.items():
        # What is gone of a document that the base has changed since is not that.
        name = f"{path} (HEAD)" if path in changes else path
        known[name] = replace(one, origin=replace(one.origin, path=name))
    wanted = {path: _mark(document) for path, document in known.items()}
    for path, change in changes.items():
        if change.before:
            was = f"{change.before.blob} {suffix_of(change.before.path)}"
            wanted[path] = scope.digest(path, was)

    def load(paths: list[str]) -> Iterator[Bytes]:
        return filter(None, scope.load_before([changes[path] for path in paths]))

    return past.bring_up_to_date(wanted, known, load, work)


def _mark(document: Document) -> bytes:
    origin = document.origin
    said = f"{origin.organisation} {origin.year} {document.id}"
    return sha256(said.encode("utf-8", "surrogatepass")).digest()


def _renamed(
    present: Index, now: Mapping[str, Document], then: Mapping[str, Then]
) -> Mapping[str, frozenset[str]]:
    """Return organisations whose kind changed, with the names they had before.

    A document says so that was the old one's and is the new one's; of the old name
    there is none left, and of the new one there was none.
    """
    owners = {
        path: (then[path].document.origin.organisation, document.origin.organisation)
        for path, document in now.items()
        if path in then
    }
    unchanged = Counter(present.organisations)
    unchanged.subtract(document.origin.organisation for document in now.values())
    before = {old for old, _ in owners.values()} | set(+unchanged)
    found: dict[str, frozenset[str]] = {}
    for old, new in owners.values():
        apart = old not in present.organisations and new not in before
        if apart and has_another_kind(old, new):
            found[new] = found.get(new, frozenset()) | {old}
    return found


def _changed(
    scope: Scope,
    now: Mapping[str, Document],
    then: Mapping[str, Then],
    renamed: Mapping[str, frozenset[str]],
) -> Iterator[Document]:
    """Yield what documents have lost, and those that are another organisation's now."""
    yield from (one.gone for one in then.values() if one.gone)
    for before, after in scope.renamed.items():
        if after in then:
            old = then[after].document
            was, is_now = old.origin.organisation, now[after].origin.organisation
            same = is_one_spelt(was, is_now) or was in renamed.get(is_now, ())
            if was and is_now and not same:
                yield replace(old, origin=replace(old.origin, path=before))


def _facts(folder: Path) -> CorpusFacts:
    index = Index.open(folder)
    organisations = len(index.organisations.keys() - {""})
    return CorpusFacts(".", len(index), organisations, index.manifest.digest)


def _compared(ground: Ground) -> Compared | None:
    base = ground.base
    return Compared(base.ref, base.start, base.direct) if base else None


def _notices(scope: Scope) -> Iterator[Notice]:
    base = scope.ground.base
    if base and base.direct:
        yield Notice("G-direct", {"ref": base.ref})
    for code, paths in (
        ("G-untracked", scope.untracked),
        ("G-unstaged", scope.unstaged),
        ("G-removed", [c.before.path for c in scope.deleted if c.before]),
    ):
        if paths:
            yield Notice(code, {"count": len(paths), "first": paths[0]})
    for before, after in scope.renamed.items():
        if after in scope.outside:
            yield Notice("G-out-of-paths", {"before": before, "path": after})
        elif after in scope.excluded:
            yield Notice("G-into-excluded", {"before": before, "path": after})
        elif scope.options.rules_of(before, "") != scope.options.rules_of(after, ""):
            yield Notice("G-into-others", {"before": before, "path": after})
