//! `show processes cpu`: the load, and the processes that make it (DOMAIN 3.4, scenario 37).

use super::{Fields, Sink};
use crate::facts::{Element, Value};
use crate::text::Section;

/// Reads the load line and the rows of the busy processes.
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut rows = None;
    let mut processes: Vec<Element> = Vec::new();
    for line in &section.lines {
        let text = line.trimmed();
        if let Some(load) = text.strip_prefix("CPU utilization for ") {
            load_line(load, line.number, sink);
        } else if text.starts_with("PID ") && text.ends_with("Process") {
            rows = Some(line.number);
        } else if rows.is_some() {
            processes.extend(process(text, line.number, sink));
        }
    }
    if let Some(number) = rows {
        sink.list("cpu.processes", number, processes);
    }
}

/// `five seconds: 12%/2%; one minute: 15%; five minutes: 11%`. IOS XR begins with `one minute`.
fn load_line(text: &str, number: u32, sink: &mut Sink<'_>) {
    for part in text.split(';') {
        let Some((name, value)) = part.split_once(':') else { continue };
        let key = match name.trim() {
            "five seconds" => "cpu.five_seconds",
            "one minute" => "cpu.one_minute",
            "five minutes" => "cpu.five_minutes",
            _ => continue,
        };
        sink.number(key, number, value);
    }
}

/// `345  180000  9000  20000  45.11% 44.00% 40.12%  0 SAGetRUMIds`. An idle process is no fact, and there are hundreds; those of
/// the licensing agent are kept.
fn process(text: &str, number: u32, sink: &Sink<'_>) -> Option<Element> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let pid = words.first().filter(|pid| pid.parse::<u32>().is_ok())?;
    let first = words.iter().position(|word| word.ends_with('%'))?;
    let name = words.get(first + 4..).filter(|name| !name.is_empty())?.join(" ");
    let percent = |at: usize| words.get(first + at)?.split(['.', '%']).next()?.parse::<i64>().ok();
    let loads = [percent(0)?, percent(1)?, percent(2)?];
    if loads.iter().all(|load| *load == 0) && !name.starts_with("SA") {
        return None;
    }
    let mut fields = Fields::default();
    fields.text(sink, "pid", number, pid);
    fields.text(sink, "name", number, &name);
    for (key, load) in ["five_seconds", "one_minute", "five_minutes"].into_iter().zip(loads) {
        fields.add(sink, key, number, Value::Number(load));
    }
    Some(fields.element())
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{facts, read};

    #[test]
    fn load_and_busy_processes() {
        let text = "\
CPU utilization for five seconds: 62%/1%; one minute: 58%; five minutes: 41%
 PID Runtime(ms)     Invoked      uSecs   5Sec   1Min   5Min TTY Process
 345      180000        9000      20000 45.11% 44.00% 30.12%   0 SAGetRUMIds
 346         100          90       1111  0.00%  0.07%  0.01%   0 SAUtilRepSave
   1           5          25        200  0.00%  0.00%  0.00%   0 Chunk Manager
  20        9000         900      10000  0.40%  1.20%  0.90%   0 Crypto IKMP
";
        let wanted = "\
cpu.five_minutes = 41
cpu.five_seconds = 62
cpu.one_minute = 58
cpu.processes = [five_minutes=30 five_seconds=45 name=SAGetRUMIds one_minute=44 pid=345] [five_minutes=0 five_seconds=0 name=SAUtilRepSave one_minute=0 pid=346] [five_minutes=0 five_seconds=0 name=Crypto IKMP one_minute=1 pid=20]
";
        assert_eq!(facts(&read("show processes cpu", text, super::parse)), wanted);
        assert_eq!(facts(&read("show processes cpu", "1 2 3 4.0% 5% 6% 0 x\n", super::parse)), "");
    }
}
