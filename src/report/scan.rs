//! `sldiag scan`: one line a device, then the fleet: which cause on which devices, worst first, with its commands; then totals.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Certainty, Era, Severity, Stamp, State, StepState};
use crate::diagnose::finding::{Device, Diagnosis, Finding, FleetEntry};
use crate::report::Style;
use crate::report::text::{
    Page, Tone, clean, clip, clip_start, label, label_of, name, plural, problems, were, width,
};

/// Columns of a device's name; longer ones are clipped.
const WIDEST_NAME: usize = 32;
/// Columns of a table that has room for times of day, and for when a problem was seen last.
const ROOMY: usize = 100;
/// Devices that are named with a cause, and problems that are listed, unless more detail is asked for.
const FEW: usize = 10;

/// The batch view, ending in a line end.
pub fn render(diagnosis: &Diagnosis, style: &Style) -> String {
    let mut page = Page::new(style);
    if diagnosis.devices.is_empty() {
        nothing(&mut page, diagnosis);
    } else {
        table(&mut page, diagnosis, style);
        fleet(&mut page, diagnosis);
    }
    few_problems(&mut page, diagnosis);
    totals(&mut page, diagnosis);
    page.finish()
}

fn nothing(page: &mut Page<'_>, diagnosis: &Diagnosis) {
    let text = match diagnosis.left_out {
        0 => "Nothing was recognised as licensing data.".to_owned(),
        n => format!("No device of this name: {} left out by --device.", were(n, "device")),
    };
    page.paragraph(0, Tone::Strong, &text);
}

/// How a device is, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Health {
    /// Its worst active finding, and whether that is proved.
    Active(Reverse<(Severity, Certainty)>),
    /// Findings, none of which is active.
    Recovered,
    /// Only findings that were not asked for.
    NotShown,
    /// No rule could decide: "ok" would be a guess.
    Unclear,
    /// Nothing found.
    Good,
}

impl Health {
    fn of(device: &Device) -> Self {
        if let Some(worst) = device.active().map(|it| (it.severity, it.certainty)).max() {
            return Self::Active(Reverse(worst));
        }
        match device.coverage.not_matched {
            _ if !device.findings.is_empty() => Self::Recovered,
            _ if device.left_out > 0 => Self::NotShown,
            0 if !device.coverage.undecided.is_empty() => Self::Unclear,
            _ => Self::Good,
        }
    }

    /// `error`, without regard to how sure it is.
    fn name(self) -> &'static str {
        match self {
            Self::Active(Reverse((severity, _))) => severity.name(),
            Self::Recovered => "recovered",
            Self::NotShown => "not shown",
            Self::Unclear => "unclear",
            Self::Good => "ok",
        }
    }

    /// `error?` where nothing of it is proved.
    fn word(self) -> String {
        let doubt = if matches!(self, Self::Active(Reverse((_, Certainty::Possible)))) { "?" } else { "" };
        format!("{}{doubt}", self.name())
    }

    fn tone(self) -> Tone {
        match self {
            Self::Active(Reverse((severity, _))) => Tone::of(severity),
            Self::Recovered | Self::Good => Tone::Good,
            Self::NotShown => Tone::Plain,
            Self::Unclear => Tone::Uneasy,
        }
    }
}

/// One line of the table.
struct Row {
    name: String,
    era: &'static str,
    health: Health,
    since: String,
    last: String,
    cause: String,
}

