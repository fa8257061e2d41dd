"""Neo4j servers of several releases: fetched once, then started, stopped, killed and suspended."""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from platformdirs import user_cache_path

from tests.servers.java import find_java

CACHE = "SFKG_NEO4J_CACHE"  # folder of the fetched programs; default is in the user's cache folder
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
PATIENCE_SECONDS = 120.0
FOLDERS = ("conf", "data", "logs", "run", "plugins", "import")
FLAGS = (
    *(
        f"--add-opens=java.base/{package}=ALL-UNNAMED"
        for package in ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
    ),
    "-Xms256m",
    "-Xmx1g",
    "-Dfile.encoding=UTF-8",
)
# A server that lives for minutes spends more on compiling well than that gives it: with these it
# takes half the processor time. Not for benchmarks.
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# Below those that systems give to callers, one of which might else sit on a server's port while
# the server is down.
PORTS = range(15_000, 32_000)
# The database takes no changes, whoever asks. The server must have been stopped in good order,
# because what has to recover from a crash first cannot be read only.
READ_ONLY = "server.databases.default_to_read_only"
SETTINGS = {
    "server.default_listen_address": "127.0.0.1",
    "server.http.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "server.memory.heap.max_size": "1g",
    "server.memory.pagecache.size": "256m",
    "db.tx_log.preallocate": "false",
    # Drivers are told to give a server up that says nothing for the product of the two.
    "server.bolt.connection_keep_alive": "5s",
    "server.bolt.connection_keep_alive_probes": "2",
}


@dataclass(frozen=True, slots=True)
class Release:
    """A release of the server, with the Java it runs on."""

    name: str
    version: str
    main: str
    oldest_java: int
    newest_java: int = 1000

    def java(self) -> Path | None:
        """Return the Java to run it, None where this computer has none."""
        return find_java(self.oldest_java, self.newest_java)

    def missing(self) -> str:
        """Return what this computer lacks to run it, "" where nothing is missing."""
        if self.java() is None:
            newest = f" to {self.newest_java}" if self.newest_java < 1000 else " or later"
            return f"no Java {self.oldest_java}{newest}"
        if not self.is_fetched() and not shutil.which("mvn"):
            return "no Maven to fetch it with"
        return ""

    def library(self) -> Path:
        """Return the folder of its program files."""
        given = os.environ.get(CACHE)
        return (Path(given) if given else user_cache_path("sfkg") / "neo4j") / self.version

    def is_fetched(self) -> bool:
        """Return whether its program files are in the cache."""
        return self.library().is_dir()

    def fetch(self) -> Path:
        """Return the folder of its program files, fetched with Maven where they are not there."""
        library = self.library()
        if self.is_fetched():
            return library
        library.parent.mkdir(parents=True, exist_ok=True)
        # Beside it first, so that a fetch that broke off leaves no half a program.
        with tempfile.TemporaryDirectory(dir=library.parent) as folder:
            target = Path(folder) / "lib"
            _run(
                ["mvn", "-q", "-B", "-ntp", "-f", str(Path(__file__).with_name("pom.xml")),
                 f"-Dneo4j.version={self.version}", PLUGIN, "-DincludeScope=runtime",
                 f"-DoutputDirectory={target}"],
            )  # fmt: skip
            try:
                target.rename(library)
            except OSError:
                if not self.is_fetched():  # by another process that was faster
                    raise
        return library


LTS = Release("neo4j-5.26", "5.26.14", "org.neo4j.server.CommunityEntryPoint", 17, 24)
LATEST = Release("neo4j-2026", "2026.09.0", "org.neo4j.server.Neo4jCommunity", 21)
RELEASES = {release.name: release for release in (LTS, LATEST)}


