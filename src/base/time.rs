//! Device times. A time is what the device printed: it may lack a year or a zone, and its clock may not be trusted.
//!
//! Two times are compared only where that is safe: both in UTC or with a numeric offset, or both under the same zone label
//! of the same device, or far enough apart that no zone could turn the order round. `IST`, `CST` and the like mean different
//! offsets in different places (DOMAIN 7.2), so a label is never turned into an offset.

use std::cmp::Ordering;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// Seconds of a day.
pub const DAY: i64 = 24 * 60 * 60;
/// No zone on earth is further from another than this many seconds (UTC-12 to UTC+14).
const WIDEST_ZONE_GAP: i64 = 26 * 3600;

/// What the device said about its zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Zone {
    /// Nothing; local time or UTC, which `service timestamps` decides.
    None,
    /// UTC, GMT or a numeric offset, in seconds east of UTC.
    Offset(i32),
    /// A label such as `EST` or `IST`, lower-cased.
    Label(String),
}

/// What the mark before a time says about the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clock {
    /// No mark: set and synchronised, or nothing is known.
    Trusted,
    /// `*`: the clock is not authoritative.
    NotSet,
    /// `.`: authoritative, but not synchronised any more.
    NotSynchronised,
}

/// A point in time as a device wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Date and time of day; the year is only meant where `year_known`.
    pub civil: DateTime,
    /// False for the many log lines without a year.
    pub year_known: bool,
    /// Whether the year of `civil`, which is not known, was counted from those before it in the log: it is as many years from that of
    /// every other counted time of the device as lie between the two.
    pub is_counted: bool,
    /// The zone as printed.
    pub zone: Zone,
    /// The mark before the time.
    pub clock: Clock,
    /// The device's own words, without the mark.
    pub text: String,
}

impl Stamp {
    fn civil_seconds(&self) -> i64 {
        seconds_since_1970(self.civil)
    }

    /// Milliseconds since 1970-01-01 UTC; `None` where year or offset is not known.
    pub fn epoch_ms(&self) -> Option<i64> {
        let Zone::Offset(east) = self.zone else { return None };
        self.year_known.then(|| {
            (self.civil_seconds() - i64::from(east)) * 1000 + i64::from(self.civil.time().millisecond())
        })
    }

    /// `Jan 01 1970`, which devices print for "not set" (DOMAIN 1.4).
    pub fn is_unset_sentinel(&self) -> bool {
        self.year_known && self.civil.year() == 1970
    }

    /// The same time with the year filled in: the latest that is not more than a day after `now`.
    #[must_use]
    pub fn with_year_before(&self, now: &Self) -> Self {
        self.with_year_until(now, DAY)
    }

    /// The same time with the year filled in: the latest that is not more than `ahead` seconds after `known`.
    #[must_use]
    pub fn with_year_until(&self, known: &Self, ahead: i64) -> Self {
        if self.year_known || !known.year_known {
            return self.clone();
        }
        // Nine years back: a February 29 may have to go past a year such as 2100 that is no leap year.
        let latest = known.civil_seconds() + ahead;
        let next = known.civil.year().saturating_add(1);
        let civil = (0..10)
            .filter_map(|back| self.civil.with().year(next.saturating_sub(back)).build().ok())
            .find(|civil| seconds_since_1970(*civil) <= latest);
        civil.map_or_else(|| self.clone(), |civil| Self { civil, year_known: true, ..self.clone() })
    }

    /// Seconds from `self` to `other`; negative when `other` is earlier; `None` where that cannot be said.
    pub fn seconds_until(&self, other: &Self) -> Option<i64> {
        let gap = self.civil_gap(other);
        match (&self.zone, &other.zone) {
            (Zone::Offset(a), Zone::Offset(b)) => Some(gap + i64::from(*a) - i64::from(*b)),
            (Zone::Label(a), Zone::Label(b)) if a == b => Some(gap),
            (Zone::None, Zone::None) => Some(gap),
            _ if gap.abs() > WIDEST_ZONE_GAP => Some(gap),
            _ => None,
        }
    }