fn table(page: &mut Page<'_>, diagnosis: &Diagnosis, style: &Style) {
    let is_roomy = style.table >= ROOMY;
    let shared = shared_names(&diagnosis.devices);
    let mut rows: Vec<Row> =
        diagnosis.devices.iter().map(|device| row(page, device, is_roomy, &shared)).collect();
    rows.sort_by_key(|row| row.health);
    let widest = |cells: &dyn Fn(&Row) -> usize, heading: &str| {
        rows.iter().map(cells).max().unwrap_or_default().max(heading.len())
    };
    let name = widest(&|row| width(&row.name), "DEVICE");
    let era = widest(&|row| row.era.len(), "ERA");
    let state = widest(&|row| row.health.word().len(), "STATE");
    // Nothing that was found has a time: no columns for it.
    let is_timed = rows.iter().any(|row| !row.since.is_empty());
    let since = if is_timed { widest(&|row| row.since.len(), "SINCE") } else { 0 };
    let last = if is_timed && is_roomy { widest(&|row| row.last.len(), "LAST") } else { 0 };
    let cells = |name_: &str, era_: &str, since_: &str, last_: &str, state_: &str| {
        let pad = |text: &str, columns: usize| match columns {
            0 => String::new(),
            _ => format!("{text}{}  ", " ".repeat(columns.saturating_sub(width(text)))),
        };
        let before = pad(name_, name) + &pad(era_, era);
        (before, pad(state_, state), pad(since_, since) + &pad(last_, last))
    };
    let (before, state, after) = cells("DEVICE", "ERA", "SINCE", "LAST", "STATE");
    page.line(0, &[(Tone::Strong, &format!("{before}{state}{after}CAUSE"))]);
    for row in &rows {
        let (before, state, after) = cells(&row.name, row.era, &row.since, &row.last, &row.health.word());
        let used = width(&before) + width(&state) + width(&after);
        let cause = clip(&row.cause, style.table.saturating_sub(used).max(20), page.more());
        let tone = row.health.tone();
        page.line(0, &[(Tone::Plain, &before), (tone, &state), (Tone::Plain, &after), (Tone::Plain, &cause)]);
    }
}

/// The names that several devices have: their serial numbers tell them apart.
fn shared_names(devices: &[Device]) -> BTreeSet<&str> {
    let mut seen = BTreeSet::new();
    devices
        .iter()
        .filter_map(|device| device.hostname.as_deref())
        .filter(|name| !seen.insert(*name))
        .collect()
}

fn row(page: &Page<'_>, device: &Device, is_roomy: bool, shared: &BTreeSet<&str>) -> Row {
    let health = Health::of(device);
    let leading = leading(device);
    let time = |stamp: Option<&Stamp>| stamp.map(|it| short_time(it, is_roomy)).unwrap_or_default();
    Row {
        name: shown_name(page, device, shared),
        era: if device.era == Era::Unknown { "-" } else { device.era.name() },
        health,
        since: time(leading.and_then(|it| it.first.as_ref())),
        last: time(leading.and_then(|it| it.last.as_ref())),
        cause: clean(&cause_words(device, leading)),
    }
}

/// Of an input that stands for a device the end tells more than the beginning.
fn shown_name(page: &Page<'_>, device: &Device, shared: &BTreeSet<&str>) -> String {
    let name = clean(name(device));
    if let (Some(host), Some(serial)) = (&device.hostname, &device.serial)
        && shared.contains(host.as_str())
    {
        return clip(&format!("{name} {}", clean(serial)), WIDEST_NAME, page.more());
    }
    if device.hostname.is_none() && device.serial.is_none() {
        return clip_start(&name, WIDEST_NAME, page.more());
    }
    clip(&name, WIDEST_NAME, page.more())
}

/// Findings come with the cause first: it leads even where its consequence is worse. Where none is active, the first of those
/// that were.
fn leading(device: &Device) -> Option<&Finding> {
    let fault = device.active().find(|it| it.severity >= Severity::Warning);
    fault.or_else(|| device.active().max_by_key(|it| (it.severity, it.certainty))).or(device.findings.first())
}

/// The leading rule with the number of the others, or what "nothing" rests on.
fn cause_words(device: &Device, leading: Option<&Finding>) -> String {
    let recovered = device.findings.iter().filter(|it| it.state == State::Recovered).count();
    let mut words = Vec::new();
    if let Some(leading) = leading {
        let alike = device.findings.iter().filter(|it| it.state == leading.state).count();
        let more = if alike > 1 { format!(" (+{})", alike - 1) } else { String::new() };
        words.push(format!("{}{more}", label_of(leading)));
        if leading.state == State::Active && recovered > 0 {
            words.push(format!("{recovered} recovered"));
        }
    } else if device.left_out == 0 {
        words.push("nothing found".to_owned());
        let undecided = device.coverage.undecided.len();
        words.extend((undecided > 0).then(|| format!("{} undecided", plural(undecided, "rule"))));
    }
    words.extend((device.left_out > 0).then(|| format!("{} left out", plural(device.left_out, "finding"))));
    words.join(", ")
}

/// A time for a table, in the device's own clock: without seconds, and without the time of day where there is no room.
fn short_time(stamp: &Stamp, with_time_of_day: bool) -> String {
    let date = if stamp.year_known { "%Y-%m-%d" } else { "%b %d" };
    let format = if with_time_of_day { format!("{date} %H:%M") } else { date.to_owned() };
    stamp.civil.strftime(&format).to_string()
}

