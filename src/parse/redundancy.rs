//! `show switch` and `show redundancy`: stack members and supervisors (DOMAIN 3.4, scenario 24).

use super::{Fields, Sink};
use crate::facts::Element;
use crate::text::Section;

/// Reads the table of `show switch`: `*1  Active  0057.d228.1a00  15  V01  Ready`. The priority and the hardware version are
/// left out of some rows, so the columns are told by their form.
pub fn switch(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut rows = section.lines.iter().skip_while(|line| !is_head(line.trimmed()));
    let Some(head) = rows.next() else { return };
    let members: Vec<Element> = rows.filter_map(|line| member(line.trimmed(), line.number, sink)).collect();
    sink.list("stack.members", head.number, members);
}

fn is_head(text: &str) -> bool {
    text.starts_with("Switch#") && text.contains("Role")
}

const ROLES: &[&str] = &["active", "standby", "member", "master"];

fn member(text: &str, number: u32, sink: &Sink<'_>) -> Option<Element> {
    let mut words = text.trim_start_matches('*').split_whitespace();
    let id = words.next().filter(|id| id.len() <= 2 && id.bytes().all(|byte| byte.is_ascii_digit()))?;
    let role = words.next().filter(|role| ROLES.iter().any(|it| it.eq_ignore_ascii_case(role)))?;
    let mac = words.next()?;
    let mut rest: Vec<&str> = words.collect();
    let mut fields = Fields::default();
    for (name, value) in [("number", id), ("role", role), ("mac", mac)] {
        fields.text(sink, name, number, value);
    }
    if rest.first().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit())) {
        fields.text(sink, "priority", number, rest.remove(0));
    }
    if rest.first().is_some_and(|word| is_hardware_version(word)) {
        rest.remove(0);
    }
    fields.text(sink, "state", number, &rest.join(" "));
    Some(fields.element())
}

/// `V01`, `0`.
fn is_hardware_version(word: &str) -> bool {
    let digits = word.strip_prefix('V').unwrap_or(word);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Fields of `show redundancy` that are facts.
const FIELDS: &[(&str, &str)] = &[
    ("Hardware Mode", "redundancy.hardware_mode"),
    ("Configured Redundancy Mode", "redundancy.configured_mode"),
    ("Operating Redundancy Mode", "redundancy.operating_mode"),
    ("Maintenance Mode", "redundancy.maintenance_mode"),
    ("Communications", "redundancy.communications"),
    ("Last switchover reason", "redundancy.last_switchover_reason"),
];

/// Reads `show redundancy`.
pub fn redundancy(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut is_peer = false;
    for line in &section.lines {
        let text = line.trimmed();
        is_peer |= text.starts_with("Peer Processor Information");
        let Some((name, value)) = text.split_once('=') else { continue };
        let (name, value) = (name.trim(), value.trim());
        if let Some((_, key)) = FIELDS.iter().find(|(printed, _)| *printed == name) {
            sink.text(key, line.number, value);
        } else if name == "Switchovers system experienced" {
            sink.number("redundancy.switchovers", line.number, value);
        } else if name == "Current Software state" && is_peer {
            sink.text("redundancy.peer_state", line.number, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{facts, read};

    #[test]
    fn members_of_a_stack() {
        let text = "\
Switch/Stack Mac Address : 0057.d228.1a00 - Local Mac Address
Mac persistency wait time: Indefinite
                                             H/W   Current
Switch#   Role    Mac Address     Priority Version  State
-------------------------------------------------------------------------------------
*1       Active   0057.d228.1a00     15     V01     Ready
 2       Standby  0057.d228.1b00     14     V01     HA sync in progress
 3       Member   0000.0000.0000     0      0       Removed
 4       Member   0057.d228.1c00     1              V-Mismatch
";
        let wanted = "stack.members = [mac=0057.d228.1a00 number=1 priority=15 role=Active state=Ready] [mac=0057.d228.1b00 number=2 priority=14 role=Standby state=HA sync in progress] [mac=0000.0000.0000 number=3 priority=0 role=Member state=Removed] [mac=0057.d228.1c00 number=4 priority=1 role=Member state=V-Mismatch]\n";
        assert_eq!(facts(&read("show switch", text, super::switch)), wanted);
        assert_eq!(facts(&read("show switch", "1 Active 0057.d228.1a00 Ready\n", super::switch)), "");
    }

    #[test]
    fn supervisors() {
        let text = "\
Redundant System Information :
------------------------------
       Available system uptime = 2 weeks, 1 day
Switchovers system experienced = 3
        Last switchover reason = active unit removed
                 Hardware Mode = Duplex
    Configured Redundancy Mode = sso
     Operating Redundancy Mode = sso
              Maintenance Mode = Disabled
                Communications = Up
Current Processor Information :
        Current Software state = ACTIVE
Peer Processor Information :
        Current Software state = STANDBY HOT
";
        let wanted = "\
redundancy.communications = Up
redundancy.configured_mode = sso
redundancy.hardware_mode = Duplex
redundancy.last_switchover_reason = active unit removed
redundancy.maintenance_mode = Disabled
redundancy.operating_mode = sso
redundancy.peer_state = STANDBY HOT
redundancy.switchovers = 3
";
        assert_eq!(facts(&read("show redundancy", text, super::redundancy)), wanted);
    }
}
