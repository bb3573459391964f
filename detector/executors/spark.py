"""Work on a cluster: tables of Apache Spark, and functions that map their rows.

The only module that knows of PySpark. A function takes batches of columns and yields
batches of columns (`mapInArrow`), in processes that may be on other machines: it and
all that it holds must pickle, and `detector` has to be installed there.
"""

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path
from threading import current_thread, main_thread
from types import FrameType
from typing import IO, TYPE_CHECKING, Any

from detector.errors import (
    ClusterError,
    MissingExtraError,
    MissingJavaError,
    OptionError,
    OutputError,
    os_reason,
)
from detector.executors.hadoop import Files
from detector.executors.progress import untold
from detector.kernels.columns import Columns

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SUBMITTED = "PYSPARK_GATEWAY_PORT"
"""Set where `spark-submit` has started us, and Java."""
_SECRET = "PYSPARK_GATEWAY_SECRET"
_JAVA = 17
_JAVA_VERSION = re.compile(r'version "(\d+)')
_ROWS, _BYTES = 1 << 16, "32m"
"""Of a batch, at the most."""
_MEMORY = "4g"
"""Of Java, where it does all the work."""
_MOST_PARTS = 20_000
_REASON = 300
_LAST_LINE = re.compile(
    r"^(?:: |Caused by: |Exception in .*?\" )?((?:\w+\.)*\w*(?:Error|Exception)\b.*)",
    re.MULTILINE,
)
_PATTERN = re.compile(r"[\\*?\[\]{}]")
"""What stands for itself in a path of Hadoop after a backslash only."""
_URL = re.compile("[A-Za-z][A-Za-z0-9+.-]+:/")
_STOPPED = "stopped SparkContext"

Function = Callable[[Iterator[Columns]], Iterable[Columns]]


def is_url(path: str) -> bool:
    """Tell whether a path names its file system, which may not be this machine's."""
    return bool(_URL.match(path))


def _literal(path: str) -> str:
    """Return a path so that Hadoop takes nothing in it for a pattern."""
    return _PATTERN.sub(r"\\\g<0>", path)


