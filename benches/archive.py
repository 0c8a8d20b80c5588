"""Archives to measure on: logs of syslog servers and captures of devices, all invented, the same bytes in every run.

Captures are those of `samples/` with other names and serial numbers. Everything is put in a folder named after the digest of this
file, and what is there already is used again.
"""
import gzip
import hashlib
import itertools
import random
import re
import shutil
import tarfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

MIB = 1 << 20
FILES = 8  # of a log that is kept in several files
LICENSING = 500  # one message in so many is about licensing
DENSE = 20  # the same where licensing fails everywhere
PER_SECOND = 20  # messages that reach the server
DAYS = 20  # on which the same devices were captured
SAMPLES = Path(__file__).resolve().parent.parent / "samples"

# Made with numbers that differ from message to message.
NOISE = (
    "%LINK-3-UPDOWN: Interface GigabitEthernet1/0/{port}, changed state to {state}",
    "%LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet1/0/{port}, changed state to {state}",
    "%SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: noc] [Source: 192.0.2.{byte}] [localport: 22]",
    "%SYS-6-LOGOUT: User noc has exited tty session 1(192.0.2.{byte})",
    "%SYS-5-CONFIG_I: Configured from console by noc on vty0 (192.0.2.{byte})",
    "%DOT1X-5-FAIL: Authentication failed for client (0053.0000.{word:04x}) with reason (No Response from Client) on Interface Gi1/0/{port}",
    "%OSPF-5-ADJCHG: Process 1, Nbr 198.51.100.{byte} on Vlan{port} from LOADING to FULL, Loading Done",
    "%CDP-4-NATIVE_VLAN_MISMATCH: Native VLAN mismatch discovered on GigabitEthernet1/0/{port} (1), with sw-{word} GigabitEthernet0/1 (99).",
    "%ILPOWER-5-POWER_GRANTED: Interface Gi1/0/{port}: Power granted",
)
LICENSING_MESSAGES = (
    "%SMART_LIC-3-COMM_FAILED: Communications failure with the Cisco Smart Software Manager or satellite: Fail to send out Call Home HTTP message.",
    "%CALL_HOME-5-SL_MESSAGE_FAILED: Fail to send out Smart Licensing message to: https://tools.cisco.com/its/service/oddce/services/DDCEService (ERR 205 : Request Aborted)",
    "%PKI-3-CRL_FETCH_FAIL: CRL fetch for trustpoint SLA-TrustPoint failed\n      Reason : Failed to select socket. Timeout : 5 (Connection timed out)",
    "%SMART_LIC-5-COMM_RESTORED: Communications with the Cisco Smart Software Manager or satellite restored",
    "%SMART_LIC-3-OUT_OF_COMPLIANCE: One or more entitlements are out of compliance.",
)