class Server:
    """A server on a port of its own with its data in one folder."""

    def __init__(
        self, release: Release, folder: Path, flags: tuple[str, ...] = (), **settings: str
    ) -> None:
        self.release = release
        self.flags = FLAGS + flags
        self.home = folder
        self.user = "neo4j"
        self.password = secrets.token_hex(16)  # no dash first, which would make it an option
        self.port = free_port()
        self.settings = SETTINGS | settings
        self._library = release.fetch()
        self._process: subprocess.Popen[bytes] | None = None
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._configure()
        self._admin("dbms", "set-initial-password", self.password)

    @property
    def url(self) -> str:
        """The address that drivers connect to."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process is not None
        return self._process.pid

    def start(self, **settings: str) -> Self:
        """Start the server and wait until it answers; settings given now stay."""
        self.begin(**settings)
        self.wait()
        return self

    def begin(self, **settings: str) -> None:
        """Start the server without waiting."""
        self.settings |= settings
        self._configure()
        with (self.home / "logs" / "console.log").open("ab") as console:
            self._process = subprocess.Popen(
                [*self._java(), self.release.main, *self._places()],
                env=self._environment(), stdout=console, stderr=subprocess.STDOUT,
                start_new_session=True, preexec_fn=_end_with_parent,
            )  # fmt: skip

    def wait(self) -> None:
        """Wait until the server answers a question."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not self.answers():
            ended = self._process is None or self._process.poll() is not None
            if ended or time.monotonic() > end:
                self.kill()
                raise RuntimeError(f"{self.release.name} did not start: {self._last_words()}")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Return whether the server answers a question just now."""
        from neo4j import GraphDatabase
        from neo4j.exceptions import DriverError, Neo4jError

        if not _is_open(self.port):  # asked first, because the driver logs each failure
            return False
        try:
            with GraphDatabase.driver(
                self.url, auth=(self.user, self.password), connection_timeout=2
            ) as driver:
                driver.execute_query("RETURN 1")
        except (DriverError, Neo4jError):
            return False
        return True

    def stop(self) -> None:
        """Stop the server in good order, which takes it ten seconds."""
        if self._process is not None and self._process.poll() is None:
            self.resume()
            self._process.terminate()
            try:
                self._process.wait(60)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self.kill()

    def kill(self) -> None:
        """Kill the server as the kernel does when memory is short."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self, **settings: str) -> None:
        """Kill and start."""
        self.kill()
        self.start(**settings)

    def suspend(self) -> None:
        """Let the server stand still."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let the server go on."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def memory_megabytes(self) -> int:
        """Return how much memory the server's process holds."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) // 1024

    def __enter__(self) -> Self:
        """Return the server."""
        return self

    def __exit__(self, *fault: object) -> None:
        """End the server; its data is no longer wanted."""
        self.kill()

    def _configure(self) -> None:
        own = {"server.bolt.listen_address": f"127.0.0.1:{self.port}",
               "server.bolt.advertised_address": f"127.0.0.1:{self.port}"}  # fmt: skip
        lines = [f"{name}={value}\n" for name, value in (self.settings | own).items()]
        (self.home / "conf" / "neo4j.conf").write_text("".join(lines))

    def _java(self) -> list[str]:
        java = self.release.java()
        if java is None:
            raise RuntimeError(f"{self.release.name}: {self.release.missing()}")
        native = ["--enable-native-access=ALL-UNNAMED"] if find_java(21) == java else []
        return [str(java), "-cp", f"{self._library}/*", *self.flags, *native]

    def _places(self) -> list[str]:
        return [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]

    def _environment(self) -> dict[str, str]:
        return os.environ | {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}

    def _admin(self, *words: str) -> None:
        command = "org.neo4j.server.startup.Neo4jAdminCommand"
        _run([*self._java(), command, *words], self._environment())

    def _last_words(self) -> str:
        console = self.home / "logs" / "console.log"
        return console.read_text(errors="replace")[-2000:] if console.exists() else "no word"


def _end_with_parent() -> None:
    """Have the kernel end the process when the tests are killed, where it can (Linux)."""
    with suppress(OSError, AttributeError):
        end_with_parent = 1  # PR_SET_PDEATHSIG
        ctypes.CDLL(None).prctl(end_with_parent, signal.SIGKILL)


def free_port() -> int:
    """Return a port that nobody uses just now."""
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


def _is_open(port: int) -> bool:
    with socket.socket() as caller:
        caller.settimeout(1)
        return caller.connect_ex(("127.0.0.1", port)) == 0


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        told = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise RuntimeError(f"{Path(command[0]).name} failed: {told[-1][:200] if told else '?'}")
