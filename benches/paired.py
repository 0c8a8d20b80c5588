#!/usr/bin/env python3
"""Measures sldiag against other programs on the same files, in pairs, and writes a Markdown table to standard output.

A pair is one run of each program, right after one another; what is told is the ratio of their wall times, so that whatever slows
the machine for a while slows both. Every command is run once before, so that the files are in memory. See README.md beside this.
"""
import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from archive import Archives

# What one would search a log for without sldiag.
LITERALS = ("SMART_LIC-", "CALL_HOME-", "PKI-")
RG = ["rg", "-c", *(part for literal in LITERALS for part in ("-e", literal))]
RG_PACKED = [RG[0], "-z", *RG[1:]]
RG_STATUS = ["rg", "-c", "Status"]
GREP = ["grep", "-c", "-E", "|".join(LITERALS)]
OTHERS = ("rg", "grep", "wc", "cat")
STEPS = 4  # doublings of the input up to the largest
# With as few modules as can be: see there.
TIMED = [sys.executable, "-I", "-S", str(Path(__file__).resolve().with_name("timed.py"))]
# ru_maxrss is in KiB, on macOS in bytes.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
MIB = 1 << 20


class CommandFailed(Exception):
    """A command did not do its work, so that its time means nothing."""


@dataclass(frozen=True)
class Command:
    """What is run."""

    words: list[str]
    label: str
    # Exit codes other than 0 after which the work is done all the same.
    good: tuple[int, ...] = ()


@dataclass(frozen=True)
class Run:
    """What one run took."""

    seconds: float
    peak: int  # bytes of resident memory


@dataclass(frozen=True)
class PairSet:
    """A case of the table: `subject` is compared with `base`, or runs alone once where only its memory counts."""

    case: str
    input: str
    subject: Command
    base: Command | None


@dataclass(frozen=True)
class Sizes:
    """How large the archives are."""

    log: int  # MiB
    largest: int  # MiB
    devices: int
    captures: int


