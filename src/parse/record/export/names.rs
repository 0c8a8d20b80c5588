//! The first row of a table, where it tells what the columns are: which one names the device, and which one tells when.

use std::borrow::Cow;

use super::columns::{SEPARATORS, split};
use super::{Row, between_bars, of_host, stamp_of, text_of};

/// How collectors call the column of the device, the surest first. `Computer` and `source` may be the relay.
pub(super) const HOSTS: [&str; 21] = [
    "observerhostname",
    "hostname",
    "hostnames",
    "host",
    "devicename",
    "devname",
    "dvchost",
    "dvc",
    "device",
    "sysname",
    "nodename",
    "node",
    "loghost",
    "sourcehost",
    "fromhost",
    "source",
    "sourcename",
    "computer",
    "ipaddress",
    "sourceip",
    "hostip",
];

pub(super) const TIMES: [&str; 13] = [
    "timestamp",
    "time",
    "datetime",
    "timegenerated",
    "timegeneratedutc",
    "eventtime",
    "date",
    "receivedat",
    "received",
    "logtime",
    "ts",
    "rt",
    "devtime",
];

pub(super) const MESSAGES: [&str; 10] = [
    "message",
    "msg",
    "raw",
    "syslogmessage",
    "logmessage",
    "rawmessage",
    "text",
    "body",
    "content",
    "event",
];

/// Bytes of the longest line that names columns. Longer first lines are documents.
const LONGEST: usize = 4 << 10;

/// What the columns of a table are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Names {
    separator: char,
    count: usize,
    host: Option<usize>,
    time: Option<usize>,
}

impl Names {
    /// The names in a line; `None` where it is no row of names.
    pub(in super::super) fn of(line: &str) -> Option<Self> {
        let may_be_one = line.len() <= LONGEST;
        SEPARATORS.iter().filter(|_| may_be_one).find_map(|separator| Self::parted(line, *separator))
    }

    fn parted(line: &str, separator: char) -> Option<Self> {
        let columns = split(between_bars(line.trim_start_matches('\u{feff}')), separator);
        let names: Vec<String> = columns.iter().map(|it| letters(it)).collect();
        let find = |known: &[&str]| known.iter().find_map(|it| names.iter().position(|name| name == it));
        let (host, time) = (find(&HOSTS), find(&TIMES));
        let known = [host, time, find(&MESSAGES)].into_iter().flatten().count();
        (known > 1).then_some(Self { separator, count: columns.len(), host, time })
    }

    /// The row of a line with as many columns, one of which holds a message.
    pub(super) fn row<'l>(&self, line: &'l str) -> Option<Row<'l>> {
        let columns = split(line, self.separator);
        let column = |at: Option<usize>| columns.get(at?).map(|it| it.trim());
        let host = column(self.host).and_then(of_host);
        let stamp = column(self.time).and_then(stamp_of);
        let is_row = columns.len() == self.count;
        let text = columns.into_iter().filter(|_| is_row).find_map(|it| text_of(trimmed(it)))?;
        Some(Row { text, host, stamp })
    }
}

/// A name as it is looked up: without marks and case.
pub(super) fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

fn trimmed(column: Cow<'_, str>) -> Cow<'_, str> {
    match column {
        Cow::Borrowed(text) => text.trim().into(),
        Cow::Owned(text) => text.into(),
    }
}