    fn civil_gap(&self, other: &Self) -> i64 {
        if (self.year_known && other.year_known) || (self.is_counted && other.is_counted) {
            return self.civil_seconds_until(other);
        }
        // Without a year the nearer of the two ways round the calendar is meant: the one whose year is not known is put
        // into the year of the other, the year before and the year after.
        let (fixed, floating, sign) = if self.year_known { (self, other, 1) } else { (other, self, -1) };
        let civil = in_year(floating.civil, floating.nearest_year(fixed));
        sign * (seconds_since_1970(civil) - fixed.civil_seconds())
    }

    /// Seconds from `self` to `other` as both are written, whatever their zones.
    pub fn civil_seconds_until(&self, other: &Self) -> i64 {
        other.civil_seconds() - self.civil_seconds()
    }

    /// The year that puts this time, of which it is not known, nearest to another.
    pub fn nearest_year(&self, to: &Self) -> i16 {
        let (year, fixed) = (to.civil.year(), to.civil_seconds());
        let distance = |year: i16| (seconds_since_1970(in_year(self.civil, year)) - fixed).abs();
        // Nothing of another year is nearer than what is less than half a year away.
        if distance(year) <= 182 * DAY {
            return year;
        }
        let years = [year, year.saturating_sub(1), year.saturating_add(1)];
        years.into_iter().min_by_key(|year| distance(*year)).unwrap_or(year)
    }

    /// The same time in a year that was counted, not printed.
    #[must_use]
    pub fn in_counted_year(&self, year: i16) -> Self {
        Self { civil: in_year(self.civil, year), is_counted: true, ..self.clone() }
    }

    /// Whether `self` is before, at or after `other`; `None` where that cannot be said.
    /// Within one second the fraction decides, where both have one: a show output prints none.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        let fraction = |stamp: &Self| stamp.civil.time().subsec_nanosecond();
        let (this, that) = (fraction(self), fraction(other));
        match self.seconds_until(other)? {
            0 if this != 0 && that != 0 => Some(this.cmp(&that)),
            seconds => Some(0.cmp(&seconds)),
        }
    }

    /// Milliseconds to sort times of several devices by, for a reader: where no zone is known they are a day off at most.
    /// `None` without a year, which would be a guess.
    pub fn rough_ms(&self) -> Option<i64> {
        let civil = || self.civil_seconds() * 1000 + i64::from(self.civil.time().millisecond());
        self.epoch_ms().or_else(|| self.year_known.then(civil))
    }

    /// RFC 3339 where year and offset are known, else the device's own words.
    pub fn to_json_text(&self) -> String {
        let Zone::Offset(east) = self.zone else { return self.text.clone() };
        if !self.year_known {
            return self.text.clone();
        }
        let suffix = match east {
            0 => "Z".to_owned(),
            _ => format!(
                "{}{:02}:{:02}",
                if east < 0 { '-' } else { '+' },
                east.abs() / 3600,
                east.abs() / 60 % 60
            ),
        };
        let time = self.civil.time();
        let fraction = match time.millisecond() {
            0 => String::new(),
            ms => format!(".{ms:03}"),
        };
        format!(
            "{}T{:02}:{:02}:{:02}{fraction}{suffix}",
            self.civil.date(),
            time.hour(),
            time.minute(),
            time.second()
        )
    }
}

/// The same month, day and time in another year. A leap day may have to move; out of the calendar it stays where it is.
fn in_year(civil: DateTime, year: i16) -> DateTime {
    let date = |day| Date::new(year, civil.month(), day);
    let moved = date(civil.day()).or_else(|_| date(28));
    moved.map_or(civil, |date| date.to_datetime(civil.time()))
}

/// Seconds since 1970-01-01 of a civil time, as if it were UTC.
fn seconds_since_1970(civil: DateTime) -> i64 {
    jiff::tz::Offset::UTC.to_timestamp(civil).map_or(0, jiff::Timestamp::as_second)
}

/// Reads a span of time as rules write it: a number and `s`, `m`, `h` or `d`. Returns seconds.
pub fn seconds_of(text: &str) -> Option<i64> {
    let text = text.trim();
    let unit = text.chars().last()?;
    let number: i64 = text.strip_suffix(unit)?.trim().parse().ok()?;
    let factor = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return None,
    };
    number.checked_mul(factor)
}

