//! How fast each stage is, in bytes of its input per second: `cargo bench --bench stages`. What a whole run costs next to other
//! programs is measured by `paired.py`.

use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, LazyLock};

use divan::counter::BytesCount;
use divan::{Bencher, black_box};

use sldiag::base::Source;
use sldiag::base::pool::Pool;
use sldiag::diagnose::{Given, Options, Read, diagnose};
use sldiag::input::{self, Block, Blocks};
use sldiag::parse::{self, Sieve, Wanted};
use sldiag::report::json;
use sldiag::rules::RuleSet;
use sldiag::text::{clean, section};

/// Captures, by what is particular about each.
const CAPTURES: &[(&str, &str)] = &[
    ("healthy-policy", include_str!("../samples/healthy-policy.txt")),
    ("pager", include_str!("../samples/scenario-6-onprem-certificate-expired.txt")),
    ("two-devices", include_str!("../samples/two-devices.txt")),
];

/// Bytes of the log.
const LOG: usize = 8 << 20;

/// One line in so many is about licensing.
const LICENSING: usize = 500;

/// Messages of other things, in turn.
const NOISE: &[&str] = &[
    "%LINK-3-UPDOWN: Interface GigabitEthernet1/0/13, changed state to up",
    "%LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet1/0/13, changed state to up",
    "%SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: noc] [Source: 192.0.2.4] [localport: 22]",
    "%SYS-6-LOGOUT: User noc has exited tty session 1(192.0.2.4)",
    "%DOT1X-5-FAIL: Authentication failed for client (0053.0000.1a2b) on Interface Gi1/0/8",
];

/// Messages of licensing, in turn.
const MESSAGES: &[&str] = &[
    "%SMART_LIC-3-COMM_FAILED: Communications failure with the Cisco Smart Software Manager or satellite: \
     Fail to send out Call Home HTTP message.",
    "%PKI-3-CRL_FETCH_FAIL: CRL fetch for trustpoint SLA-TrustPoint failed\n\
     \x20     Reason : Failed to select socket. Timeout : 5 (Connection timed out)",
    "%SMART_LIC-5-COMM_RESTORED: Communications with the Cisco Smart Software Manager or satellite restored",
];

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);
static WANTED: LazyLock<Wanted> =
    LazyLock::new(|| Wanted::new(RULES.log_names().into_iter().map(str::to_owned)));

fn main() {
    divan::main();
}

/// A syslog server's file of 200 devices, a line a second; the same in every run.
fn log() -> String {
    let mut log = String::with_capacity(LOG + (1 << 10));
    let mut noise = NOISE.iter().cycle();
    let mut messages = MESSAGES.iter().cycle();
    for number in 0_usize.. {
        if log.len() >= LOG {
            break;
        }
        let is_licensing = number % LICENSING == LICENSING - 1;
        let message = if is_licensing { messages.next() } else { noise.next() }.unwrap_or(&"");
        let (host, day) = (number * 7 % 200, number / 86_400 + 1);
        let (hour, minute, second) = (number / 3600 % 24, number / 60 % 60, number % 60);
        // A `String` takes all that is written.
        let _ = writeln!(
            log,
            "<189>Mar {day:2} {hour:02}:{minute:02}:{second:02} sw-{host:03} {number}: \
             Mar {day:2} 2024 {hour:02}:{minute:02}:{second:02}.250 UTC: {message}"
        );
    }
    log
}

/// The log in the blocks that a run cuts it into.
fn blocks(log: &str) -> Vec<Block> {
    let mut stream = Blocks::new(Vec::new(), log.as_bytes());
    let mut blocks = Vec::new();
    let mut block = Block::default();
    while stream.read(&mut block).unwrap_or(false) {
        blocks.push(std::mem::take(&mut block));
    }
    blocks
}

/// What the sieve leaves of the log, as one text.
fn sifted(log: &str) -> String {
    let sieve = Sieve::new(&WANTED);
    let mut kept = String::new();
    let mut carry = 0;
    for block in blocks(log) {
        let sifted = sieve.sift(block.text(), carry);
        carry = sifted.carry;
        kept.push_str(&String::from_utf8_lossy(&sifted.bytes));
    }
    kept
}

