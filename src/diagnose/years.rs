//! The years between the records of a log that prints none.
//!
//! A log is written in one direction, forward or, as some tools print it, backward. The nearer way round the calendar, which is all
//! that two times by themselves can tell, goes wrong where more than half a year lies between two records: there the direction tells.

use std::cmp::Ordering;

use crate::base::Stamp;
use crate::base::time::DAY;
use crate::facts::Record;

/// Further back in a log no clock is set: New Year lies between, in seconds.
const SET_BACK: i64 = 31 * DAY;

/// Counts the years of all times without one, so that they can be compared. Those of several logs are joined where their newest times
/// are nearest to each other.
pub(super) fn count(records: &mut [Record]) {
    if !records.iter().any(is_open) {
        return;
    }
    let mut newest: Option<Stamp> = None;
    for log in records.chunk_by_mut(|a, b| a.section == b.section && a.place.path == b.place.path) {
        count_in(log);
        let own = log.iter().filter_map(|it| it.stamp.as_ref()).filter(|it| it.is_counted);
        let Some(own) = own.max_by_key(|it| it.civil).cloned() else { continue };
        match &newest {
            Some(newest) => {
                let shift = own.nearest_year(newest) - own.civil.year();
                for stamp in log.iter_mut().filter_map(|it| it.stamp.as_mut()).filter(|it| it.is_counted) {
                    *stamp = stamp.in_counted_year(stamp.civil.year().saturating_add(shift));
                }
            }
            None => newest = Some(own),
        }
    }
}

fn is_open(record: &Record) -> bool {
    record.stamp.as_ref().is_some_and(|stamp| !stamp.year_known && !stamp.is_counted)
}

fn count_in(log: &mut [Record]) {
    let direction = direction(log);
    let mut before: Option<&Stamp> = None;
    for stamp in log.iter_mut().filter(|it| is_open(it)).filter_map(|it| it.stamp.as_mut()) {
        let year = before.map_or(stamp.civil.year(), |before| {
            let nearest = stamp.nearest_year(before);
            let step = before.civil_seconds_until(&stamp.in_counted_year(nearest));
            match direction {
                Ordering::Less if step > SET_BACK => nearest.saturating_sub(1),
                Ordering::Greater | Ordering::Equal if step < -SET_BACK => nearest.saturating_add(1),
                _ => nearest,
            }
        });
        *stamp = stamp.in_counted_year(year);
        before = Some(stamp);
    }
}

/// Whether times go forward in most of the short steps of a log, or backward.
pub(super) fn direction(log: &[Record]) -> Ordering {
    let stamps = log.iter().filter(|it| is_open(it)).filter_map(|it| it.stamp.as_ref());
    let mut before: Option<&Stamp> = None;
    let mut steps = 0_i64;
    for stamp in stamps {
        if let Some(before) = before.replace(stamp) {
            let step = before.civil_seconds_until(&stamp.in_counted_year(stamp.nearest_year(before)));
            steps += if step.abs() <= SET_BACK { step.signum() } else { 0 };
        }
    }
    steps.cmp(&0)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::Source;
    use crate::parse::{self, Wanted};

    /// The times of each log in their order, with the years from that of the earliest.
    fn counted(logs: &[&str]) -> String {
        let message = ": %SMART_LIC-3-COMM_FAILED: no answer\n";
        let mut records = Vec::new();
        for (at, log) in logs.iter().enumerate() {
            let lines: Vec<String> = log.split(", ").map(|day| format!("{day} 04:00:00{message}")).collect();
            let source = Arc::new(Source::new(format!("{at}.log"), lines.concat()));
            records.append(&mut parse::captures(&source, &Wanted::default()).remove(0).records);
        }
        count(&mut records);
        let stamps: Vec<&Stamp> = records.iter().map(|it| it.stamp.as_ref().unwrap()).collect();
        let first = stamps.iter().map(|it| it.civil.year()).min().unwrap();
        let spelled =
            stamps.iter().map(|it| format!("{} {}", it.civil.year() - first, it.civil.strftime("%b %e")));
        spelled.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_log_goes_forward() {
        for (log, expected) in [
            ("Jun  8, Jan  1", "0 Jun  8, 1 Jan  1"),
            ("Feb  8, Nov  8, Feb  1", "0 Feb  8, 0 Nov  8, 1 Feb  1"),
            ("Dec 31, Jan  1, Dec 31, Jan  1", "0 Dec 31, 1 Jan  1, 0 Dec 31, 1 Jan  1"),
            ("May  3, May  2, May  3", "0 May  3, 0 May  2, 0 May  3"),
            ("Nov 20, Mar  1, Nov 20", "0 Nov 20, 1 Mar  1, 1 Nov 20"),
            ("Jan  1, Feb 29, Jan  1, Mar  1", "0 Jan  1, 0 Feb 29, 1 Jan  1, 1 Mar  1"),
        ] {
            assert_eq!(counted(&[log]), expected, "{log}");
        }
    }

    #[test]
    fn a_log_may_go_backward() {
        assert_eq!(counted(&["Mar  2, Mar  1, Aug  1, Jul 20"]), "1 Mar  2, 1 Mar  1, 0 Aug  1, 0 Jul 20");
    }

    #[test]
    fn several_logs_end_near_each_other() {
        assert_eq!(counted(&["Feb  1, Nov 20", "Nov  1, Jan  2"]), "0 Feb  1, 0 Nov 20, 0 Nov  1, 1 Jan  2");
        assert_eq!(counted(&["Nov  1, Jan  2", "Feb  1, Nov 20"]), "0 Nov  1, 1 Jan  2, 0 Feb  1, 0 Nov 20");
    }
}