class Bench:
    """The cases, by letter."""

    def __init__(self, sldiag: Path, archives: Archives, sizes: Sizes) -> None:
        self.sldiag = str(sldiag)
        self.archives = archives
        self.sizes = sizes

    def cases(self) -> dict[str, Callable[[], Iterator[PairSet]]]:
        return {
            "a": self.folder,
            "b": self.file,
            "c": self.packed,
            "d": self.captures,
            "e": self.one_capture,
            "f": self.scaling,
            "g": self.devices,
            "h": self.memory,
            "i": self.rotated,
            "j": self.sessions,
        }

    def folder(self) -> Iterator[PairSet]:
        folder = self.archives.log_folder(self.sizes.log, self.sizes.devices)
        yield from self.against("a", f"log of {self.sizes.log} MiB in 8 files", self.scan(folder), self.log_tools(folder))

    def file(self) -> Iterator[PairSet]:
        file = self.archives.log_file(self.sizes.log, self.sizes.devices)
        yield from self.against("b", f"log of {self.sizes.log} MiB in 1 file", self.scan(file), self.log_tools(file))

    def packed(self) -> Iterator[PairSet]:
        folder = self.archives.packed_folder(self.sizes.log, self.sizes.devices)
        rg = Command([*RG_PACKED, str(folder)], "rg -z -c", good=(1,))
        yield from self.against("c", f"log of {self.sizes.log} MiB in 8 .gz", self.scan(folder), [rg])

    def captures(self) -> Iterator[PairSet]:
        folder = self.archives.captures(self.sizes.captures)
        rg = Command([*RG_STATUS, str(folder)], "rg -c Status", good=(1,))
        yield from self.against("d", f"{self.sizes.captures} captures", self.scan(folder), [rg])

    def one_capture(self) -> Iterator[PairSet]:
        file = min(self.archives.captures(self.sizes.captures).iterdir())
        analyze = self.own("analyze", file, "sldiag analyze")
        rg = Command([*RG_STATUS, str(file)], "rg -c Status", good=(1,))
        yield from self.against("e", "1 capture", analyze, [rg])

    def scaling(self) -> Iterator[PairSet]:
        sizes = [self.sizes.largest >> step for step in range(STEPS, -1, -1)]
        for small, large in zip(sizes, sizes[1:]):
            base, subject = (self.scan(self.archives.log_file(mib, self.sizes.devices), f"sldiag, {mib} MiB") for mib in (small, large))
            yield PairSet("f", f"log of {large} MiB in 1 file", subject, base)

    def devices(self) -> Iterator[PairSet]:
        few, many = self.sizes.devices, self.sizes.devices * 10
        base, subject = (self.scan(self.archives.log_folder(self.sizes.log, of), f"sldiag, {of} devices") for of in (few, many))
        yield PairSet("g", f"log of {self.sizes.log} MiB in 8 files", subject, base)
        # Here most devices have findings, and what they cost is told, too.
        mib = max(1, self.sizes.log // 4)
        for form in ("json", "ndjson"):
            base, subject = (
                self.scan(self.archives.dense_file(mib, of), f"sldiag -f {form}, {of} devices", form) for of in (few, many)
            )
            yield PairSet("g", f"log of {mib} MiB with many failures", subject, base)

    def rotated(self) -> Iterator[PairSet]:
        folder = self.archives.rotated(self.sizes.log, self.sizes.devices)
        words = f"log of {self.sizes.log} MiB in {2 * self.sizes.log} files"
        yield from self.against("i", words, self.scan(folder), [Command([*RG, str(folder)], "rg -c", good=(1,))])

    def sessions(self) -> Iterator[PairSet]:
        count = self.sizes.captures
        apart = self.scan(self.archives.captures(count), "sldiag, a file each")
        yield PairSet("j", f"{count} captures", self.scan(self.archives.session(count), "sldiag, one terminal log"), apart)
        yield PairSet("j", f"{count} captures", self.scan(self.archives.daily(count), "sldiag, one file a day"), apart)

    def memory(self) -> Iterator[PairSet]:
        both = self.sizes.largest, self.sizes.devices, self.sizes.captures
        words = f"log of {both[0]} MiB and {both[2]} captures"
        yield PairSet("h", words, self.scan(self.archives.logs_and_captures(*both)), None)
        yield PairSet("h", f"{words}, .tar.gz", self.scan(self.archives.tar_gz(*both)), None)
        yield PairSet("h", f"one line of {both[0]} MiB", self.scan(self.archives.one_line(both[0])), None)

    def scan(self, path: Path, label: str = "sldiag scan", form: str = "json") -> Command:
        return self.own("scan", path, label, form)

    def own(self, command: str, path: Path, label: str, form: str = "json") -> Command:
        # 3: nothing of licensing is in it.
        words = [self.sldiag, command, "--no-config", "--fail-on", "never", "-f", form, str(path)]
        return Command(words, label, good=(3,))

    def log_tools(self, path: Path) -> list[Command]:
        """The same log for other programs. Only rg enters a folder by itself."""
        files = [str(file) for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
        return [
            Command([*RG, str(path)], "rg -c", good=(1,)),
            Command([*GREP, *files], "grep -c -E", good=(1,)),
            Command(["wc", "-l", *files], "wc -l"),
            Command(["cat", *files], "cat"),
        ]

    def against(self, case: str, words: str, subject: Command, others: list[Command]) -> Iterator[PairSet]:
        return (PairSet(case, words, subject, other) for other in others if shutil.which(other.words[0]))


def run(command: Command) -> Run:
    """Runs a command once. What it writes goes to a file: grep stops at the first hit where it writes to /dev/null."""
    environment = {**os.environ, "LC_ALL": "C"}
    with tempfile.NamedTemporaryFile() as output:
        to = os.devnull if command.words[0] == "cat" else output.name
        timed = subprocess.run([*TIMED, to, *command.words], env=environment, stdout=subprocess.PIPE, text=True, check=True)
        seconds, peak, code = timed.stdout.split()
        if int(code) not in (0, *command.good):
            end = output.read()[-1000:].decode(errors="replace")
            raise CommandFailed(f"{' '.join(command.words)}\nended with {code}, its output with:\n{end}")
    return Run(float(seconds), int(peak) * RSS_UNIT)


def measure(pairs: PairSet, count: int) -> str:
    """Runs a set and gives its row of the table."""
    if pairs.base is None:
        return row(pairs.case, pairs.input, pairs.subject.label, *["–"] * 5, mib(run(pairs.subject).peak))
    run(pairs.subject)
    run(pairs.base)
    runs = [(run(pairs.subject), run(pairs.base)) for _ in range(count)]
    subject, base = zip(*runs)
    ratios = [ours.seconds / theirs.seconds for ours, theirs in runs]
    return row(
        pairs.case,
        pairs.input,
        f"{pairs.subject.label} / {pairs.base.label}",
        f"{statistics.median(ratios):.2f}",
        f"{min(ratios):.2f} – {max(ratios):.2f}",
        str(count),
        milliseconds(subject),
        milliseconds(base),
        mib(max(it.peak for it in subject)),
    )


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def milliseconds(runs: tuple[Run, ...]) -> str:
    return f"{statistics.median(it.seconds for it in runs) * 1000:.1f}"


def mib(size: int) -> str:
    return f"{size / MIB:.1f}"


def heading(sldiag: Path) -> Iterator[str]:
    """What was measured, with what, and on what."""
    yield f"# {datetime.now(timezone.utc):%Y-%m-%d}, {platform.node()}"
    yield ""
    yield f"- machine: {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"
    yield f"- commit: {commit()}"
    yield f"- sldiag: {first_line([str(sldiag), '--version'])}"
    for name in OTHERS:
        if shutil.which(name):
            yield f"- {name}: {first_line([name, '--version'])}"
        else:
            yield f"- {name}: **not installed**, its cases are left out"
    least = run(Command(["true"], "true")).peak
    yield f"- peak memory: the most that a run of sldiag took; below {mib(least)} MiB it is not known, which is what `true` is said to take"
    yield ""
    yield row("case", "input", "pair", "ratio", "min – max", "n", "first, ms", "second, ms", "peak memory, MiB")
    yield row("---", "---", "---", *["---:"] * 6)


def processor() -> str:
    """The model name."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def commit() -> str:
    """That of the folder this script is in. sldiag should be built from it."""
    here = Path(__file__).resolve().parent
    git = ["git", "-C", str(here), "describe", "--always", "--dirty", "--exclude", "*"]
    return first_line(git) if shutil.which("git") else "unknown: git is not installed"


def first_line(words: list[str]) -> str:
    result = subprocess.run(words, capture_output=True, text=True)
    return next(iter((result.stdout or result.stderr).splitlines()), "unknown")


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures sldiag against other programs, in pairs.")
    parser.add_argument("sldiag", type=Path, help="the program, built with --release")
    parser.add_argument("folder", type=Path, help="where the archives are made and kept")
    parser.add_argument("--cases", default="a,b,c,d,e,f,g,h,i,j", help="letters with commas between (default: all)")
    parser.add_argument("--pairs", type=positive, default=15, metavar="N", help="pairs of each case (default: 15)")
    parser.add_argument("--log-mib", type=positive, default=16, metavar="MIB", help="size of the log of a, b, c and g (default: 16)")
    parser.add_argument("--largest-mib", type=positive, default=16, metavar="MIB", help="size of the largest log, of f and h, 16 or more (default: 16)")
    parser.add_argument("--devices", type=positive, default=100, metavar="N", help="devices that a log is of (default: 100)")
    parser.add_argument("--captures", type=positive, default=24, metavar="N", help="captures of d and h (default: 24)")
    chosen = parser.parse_args()
    if not os.access(chosen.sldiag, os.X_OK):
        parser.error(f"{chosen.sldiag} cannot be run: name the program, as in target/release/sldiag")
    if chosen.largest_mib >> STEPS == 0:
        parser.error(f"--largest-mib {chosen.largest_mib} cannot be halved {STEPS} times: give {1 << STEPS} or more")
    return chosen


def main() -> None:
    chosen = arguments()
    sldiag = chosen.sldiag.resolve()
    sizes = Sizes(chosen.log_mib, chosen.largest_mib, chosen.devices, chosen.captures)
    cases = Bench(sldiag, Archives(chosen.folder), sizes).cases()
    letters = chosen.cases.split(",")
    unknown = [letter for letter in letters if letter not in cases]
    if unknown:
        sys.exit(f"no such case: {', '.join(unknown)}. There are {', '.join(cases)}")
    for line in heading(sldiag):
        print(line)
    for letter in letters:
        for pairs in cases[letter]():
            print(measure(pairs, chosen.pairs), flush=True)


if __name__ == "__main__":
    try:
        main()
    except CommandFailed as failure:
        sys.exit(f"the measurement is stopped: {failure}")