fn fleet(page: &mut Page<'_>, diagnosis: &Diagnosis) {
    if diagnosis.fleet.is_empty() {
        return;
    }
    let mut findings: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in diagnosis.devices.iter().flat_map(Device::active) {
        findings.entry(&finding.rule).or_default().push(finding);
    }
    page.gap();
    page.line(0, &[(Tone::Strong, "Causes, worst first")]);
    for entry in &diagnosis.fleet {
        cause(page, entry, findings.get(&*entry.rule).map_or(&[], Vec::as_slice));
    }
}

fn cause(page: &mut Page<'_>, entry: &FleetEntry, findings: &[&Finding]) {
    let count = entry.devices.len();
    let named = if page.is_detailed() || count <= FEW + 1 { count } else { FEW };
    let names = entry.devices.iter().take(named).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = if named < count { format!(" and {} more", count - named) } else { String::new() };
    let text =
        format!("{} on {}: {names}{more}", label(entry.scenario, &entry.rule), plural(count, "device"));
    page.hanging(0, (Tone::of(entry.severity), entry.severity.name()), Tone::Plain, &text);
    page.paragraph(4, Tone::Plain, &entry.title);
    let time = |stamp: Option<&Stamp>, text: &Option<String>| {
        stamp.map(|it| short_time(it, true)).or_else(|| text.clone())
    };
    match (time(entry.first.as_ref(), &entry.first_seen), time(entry.last.as_ref(), &entry.last_seen)) {
        (Some(first), Some(last)) if first == last => {
            page.paragraph(4, Tone::Faint, &format!("at {first}"));
        }
        (Some(first), Some(last)) => page.paragraph(4, Tone::Faint, &format!("first {first}, last {last}")),
        (Some(only), None) | (None, Some(only)) => page.paragraph(4, Tone::Faint, &format!("at {only}")),
        (None, None) => {}
    }
    for command in &entry.commands {
        page.command(6, command);
    }
    remedy(page, entry, findings);
}

/// What else there is to say about how to fix it.
fn remedy(page: &mut Page<'_>, entry: &FleetEntry, findings: &[&Finding]) {
    if entry.commands.is_empty() {
        let mut steps = findings.iter().flat_map(|it| &it.next_steps);
        if let Some(step) = steps.find(|it| it.state != StepState::Done) {
            page.paragraph(6, Tone::Plain, &step.text);
        }
        return;
    }
    let lists = findings.iter().map(|it| it.open_commands());
    let others = lists.filter(|it| !it.is_empty() && *it != entry.commands).count();
    if others > 0 {
        let text = format!(
            "{} other commands or values: sldiag analyze shows those of each device",
            if others == 1 { "1 device needs".to_owned() } else { format!("{others} devices need") }
        );
        page.paragraph(4, Tone::Faint, &text);
    }
}

fn few_problems(page: &mut Page<'_>, diagnosis: &Diagnosis) {
    let all = &diagnosis.problems;
    let shown = if page.is_detailed() || all.len() <= FEW + 1 { all.len() } else { FEW };
    problems(page, all.get(..shown).unwrap_or(all));
    if shown < all.len() {
        page.paragraph(2, Tone::Plain, &format!("and {} more; -v lists all", all.len() - shown));
    }
}

/// `12 inputs, 48.2 KiB; 4 devices: 1 error, 3 ok; 1 problem`.
fn totals(page: &mut Page<'_>, diagnosis: &Diagnosis) {
    let bytes: u64 = diagnosis.inputs.iter().map(|it| it.bytes).sum();
    let mut healths: Vec<Health> = diagnosis.devices.iter().map(Health::of).collect();
    healths.sort();
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for name in healths.iter().map(|it| it.name()) {
        match counts.last_mut() {
            Some((last, count)) if *last == name => *count += 1,
            _ => counts.push((name, 1)),
        }
    }
    let counts: Vec<String> = counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
    let mut parts = vec![format!("{}, {}", plural(diagnosis.inputs.len(), "input"), size(bytes))];
    let devices = plural(diagnosis.devices.len(), "device");
    parts.push(if counts.is_empty() { devices } else { format!("{devices}: {}", counts.join(", ")) });
    parts.push(plural(diagnosis.problems.len(), "problem"));
    page.gap();
    page.paragraph(0, Tone::Strong, &parts.join("; "));
}

