"""Every error the library raises on purpose.

    DetectorError
    ├── SpanError               D101  start, end
    ├── OffsetMapError          D102  length
    ├── EditError               D103  start, end, length
    ├── AlignmentError          D104  (none)
    ├── LedgerError             D105  total, counted
    ├── OptionError             D201  name, value, allowed
    ├── UnknownOptionError      D202  name, nearest
    ├── ConfigFileError         D203  path, reason
    ├── LibraryFileError        D204  path, reason
    ├── TooFewHoldersError      D205  path, found, least
    ├── ReportFileError         D206  path, reason
    ├── MissingExtraError     D207  name, extra
    ├── NotKeptError          D208  path
    ├── IndexFolderError        D400  path
    │   ├── NoIndexError        D401  path
    │   ├── DamagedIndexError   D402  path, reason
    │   ├── IndexVersionError   D403  path, found, known
    │   ├── IndexLockedError    D404  path
    │   ├── NotEmptyError       D405  path
    │   ├── NotInIndexError     D406  path, name
    │   ├── EmptyIndexError     D407  path
    │   ├── KeyNeededError      D408  path
    │   └── NoTextsError        D409  path
    ├── GitError                D500  reason
    │   ├── NoGitError          D501  (none)
    │   ├── NoRepositoryError   D502  path
    │   ├── OtherOwnerError     D503  path
    │   ├── UnknownRevisionError  D504  name
    │   └── AmbiguousRevisionError  D505  name, found
    ├── BaselineFileError       D506  path, reason
    ├── NoBaselineError         D507  path
    ├── NothingTrackedError     D508  count, first
    ├── ClusterError            D600  reason
    │   └── MissingJavaError    D601  least, found
    └── DocumentError           D300  path
        ├── UnreadableFileError D301  path, reason
        ├── MissingFileError    D302  path
        ├── EmptyFileError      D303  path
        ├── ScannedFileError    D304  path, pages
        ├── EncryptedFileError  D305  path
        ├── BinaryFileError     D306  path
        ├── UnknownFormatError  D307  path, suffix, known
        ├── DamagedFileError    D308  path, reason
        ├── LimitError          D309  path, limit, found, allowed
        ├── NothingToReadError  D310  path, known
        ├── OutputError         D311  path, reason
        ├── TooFewDocumentsError  D312  path, found
        ├── LinkError           D313  path, target
        ├── ModuleError         D314  path
        ├── PointerError        D315  path
        ├── DisguisedFileError  D316  path, suffix, looks
        ├── PathTwinError       D317  path, other
        ├── LateFileError       D318  path, seconds
        ├── CrashedFileError    D319  path, reason
        ├── ReferencesError     D320  path, count
        └── OutputIsInputError  D321  path

An error carries a code and facts, not a sentence; `detector.messages` words it.
"""

import os
import re
from errno import errorcode
from functools import partial
from tomllib import TOMLDecodeError
from typing import ClassVar

from detector.messages import Language, catalogue, say

_PLACE = re.compile(r"line (\d+), column (\d+)")


class Reason(str):
    """A fact of an error that is a sentence itself, in the language of its reader.

    It is its English wording wherever it is not asked for another one.
    """

    __slots__ = ("_code", "_facts")
    _code: str
    _facts: dict[str, object]

    def __new__(cls, code: str, /, **facts: object) -> "Reason":
        """Return the message `code` with its facts."""
        made = super().__new__(cls, say(code, "en", **facts))
        made._code, made._facts = code, facts
        return made

    def __reduce__(self) -> tuple[object, tuple[str, dict[str, object]]]:
        return _reason, (self._code, self._facts)

    def in_language(self, language: Language) -> str:
        """Word the reason for a reader of `language`."""
        return say(self._code, language, **self._facts)


def _reason(code: str, facts: dict[str, object]) -> Reason:
    return Reason(code, **facts)