/// Writes seconds in the largest unit that fits, for people: `3 days`, `2 hours`, `14 minutes`.
pub fn spell_seconds(seconds: i64) -> String {
    let size = seconds.unsigned_abs();
    let (count, unit) = match size {
        0..=119 => (size, "second"),
        120..=7199 => (size / 60, "minute"),
        7200..=172_799 => (size / 3600, "hour"),
        _ => (size / 86_400, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// A UTC time from milliseconds since 1970, such as the device date in "The device date '1526135268653' is offset …".
pub fn from_epoch_ms(ms: i64) -> Option<Stamp> {
    let timestamp = jiff::Timestamp::from_millisecond(ms).ok()?;
    let civil = jiff::tz::Offset::UTC.to_datetime(timestamp);
    let text = format!("{} UTC", civil.strftime("%Y-%m-%d %H:%M:%S"));
    Some(Stamp {
        civil,
        year_known: true,
        is_counted: false,
        zone: Zone::Offset(0),
        clock: Clock::Trusted,
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, year_known: bool, zone: Zone) -> Stamp {
        Stamp {
            civil: text.parse().unwrap(),
            year_known,
            is_counted: false,
            zone,
            clock: Clock::Trusted,
            text: text.into(),
        }
    }

    #[test]
    fn a_label_compares_with_itself_only() {
        let ist = at("2024-03-01T10:00:00", true, Zone::Label("ist".into()));
        let cst = at("2024-03-01T12:00:00", true, Zone::Label("cst".into()));
        assert_eq!(ist.seconds_until(&cst), None);
        assert_eq!(ist.seconds_until(&at("2024-03-01T10:01:00", true, Zone::Label("ist".into()))), Some(60));
        assert!(ist.seconds_until(&at("2024-05-01T10:00:00", true, Zone::Label("cst".into()))).is_some());
    }

    #[test]
    fn a_year_is_the_latest_that_is_not_after_now() {
        let now = at("2024-01-05T00:00:00", true, Zone::Offset(0));
        let december = at("2000-12-30T00:00:00", false, Zone::Offset(0));
        assert_eq!(december.with_year_before(&now).civil.year(), 2023);
        assert_eq!(at("2000-01-04T00:00:00", false, Zone::None).with_year_before(&now).civil.year(), 2024);
        let eve = at("2023-12-31T12:00:00", true, Zone::None);
        let [soon, later] =
            ["2000-01-01T10:00:00", "2000-02-20T00:00:00"].map(|it| at(it, false, Zone::None));
        assert_eq!(soon.with_year_before(&eve).civil.year(), 2024);
        assert_eq!(later.with_year_before(&eve).civil.year(), 2023);
        assert_eq!(later.with_year_until(&eve, 90 * DAY).civil.year(), 2024);
    }

    #[test]
    fn a_leap_day_goes_to_the_last_leap_year() {
        let leap_day = at("2000-02-29T00:00:00", false, Zone::None);
        for now in ["2024-01-05T00:00:00", "2023-06-01T00:00:00", "2021-01-01T00:00:00"] {
            let dated = leap_day.with_year_before(&at(now, true, Zone::None));
            assert_eq!((dated.civil.year(), dated.year_known), (2020, true), "{now}");
        }
    }

    #[test]
    fn new_year_is_minutes_away_not_a_year() {
        let eve = at("2000-12-31T23:59:00", false, Zone::None);
        let morning = at("2000-01-01T00:01:00", false, Zone::None);
        assert_eq!(eve.seconds_until(&morning), Some(120));
        assert_eq!(morning.seconds_until(&eve), Some(-120));
        let dated = at("2024-01-01T00:01:00", true, Zone::None);
        assert_eq!(eve.seconds_until(&dated), Some(120));
        assert_eq!(dated.seconds_until(&eve), Some(-120));
    }

    #[test]
    fn rfc3339_only_with_year_and_offset() {
        assert_eq!(
            at("2024-03-01T10:00:00", true, Zone::Offset(-5400)).to_json_text(),
            "2024-03-01T10:00:00-01:30"
        );
        assert_eq!(
            at("2024-03-01T10:00:00", true, Zone::Label("est".into())).to_json_text(),
            "2024-03-01T10:00:00"
        );
        assert_eq!(from_epoch_ms(1_526_135_268_653).unwrap().to_json_text(), "2018-05-12T14:27:48.653Z");
    }
}