@dataclass(frozen=True)
class Table:
    """Rows of columns, wherever they are; nothing is done before they are asked for."""

    spark: "Spark"
    frame: "DataFrame"

    def mapped(self, function: Function, schema: str) -> "Table":
        """Return the rows that a function makes of those of each part.

        Parameters
        ----------
        function : callable
            Takes and yields batches of columns.
        schema : str
            Names and types, as ``"document bigint, key bigint"``.
        """
        from pyspark.sql.pandas.types import to_arrow_schema
        from pyspark.sql.types import StructType

        struct = StructType.fromDDL(schema)
        assert isinstance(struct, StructType)
        arrow = to_arrow_schema(struct)
        with _quiet():
            frame = self.frame.mapInArrow(_in_arrow(function, arrow), schema)
        return Table(self.spark, frame)

    def gathered(
        self, by: Sequence[str], order: Sequence[str], parts: int = 0
    ) -> "Table":
        """Return the rows so that those with equal values are in one part, in order.

        Parameters
        ----------
        parts : int
            How many, where rows take more time than their bytes tell; 0: as Spark has
            it.
        """
        whole = self.frame
        frame = whole.repartition(parts, *by) if parts else whole.repartition(*by)
        return Table(self.spark, frame.sortWithinPartitions(*by, *order))

    def spread(self, parts: int) -> "Table":
        """Return the rows in so many parts."""
        return Table(self.spark, self.frame.repartition(parts))

    def ordered(self, by: Sequence[str], name: str) -> "Table":
        """Return all rows in order, their numbers from 0 in a column ``number``.

        Parameters
        ----------
        name : str
            Of the stage in which they are kept.
        """
        from pyspark.sql.functions import broadcast

        at = "monotonically_increasing_id()"
        frame = self.frame.orderBy(*by).selectExpr("*", f"{at} as _at")
        kept = self.spark.stage(name, lambda: Table(self.spark, frame))
        with_parts = kept.select("*", "_at >> 33 as part")
        counts = sorted(with_parts.grouped(["part"], rows="count(1)").rows())
        begins = accumulate((count for _, count in counts), initial=0)
        known = [
            (part, begin) for (part, _), begin in zip(counts, begins, strict=False)
        ]
        first = self.spark.table(known, "part bigint, begin bigint")
        first = Table(self.spark, broadcast(first.frame))
        number = f"begin + (_at & {(1 << 33) - 1}) as number"
        return with_parts.joined(first, "part").select(number, *self.frame.columns)

    def sorted(self, *by: str) -> "Table":
        """Return all rows in the order of some expressions of SQL."""
        from pyspark.sql.functions import expr

        return Table(self.spark, self.frame.orderBy(*map(expr, by)))

    def first(self, count: int) -> "Table":
        """Return the first rows, as they are sorted."""
        return Table(self.spark, self.frame.limit(count))

    def select(self, *expressions: str) -> "Table":
        """Return other columns, as SQL has them."""
        return Table(self.spark, self.frame.selectExpr(*expressions))

    def where(self, condition: str) -> "Table":
        """Return the rows for which a condition of SQL holds."""
        return Table(self.spark, self.frame.where(condition))

    def joined(self, other: "Table", on: str, how: str = "inner") -> "Table":
        """Return the rows of both that have an equal value, together."""
        return Table(self.spark, self.frame.join(other.frame, on, how))

    def with_rows(self, other: "Table") -> "Table":
        """Return the rows of both tables, which have the same columns."""
        return Table(self.spark, self.frame.unionByName(other.frame))

    def grouped(self, by: Sequence[str], **aggregates: str) -> "Table":
        """Return a row for each value, with aggregates of SQL."""
        from pyspark.sql.functions import expr

        wanted = [expr(said).alias(name) for name, said in aggregates.items()]
        return Table(self.spark, self.frame.groupBy(*by).agg(*wanted))

    def write(self, path: str) -> None:
        """Write the rows as Parquet, into a folder that is empty, or not there."""
        with _told():
            as_parquet = self.frame.write.option("compression", "zstd")
            as_parquet.mode("append").parquet(path)

    def count(self) -> int:
        """Return how many rows there are."""
        with _told():
            return self.frame.count()

    def rows(self) -> list[tuple[Any, ...]]:
        """Return all rows."""
        with _told():
            return [tuple(row) for row in self.frame.collect()]

    def each(self) -> Iterator[tuple[Any, ...]]:
        """Yield all rows, of which those of a few parts are in memory at a time."""
        with _told():
            yield from map(tuple, self.frame.toLocalIterator(prefetchPartitions=True))