def os_reason(error: BaseException | int) -> str:
    """Return why the operating system refused something: an error, or its number.

    What no message is for is said as the system says it, and what is no error of the
    system by its type.
    """
    number = error if isinstance(error, int) else getattr(error, "errno", None)
    code = f"OS-{errorcode.get(number or 0)}"
    if code in catalogue("en"):
        return Reason(code)
    if isinstance(error, int):
        return os.strerror(error)
    said = getattr(error, "strerror", None)
    if isinstance(error, OSError):
        said = said or str(error)
    return said or type(error).__name__


def reason_of(error: Exception) -> str:
    """Return why a file cannot be used: what was raised for it, or by the system."""
    if isinstance(error, UnicodeDecodeError):
        return Reason("W-utf8")
    if isinstance(error, OSError):
        return os_reason(error)
    said = error.args[0] if error.args else ""
    if isinstance(said, Reason):
        return said
    if isinstance(error, TOMLDecodeError):
        place = _PLACE.search(str(error))
        if not place:
            return Reason("W-no-toml")
        return Reason("W-toml", line=place[1], column=place[2])
    return str(error) or type(error).__name__


class DetectorError(Exception):
    """Catch this to catch everything the library raises on purpose."""

    code: ClassVar[str]

    def __init__(self, **facts: object) -> None:
        super().__init__()
        self.facts = facts

    def __str__(self) -> str:
        return self.in_language("en")

    def __reduce__(self) -> tuple[partial["DetectorError"], tuple[()]]:
        # Exceptions pickle by position; facts are named. Workers must send them home.
        return partial(type(self), **self.facts), ()

    def in_language(self, language: Language) -> str:
        """Word the error for a reader of `language`."""
        facts = {
            name: fact.in_language(language) if isinstance(fact, Reason) else fact
            for name, fact in self.facts.items()
        }
        return f"{self.code} {say(self.code, language, **facts)}"


class SpanError(DetectorError):
    """A span does not ascend from zero."""

    code = "D101"


class OffsetMapError(DetectorError):
    """A normalized text does not account for each of its characters, in order."""

    code = "D102"


class EditError(DetectorError):
    """A normalization rule proposed an edit that does not fit."""

    code = "D103"


class AlignmentError(DetectorError):
    """The runs of an alignment do not follow each other without a gap."""

    code = "D104"


class LedgerError(DetectorError):
    """The characters of a ledger do not add up to the counted characters."""

    code = "D105"


NUMBERS, WHOLE_NUMBERS = "0.5, 1, 2 …", "1, 2, 3 …"
"""What is allowed for an option, in every language."""


class OptionError(DetectorError):
    """An option is out of its range."""

    code = "D201"


class UnknownOptionError(DetectorError):
    """A configuration names an option that does not exist."""

    code = "D202"


class ConfigFileError(DetectorError):
    """A configuration file cannot be read or is not TOML."""

    code = "D203"


class LibraryFileError(DetectorError):
    """A library of templates cannot be read, or says what none does."""

    code = "D204"


class TooFewHoldersError(DetectorError):
    """A corpus is of fewer organisations than must use a template."""

    code = "D205"


class ReportFileError(DetectorError):
    """A file is no report of ours, or lacks what was asked for."""

    code = "D206"


class MissingExtraError(DetectorError):
    """A library is needed that an extra of this package installs."""

    code = "D207"


class NotKeptError(DetectorError):
    """A report does not keep what it was made of."""

    code = "D208"


class IndexFolderError(DetectorError):
    """An index cannot be used, for one of the reasons below."""

    code = "D400"


class NoIndexError(IndexFolderError):
    """A folder is no index."""

    code = "D401"


class DamagedIndexError(IndexFolderError):
    """A file of an index is not as it was written."""

    code = "D402"


class IndexVersionError(IndexFolderError):
    """An index was made by another version, or with other settings."""

    code = "D403"


class IndexLockedError(IndexFolderError):
    """Somebody else is changing an index."""

    code = "D404"


class NotEmptyError(IndexFolderError):
    """A new index would lie among other files."""

    code = "D405"