/// Bytes with three digits or so.
#[expect(clippy::cast_precision_loss, reason = "one digit behind the point is shown")]
fn size(bytes: u64) -> String {
    let mut size = bytes as f64;
    let mut unit = "bytes";
    for next in ["KiB", "MiB", "GiB", "TiB"] {
        if size < 1024.0 {
            break;
        }
        size /= 1024.0;
        unit = next;
    }
    if unit == "bytes" {
        plural(usize::try_from(bytes).unwrap_or(usize::MAX), "byte")
    } else {
        format!("{size:.1} {unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::{render, size};
    use crate::base::{Clock, Problem, Severity, Stamp, Zone};
    use crate::diagnose::finding::FleetEntry;
    use crate::report::{Style, sample};

    #[test]
    fn devices_then_causes() {
        let text = render(&sample::fleet(), &Style::default());
        snapbox::assert_data_eq!(text, snapbox::file!["text/snapshots/scan.txt"].raw());
    }

    #[test]
    fn nothing_read_is_said() {
        let text = render(&sample::nothing_read(), &Style::default());
        assert_eq!(
            text,
            "Nothing was recognised as licensing data.\n\n0 inputs, 0 bytes; 0 devices; 0 problems\n"
        );
        let mut left_out = sample::nothing_read();
        left_out.left_out = 2;
        let text = render(&left_out, &Style::default());
        assert!(text.starts_with("No device of this name: 2 devices were left out by --device.\n"), "{text}");
    }

    fn at(text: &str) -> Stamp {
        let civil = text.parse().unwrap();
        Stamp {
            civil,
            year_known: true,
            is_counted: false,
            zone: Zone::None,
            clock: Clock::Trusted,
            text: text.into(),
        }
    }

    #[test]
    fn a_narrow_terminal_has_dates_only() {
        let mut diagnosis = sample::fleet();
        let lead = &mut diagnosis.devices[0].findings[0];
        (lead.first, lead.last) = (Some(at("2018-11-11T17:55:46")), Some(at("2018-11-12T18:12:17")));
        let line = |table| {
            let text = render(&diagnosis, &Style { table, ..Style::default() });
            text.lines().nth(1).unwrap().to_owned()
        };
        assert_eq!(
            line(120),
            "sw1     classic  error     2018-11-11 17:55  2018-11-12 18:12  #3 clock-offset (+1)"
        );
        assert_eq!(line(80), "sw1     classic  error     2018-11-11  #3 clock-offset (+1)");
    }

    #[test]
    fn a_thousand_devices_stay_readable() {
        let mut diagnosis = sample::fleet();
        let sick = diagnosis.devices[0].clone();
        let named = |number: usize| Some(format!("sw{number:04}"));
        diagnosis.devices = (0..1000)
            .map(|it| crate::diagnose::finding::Device { hostname: named(it), ..sick.clone() })
            .collect();
        diagnosis.fleet =
            vec![FleetEntry { devices: (0..1000).filter_map(named).collect(), ..diagnosis.fleet[0].clone() }];
        diagnosis.problems =
            (0..50).map(|it| Problem::of_input("input::empty", &format!("f{it:02}"), "is empty")).collect();
        let text = render(&diagnosis, &Style::default());
        assert!(text.lines().all(|line| line.len() <= 120), "{text}");
        let after: Vec<&str> = text.lines().skip(1001).collect();
        assert!(after.len() < 40, "{}", after.join("\n"));
        assert!(
            text.contains("sw0009 and 990 more\n") && text.contains("and 40 more; -v lists all"),
            "{text}"
        );
        assert!(text.contains("1000 devices: 1000 error; 50 problems\n"), "{text}");
    }

    #[test]
    fn what_the_filters_leave_out_is_not_called_healthy() {
        let mut diagnosis = sample::fleet();
        diagnosis.devices.truncate(1);
        crate::diagnose::select::leave_out_below(Severity::Error, &mut diagnosis.devices);
        diagnosis.devices[0].left_out = diagnosis.devices[0].findings.drain(..).count();
        diagnosis.add_up();
        let text = render(&diagnosis, &Style::default());
        assert!(text.contains("sw1     classic  not shown  2 findings left out\n"), "{text}");
        assert!(text.contains("1 device: 1 not shown"), "{text}");
    }

    #[test]
    fn sizes() {
        for (bytes, words) in [(1, "1 byte"), (1023, "1023 bytes"), (1536, "1.5 KiB"), (5 << 30, "5.0 GiB")] {
            assert_eq!(size(bytes), words);
        }
    }
}