@dataclass(frozen=True)
class Spark:
    """A cluster, or this machine as one, and a folder for what is done.

    Attributes
    ----------
    work : str
        Path that driver and workers can write, of any file system of Spark.
    told : callable
        Is told the name of each stage that begins.
    """

    session: "SparkSession"
    work: str
    told: Callable[[str], None] = untold

    @property
    def is_local(self) -> bool:
        """Whether all of it is on this machine."""
        return str(self.session.sparkContext.master).startswith("local")

    def table(self, rows: Sequence[tuple[Any, ...]], schema: str) -> Table:
        """Return rows of the driver's as a table."""
        with _quiet():
            frame = self.session.createDataFrame(list(rows), schema)
        return Table(self, frame)

    def parts(self, count: int, each: int) -> int:
        """Return in how many parts so many things are worked on, each with so many."""
        least: int = self.session.sparkContext.defaultParallelism
        return min(max(-(-count // each), 2 * least), _MOST_PARTS)

    def at_least(self, parts: int) -> None:
        """Have rows that belong together in so many parts; Spark joins small ones."""
        name, conf = "spark.sql.shuffle.partitions", self.session.conf
        conf.set(name, str(max(parts, int(conf.get(name) or 0))))

    def numbers(self, count: int) -> Table:
        """Return the numbers up to one, in a column ``number``."""
        return Table(self, self.session.range(count).toDF("number"))

    def read(self, path: str, form: str, **options: Any) -> Table:  # noqa: ANN401
        """Read files as Spark does: ``parquet``, ``json``, ``binaryFile``.

        Parameters
        ----------
        path : str
            A URL, or a file or a folder of this system, or else a pattern.
        """
        if Path(path).exists():
            # As it is: not as a pattern, and not in another file system.
            path = f"file://{_literal(str(Path(path).absolute()))}"
        with _told():
            frame = self.session.read.format(form).options(**options).load(path)
            return Table(self, frame)

    def stage(self, name: str, make: Callable[[], Table]) -> Table:
        """Return a table that is on the disk: made now, or by a run before this one.

        What is not whole, or has lost a file since, is made anew.
        """
        path, mark = f"{self.work}/{name}", f"{self.work}/{name}.whole"
        with _told():
            if not self._is_whole(path, mark):
                self.told(name)
                make().frame.write.mode("overwrite").parquet(path)
                self._files.write(mark, self._size(path))
            return Table(self, self.session.read.parquet(_literal(path)))

    def _is_whole(self, path: str, mark: str) -> bool:
        there = self._files.exists(path) and self._files.exists(mark)
        return there and self._files.read(mark) == self._size(path)

    def _size(self, path: str) -> bytes:
        return "{} files, {} bytes\n".format(*self._files.size(path)).encode()

    def forget(self, name: str) -> None:
        """Remove the table of a stage."""
        with _told():
            self._files.remove(f"{self.work}/{name}")

    def for_job(self, *marks: str) -> "Spark":
        """Return this with a folder for a job: the same again for the same marks."""
        said = "\0".join((version("detector"), *marks))
        name = sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return replace(self, work=f"{self.work.rstrip('/')}/{name}")

    def files(self, table: Table) -> Iterator[tuple[str, int, int]]:
        """Yield path, bytes and time of change of the files that a table is read of."""
        with _told():
            yield from map(self._files.status, sorted(table.frame.inputFiles()))

    def is_there(self, path: str) -> bool:
        """Tell whether there is a file or a folder, or one for a pattern."""
        with _told():
            return self._files.matches(path)

    def claim(self, path: str) -> None:
        """Make a folder for what will be written; it may be there, and empty.

        Raises
        ------
        OutputError
            If something is in it, or it cannot be made.
        """
        try:
            with _told():
                if self._files.exists(path) and self._files.size(path) != (0, 0):
                    raise OutputError(path=path, reason=os_reason(errno.EEXIST))
                if not self._files.make_folder(path):
                    raise OutputError(path=path, reason=os_reason(errno.EACCES))
        except ClusterError as error:
            raise OutputError(path=path, reason=error.facts["reason"]) from error

    @property
    def _files(self) -> Files:
        return Files(self.session)


@contextmanager
def started(
    master: str, work: str, told: Callable[[str], None] = untold
) -> Iterator[Spark]:
    """Start Spark, or join what `spark-submit` started; stop what was started.

    Parameters
    ----------
    master : str
        ``local[*]``, ``spark://host:7077``, …; empty: what `spark-submit` says.
    work, told
        As `Spark` has them.

    Raises
    ------
    MissingExtraError
        If PySpark is not installed.
    MissingJavaError
        If there is no Java 17 or later.
    ClusterError
        If it does not start, or a job of it fails.
    """
    try:
        with _quiet():
            from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtraError(name="pyspark", extra="spark") from error
    there = SparkSession.getActiveSession()
    if not there:
        find_java()
    if SUBMITTED in os.environ and _SECRET not in os.environ:
        raise ClusterError(reason=f"{SUBMITTED} is set, {_SECRET} is not")
    if not master and not there and SUBMITTED not in os.environ:
        allowed = "local[*], spark://HOST:PORT, …, or nothing with spark-submit"
        raise OptionError(name="--master", value=master, allowed=allowed)
    builder = SparkSession.builder.appName("detector")
    for name, value in _settings(master).items():
        builder = builder.config(name, value)
    with _interrupted(at_once=False), _told(master), _quiet(), _logged(work):
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("WARN")
    try:
        with _interrupted(at_once=True):
            yield Spark(session, work, told)
    finally:
        if not there:
            _stop(session)


def _stop(session: "SparkSession") -> None:
    """Stop Spark from a thread of its own, and again if it does not hear.

    Each thread has its line to Java. After Ctrl-C amid an answer the rest of that is on
    ours: what asks next reads it for its own, and goes on before Spark has stopped; or
    PySpark warns that it cannot be stopped, and leaves all running.
    """
    from py4j.protocol import Py4JError

    java = session.sparkContext._jsc
    with warnings.catch_warnings(record=True) as unheard:
        warnings.simplefilter("always")
        _elsewhere(session.stop)
    if unheard:
        with suppress(Py4JError):
            _elsewhere(java.stop)


def _elsewhere(work: Callable[[], None]) -> None:
    with ThreadPoolExecutor(1) as thread:
        thread.submit(work).result()


@contextmanager
def _interrupted(*, at_once: bool) -> Iterator[None]:
    """Raise what Ctrl-C asks for when the block ends, if not at once.

    While Spark starts it has to wait: Java that has half started would stay, and
    PySpark's own answer, to ask Java amid the answer to another question, fails. Later
    it is raised at once, and again: Python passes over what is raised where an object
    of Java is given up while rubbish is collected.
    """
    if current_thread() is not main_thread():
        yield
        return
    asked: list[int] = []

    def interrupted(number: int, frame: FrameType | None) -> None:
        asked.append(number)
        if at_once:
            signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if asked:
        raise KeyboardInterrupt


def _settings(master: str) -> Mapping[str, Any]:
    settings: dict[str, Any] = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": _ROWS,
        "spark.sql.execution.arrow.maxBytesPerBatch": _BYTES,
        "spark.ui.showConsoleProgress": "false",
    }
    if not master:
        return settings
    settings["spark.master"] = master
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if master.startswith("local"):
        here = {"spark.driver.bindAddress": "127.0.0.1", "spark.ui.enabled": "false"}
        settings |= here | {"spark.driver.host": "127.0.0.1"}
        if "PYSPARK_SUBMIT_ARGS" not in os.environ:
            settings["spark.driver.memory"] = _MEMORY
    return settings


def find_java() -> None:
    """Raise an error that says what is missing, before Spark fails without one."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if not java or not shutil.which(java):
        raise MissingJavaError(least=_JAVA, found=java or "-")
    done = subprocess.run([java, "-version"], capture_output=True, check=False)
    said = (done.stderr + done.stdout).decode("utf-8", "replace")
    version = _JAVA_VERSION.search(said)
    if not version or int(version[1]) < _JAVA:
        raise MissingJavaError(least=_JAVA, found=version[1] if version else java)


def _in_arrow(function: Function, schema: Any) -> Any:  # noqa: ANN401 - of PyArrow
    """Return a function of batches of Arrow that does what one of columns does."""

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        def columns() -> Iterator[Columns]:
            for batch in batches:
                yield {
                    name: column.to_numpy(zero_copy_only=False)
                    for name, column in zip(
                        batch.schema.names, batch.columns, strict=True
                    )
                }

        for made in function(columns()):
            arrays = [pa.array(made[field.name], field.type) for field in schema]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    return run


@contextmanager
def _logged(work: str) -> Iterator[None]:
    """Have what Java says from its start on written to a file, and not among ours."""
    with _log(work) as log:
        sys.stderr.flush()
        ours = os.dup(2)
        began = log.seek(0, os.SEEK_END)
        os.dup2(log.fileno(), 2)
        try:
            yield
        except Exception as error:
            # PySpark knows only that Java has ended.
            log.seek(began)
            said = _LAST_LINE.findall(log.read().decode("utf-8", "replace"))
            raise RuntimeError(said[-1] if said else str(error)) from error
        finally:
            os.dup2(ours, 2)
            os.close(ours)


def _log(work: str) -> IO[bytes]:
    if is_url(work):
        return tempfile.TemporaryFile()
    try:
        Path(work).mkdir(parents=True, exist_ok=True)
        return Path(work, "spark.log").open("a+b")
    except OSError as error:
        raise OutputError(path=work, reason=os_reason(error)) from error


@contextmanager
def _told(master: str = "") -> Iterator[None]:
    """Say in one line why Spark could not do it."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException, OSError, RuntimeError) as error:
        lines = _LAST_LINE.findall(str(error)) or str(error).strip().splitlines()
        reason = lines[-1] if lines else type(error).__name__
        reason = textwrap.shorten(reason, _REASON, placeholder=" …")
        if _STOPPED in reason and master:
            reason = f"{master}: no master answers"
        raise ClusterError(reason=reason) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what PySpark says of a version of pandas, which is not used."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