class NotInIndexError(IndexFolderError):
    """No document of an index has this id, or this path."""

    code = "D406"


class EmptyIndexError(IndexFolderError):
    """An index holds no document; nothing read is never a pass."""

    code = "D407"


class KeyNeededError(IndexFolderError):
    """An index is hidden by a secret that was not given, or by another one."""

    code = "D408"


class NoTextsError(IndexFolderError):
    """An index holds no texts, only hashes of them."""

    code = "D409"


class DocumentError(DetectorError):
    """A document cannot be had, for one of the reasons below."""

    code = "D300"


class UnreadableFileError(DocumentError):
    """The operating system does not let us read a file, or write one."""

    code = "D301"


class MissingFileError(DocumentError):
    """There is no such file or folder."""

    code = "D302"


class EmptyFileError(DocumentError):
    """A file holds no text at all."""

    code = "D303"


class ScannedFileError(DocumentError):
    """A PDF has pages but no text layer."""

    code = "D304"


class EncryptedFileError(DocumentError):
    """A file opens only with a password."""

    code = "D305"


class BinaryFileError(DocumentError):
    """A file that should be text is not."""

    code = "D306"


class UnknownFormatError(DocumentError):
    """There is no reader for a file of this kind."""

    code = "D307"


class DamagedFileError(DocumentError):
    """A file is not what its name or its header says."""

    code = "D308"


class LimitError(DocumentError):
    """A file is larger, deeper or more numerous inside than a limit allows."""

    code = "D309"


class NothingToReadError(DocumentError):
    """A folder or pattern yields no document; nothing read is never a pass."""

    code = "D310"


class OutputError(DocumentError):
    """A report cannot be written where it was asked for."""

    code = "D311"


class TooFewDocumentsError(DocumentError):
    """A self-test needs two documents that a passage can travel between."""

    code = "D312"


class LinkError(DocumentError):
    """A symbolic link stands where a document should: nobody vouches for its target."""

    code = "D313"


class ModuleError(DocumentError):
    """A repository inside the repository, whose documents are not looked at."""

    code = "D314"


class PointerError(DocumentError):
    """A file is a pointer of Git LFS; what it points to was not fetched."""

    code = "D315"


class DisguisedFileError(DocumentError):
    """A document has a name that no reader is asked for."""

    code = "D316"


class PathTwinError(DocumentError):
    """Two paths differ only in case or composition: elsewhere they are one file."""

    code = "D317"


class LateFileError(DocumentError):
    """A document took longer than it may."""

    code = "D318"


class CrashedFileError(DocumentError):
    """What read a document, or checked it, ended without an answer."""

    code = "D319"


class ReferencesError(DocumentError):
    """A text writes its characters as references, which a page shows as letters."""

    code = "D320"


class OutputIsInputError(DocumentError):
    """What is to be written is one of the documents that are read."""

    code = "D321"


class GitError(DetectorError):
    """Git could not do what the gate needs, for one of the reasons below perhaps."""

    code = "D500"


class NoGitError(GitError):
    """There is no git."""

    code = "D501"


class NoRepositoryError(GitError):
    """A folder is in no repository."""

    code = "D502"


class OtherOwnerError(GitError):
    """A repository belongs to somebody else, and git does not touch it."""

    code = "D503"


class UnknownRevisionError(GitError):
    """The clone has no revision of this name."""

    code = "D504"


class AmbiguousRevisionError(GitError):
    """Several references have this name, and lead elsewhere."""

    code = "D505"


class BaselineFileError(DetectorError):
    """A baseline cannot be read, or is none of ours."""

    code = "D506"


class NoBaselineError(DetectorError):
    """There is no baseline where one was named."""

    code = "D507"


class NothingTrackedError(DetectorError):
    """There are documents, and git has none of them."""

    code = "D508"


class ClusterError(DetectorError):
    """Spark could not start, or could not do a job."""

    code = "D600"


class MissingJavaError(ClusterError):
    """There is no Java that Spark could run on."""

    code = "D601"
