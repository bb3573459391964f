"""Files of whatever file system Spark knows: this machine's, HDFS, S3."""

from contextlib import closing
from typing import Any


class Files:
    """What Hadoop does with files.

    Parameters
    ----------
    session : pyspark.sql.SparkSession
        Whose Java does it, with its settings.
    """

    def __init__(self, session: Any) -> None:  # noqa: ANN401 - of PySpark
        self._java, self._settings = session._jvm, session._jsc.hadoopConfiguration()

    def exists(self, path: str) -> bool:
        """Tell whether there is a file or a folder."""
        files, at = self._at(path)
        return bool(files.exists(at))

    def matches(self, pattern: str) -> bool:
        """Tell whether there is a file or a folder for a pattern, or a path."""
        files, at = self._at(pattern)
        return bool(files.globStatus(at))

    def status(self, uri: str) -> tuple[str, int, int]:
        """Return path, bytes and time of change of a file that a URI names."""
        files, at = self._at(self._java.java.net.URI(uri))
        found = files.getFileStatus(at)
        return at.toString(), found.getLen(), found.getModificationTime()

    def size(self, folder: str) -> tuple[int, int]:
        """Return how many files there are in a folder, and of how many bytes."""
        files, at = self._at(folder)
        found = files.getContentSummary(at)
        return found.getFileCount(), found.getLength()

    def read(self, path: str) -> bytes:
        """Return what a small file holds."""
        files, at = self._at(path)
        with closing(files.open(at)) as stream:
            return bytes(self._java.org.apache.commons.io.IOUtils.toByteArray(stream))

    def write(self, path: str, data: bytes) -> None:
        """Write a small file, whatever was there."""
        files, at = self._at(path)
        with closing(files.create(at, True)) as stream:
            stream.write(bytearray(data))

    def make_folder(self, path: str) -> bool:
        """Make a folder, and those that it is in; tell whether it is there then."""
        files, at = self._at(path)
        return bool(files.mkdirs(at))

    def remove(self, path: str) -> None:
        """Remove a folder and all that is in it."""
        files, at = self._at(path)
        files.delete(at, True)

    def _at(self, path: Any) -> tuple[Any, Any]:  # noqa: ANN401 - a text or of Java
        at = self._java.org.apache.hadoop.fs.Path(path)
        return at.getFileSystem(self._settings), at