fn source(name: &str, text: String) -> Arc<Source> {
    Arc::new(Source::new(name, text))
}

fn given(captures: &[(&str, &str)]) -> Vec<Given> {
    captures.iter().map(|(name, text)| Given::Bytes((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

/// One thread: what a stage costs must not depend on how many there are.
fn options() -> Options {
    Options { jobs: 1, ..Options::default() }
}

/// One capture after the other, by name.
mod capture {
    use super::{
        Arc, Bencher, BytesCount, CAPTURES, RULES, Read, WANTED, black_box, clean, given, input, options,
        parse, section, source,
    };

    fn names() -> impl Iterator<Item = &'static str> {
        CAPTURES.iter().map(|(name, _)| *name)
    }

    fn text(name: &str) -> &'static str {
        CAPTURES.iter().find(|(it, _)| *it == name).map_or("", |(_, text)| text)
    }

    #[divan::bench(args = names())]
    fn decode(bencher: Bencher<'_, '_>, name: &str) {
        let bytes = text(name).as_bytes();
        bencher.counter(BytesCount::of_slice(bytes)).bench(|| input::decode(black_box(bytes)));
    }

    #[divan::bench(args = names())]
    fn clean_and_cut(bencher: Bencher<'_, '_>, name: &str) {
        let source = source(name, text(name).to_owned());
        let bytes = BytesCount::of_str(text(name));
        bencher.counter(bytes).bench(|| section::cut(clean::clean(black_box(&source))).sections.len());
    }

    /// With cleaning and cutting: nothing parses without them.
    #[divan::bench(args = names())]
    fn parse(bencher: Bencher<'_, '_>, name: &str) {
        let source = source(name, text(name).to_owned());
        let bytes = BytesCount::of_str(text(name));
        bencher.counter(bytes).bench(|| parse::captures(black_box(&Arc::clone(&source)), &WANTED));
    }

    #[divan::bench(args = names())]
    fn judge(bencher: Bencher<'_, '_>, name: &str) {
        let read = Read::of(&given(&[(name, text(name))]), &RULES, &options());
        let bytes = BytesCount::of_str(text(name));
        bencher.counter(bytes).bench(|| black_box(&read).judge(&RULES, &options()));
    }
}

/// The log of a syslog server.
mod long_log {
    use super::{
        Arc, Bencher, BytesCount, Given, RULES, Sieve, WANTED, black_box, blocks, diagnose, log, options,
        parse, sifted, source,
    };

    #[divan::bench]
    fn sift(bencher: Bencher<'_, '_>) {
        let log = log();
        let blocks = blocks(&log);
        let sieve = Sieve::new(&WANTED);
        bencher.counter(BytesCount::of_str(&log)).bench(|| {
            let sift = |carry, block: &super::Block| sieve.sift(block.text(), carry).carry;
            black_box(&blocks).iter().fold(0, sift)
        });
    }

    /// Bytes are those that are left by the sieve.
    #[divan::bench]
    fn parse_what_is_kept(bencher: Bencher<'_, '_>) {
        let kept = sifted(&log());
        let bytes = BytesCount::of_str(&kept);
        let source = source("log", kept);
        bencher.counter(bytes).bench(|| parse::captures(black_box(&Arc::clone(&source)), &WANTED));
    }

    /// From bytes to findings.
    #[divan::bench]
    fn whole(bencher: Bencher<'_, '_>) {
        let log = log();
        let bytes = BytesCount::of_str(&log);
        let given = [Given::Bytes("log".to_owned(), log.into_bytes())];
        bencher.counter(bytes).bench(|| diagnose(black_box(&given), &RULES, &options()));
    }
}

/// Bytes are those that are written.
#[divan::bench]
fn write_json(bencher: Bencher<'_, '_>) {
    let diagnosis = diagnose(&given(CAPTURES), &RULES, &options()).diagnosis;
    let mut document = Vec::new();
    let written = json::write(&diagnosis, &Pool::new(1), &mut document);
    assert!(written.is_ok(), "the document can be written to memory: {written:?}");
    let pool = Pool::new(1);
    let write = || json::write(black_box(&diagnosis), &pool, &mut io::sink());
    bencher.counter(BytesCount::of_slice(&document)).bench(write);
}