class Archives:
    """What is measured on, each made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        digest = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
        self.folder = folder.resolve() / f"archives-{digest[:8]}"

    def log_file(self, mib: int, devices: int) -> Path:
        """A log as one file. A smaller one is the start of a larger one."""
        return self._made(f"log-{mib}m-{devices}d.log", lambda path: write_log([path], mib * MIB, devices))

    def dense_file(self, mib: int, devices: int) -> Path:
        """A log of devices most of which have something to report."""
        return self._made(f"dense-{mib}m-{devices}d.log", lambda path: write_log([path], mib * MIB, devices, DENSE))

    def log_folder(self, mib: int, devices: int) -> Path:
        """The same lines in several files, one after the other in time."""

        def make(path: Path) -> None:
            path.mkdir()
            write_log([path / f"router-{number}.log" for number in range(FILES)], mib * MIB, devices)

        return self._made(f"logs-{mib}m-{devices}d", make)

    def packed_folder(self, mib: int, devices: int) -> Path:
        """The same files, each packed with gzip."""

        def make(path: Path) -> None:
            path.mkdir()
            for file in sorted(self.log_folder(mib, devices).iterdir()):
                with file.open("rb") as plain, packed(path / f"{file.name}.gz") as to:
                    shutil.copyfileobj(plain, to, MIB)

        return self._made(f"logs-{mib}m-{devices}d-gz", make)

    def captures(self, count: int) -> Path:
        """A folder of captures."""

        def make(path: Path) -> None:
            path.mkdir()
            write_captures(path, count)

        return self._made(f"captures-{count}", make)

    def rotated(self, mib: int, devices: int) -> Path:
        """A log as it is when it is rotated at half a mebibyte."""

        def make(path: Path) -> None:
            path.mkdir()
            write_log([path / f"messages.{number}" for number in range(2 * mib)], mib * MIB, devices)

        return self._made(f"rotated-{mib}m-{devices}d", make)

    def session(self, count: int) -> Path:
        """All captures one after the other, as one terminal log."""

        def make(path: Path) -> None:
            with path.open("wb") as to:
                for file in sorted(self.captures(count).iterdir()):
                    to.write(file.read_bytes() + b"\n")

        return self._made(f"session-{count}.log", make)

    def daily(self, count: int) -> Path:
        """As many captures in one file for each day, with the same devices every day."""
        devices = sorted(self.captures(count).iterdir())[: count // DAYS]
        day = b"\n".join(file.read_bytes() for file in devices)

        def make(path: Path) -> None:
            path.mkdir()
            for number in range(DAYS):
                (path / f"day-{number:02}.log").write_bytes(day)

        return self._made(f"daily-{count}", make)

    def logs_and_captures(self, mib: int, devices: int, captures: int) -> Path:
        """A folder with both."""

        def make(path: Path) -> None:
            path.mkdir()
            # The same bytes under a second name.
            shutil.copytree(self.captures(captures), path / "captures", copy_function=linked)
            shutil.copytree(self.log_folder(mib, devices), path / "logs", copy_function=linked)

        return self._made(f"both-{mib}m-{devices}d-{captures}", make)

    def tar_gz(self, mib: int, devices: int, captures: int) -> Path:
        """The folder with both as one archive."""

        def make(path: Path) -> None:
            with packed(path) as to, tarfile.open(fileobj=to, mode="w|") as tar:
                tar.add(self.logs_and_captures(mib, devices, captures), arcname="case", filter=without_owner)

        return self._made(f"both-{mib}m-{devices}d-{captures}.tar.gz", make)

    def one_line(self, mib: int) -> Path:
        """A single line without an end."""
        piece = b"Mar  1 00:00:00 sw-00001 1: Mar  1 2024 00:00:00.000 UTC: %SYS-5-RESTART: System restarted  "
        wanted = mib * MIB

        def make(path: Path) -> None:
            chunk = piece * (MIB // len(piece))
            with path.open("wb") as to:
                for start in range(0, wanted, len(chunk)):
                    to.write(chunk[: wanted - start])

        return self._made(f"line-{mib}m.log", make)

    def _made(self, name: str, make: Callable[[Path], None]) -> Path:
        """Gets its name when it is complete, so that one that was interrupted is made anew."""
        path = self.folder / name
        if path.exists():
            return path
        unfinished = self.folder / f"unfinished-{name}"
        self.folder.mkdir(parents=True, exist_ok=True)
        if unfinished.is_dir():
            shutil.rmtree(unfinished)
        make(unfinished)
        return unfinished.rename(path)


def linked(source: str, target: str) -> str:
    Path(target).hardlink_to(source)
    return target


def packed(path: Path) -> gzip.GzipFile:
    """A gzip file without a date."""
    return gzip.GzipFile(path, "wb", compresslevel=6, mtime=0)


def without_owner(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.mtime, member.uid, member.gid, member.uname, member.gname = 0, 0, 0, "", ""
    return member


def write_log(paths: list[Path], size: int, devices: int, licensing: int = LICENSING) -> None:
    """Messages in files of equal size, each up to one message longer than its share."""
    messages = log_messages(devices, licensing)
    for path in paths:
        left = size // len(paths)
        with path.open("wb") as to:
            while left > 0:
                message = next(messages)
                to.write(message)
                left -= len(message)


def log_messages(devices: int, licensing: int) -> Iterator[bytes]:
    """Messages as a server writes them, without end. Each device keeps to one form of header."""
    chance = random.Random(1)
    noise = [noise_message(chance) for _ in range(5000)]
    failures = itertools.cycle(LICENSING_MESSAGES)
    start = datetime(2024, 3, 1)
    for second in itertools.count():
        now = start + timedelta(seconds=second)
        short, long, iso = f"{now:%b} {now.day:2} {now:%H:%M:%S}", f"{now:%b} {now.day:2} {now:%Y %H:%M:%S}", now.isoformat()
        for number in range(second * PER_SECOND, (second + 1) * PER_SECOND):
            device = int(chance.random() * devices)
            is_licensing = number % licensing == licensing - 1
            message = next(failures) if is_licensing else noise[number * 7 % len(noise)]
            milliseconds = number % PER_SECOND * 50
            match device % 4:
                case 0:
                    head = f"{short} sw-{device:05} {number}: {short}.{milliseconds:03}: "
                case 1:
                    head = f"<189>{number}: sw-{device:05}: {long}.{milliseconds:03} UTC: "
                case 2:
                    head = f"<189>{iso}.{milliseconds:03}000+00:00 sw-{device:05} "
                case _:
                    head = f"{short} 10.{device >> 16}.{device >> 8 & 255}.{device & 255} {number}: {short}.{milliseconds:03}: "
            yield f"{head}{message}\n".encode()


def noise_message(chance: random.Random) -> str:
    numbers = {"port": chance.randint(1, 48), "byte": chance.randint(1, 254), "word": chance.randint(0, 65535)}
    return chance.choice(NOISE).format(state=chance.choice(("up", "down")), **numbers)


def write_captures(folder: Path, count: int) -> None:
    """Each sample in turn, every time as another device."""
    # Read as Latin-1 and written so, all bytes stay.
    samples = [path.read_bytes().decode("latin-1") for path in sorted(SAMPLES.glob("*.txt")) if path.name != "syslog-dump.txt"]
    for number in range(count):
        text = of_other_device(samples[number % len(samples)], number)
        (folder / f"capture-{number:05}.txt").write_bytes(text.encode("latin-1"))


def of_other_device(text: str, number: int) -> str:
    """A capture with other host names and serial numbers of the same length."""
    names = {name: f"{name}-{number:05}" for name in re.findall(r"^([\w-]+)[#>]", text, re.MULTILINE)}
    serials = set(re.findall(r"SN: ?(\w+)|Processor board ID (\w+)|System Serial Number +: (\w+)", text))
    for at, serial in enumerate(sorted(set(itertools.chain.from_iterable(serials)) - {""})):
        # Those of the members of a stack stay apart from each other.
        names[serial] = f"{serial[:-5]}{(number * 7 + at) % 100_000:05}"
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?<![\w-])(?:{either})(?![\w-])", lambda found: names[found[0]], text)
