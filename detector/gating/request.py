"""What the gate is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from detector.model.finding import Level


@dataclass(frozen=True)
class Request:
    """What the gate is asked.

    Attributes
    ----------
    paths : sequence of str
        Files, folders and patterns whose documents are looked at. They are compared
        with the whole repository. Empty: all of it.
    since : str or None
        Revision that the documents have to differ from to be looked at; None: all are.
    baseline : str or None
        File with what has been accepted; by default as the settings say.
    update : bool
        Whether what is found is accepted.
    corpus : sequence of str
        What documents are compared with besides, in place of what the settings say.
    config : str or None
        File with the settings; by default the nearest.
    key : str or None
        File with the secret of an index without texts.
    cache : Path or None
        Folder for the index of the repository; by default in that of git.
    stops : Level or None
        From which level on what is new stops a request; None: nothing does.
    """

    paths: Sequence[str] = ()
    since: str | None = None
    baseline: str | None = None
    update: bool = False
    corpus: Sequence[str] = ()
    config: str | None = None
    key: str | None = None
    cache: Path | None = None
    stops: Level | None = Level.ERROR
