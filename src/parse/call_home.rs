//! `show call-home`, `show call-home profile all` and `show call-home smart-licensing`, in the words of old and new releases
//! (`HTTP address(es):`, `HTTP  address:`; DOMAIN 4.1).

mod statistics;

pub use statistics::statistics;

use super::{Fields, Sink, destination};
use crate::facts::{Element, Value};
use crate::text::Section;

/// What the walk carries from line to line.
#[derive(Default)]
struct Walk {
    open: Option<Fields>,
    profiles: Vec<Element>,
    first: u32,
    /// The address field of the last line: continuation addresses stand below it, deeply indented.
    address: Option<(&'static str, u32, String)>,
}

/// Reads the output.
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut walk = Walk::default();
    for line in &section.lines {
        walk.line(line.trimmed(), line.number, sink);
    }
    walk.finish(sink);
}

/// `Key: value`, the key in lower case with single blanks and without `(s)` and `(es)`.
fn field(text: &str) -> Option<(String, &str)> {
    let (key, value) = text.split_once(':')?;
    let key = key.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
    Some((key.replace("(es)", "").replace("(s)", ""), value.trim()))
}

impl Walk {
    fn line(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) {
        if self.continues(text) {
            return;
        }
        self.end_address(sink);
        let Some((key, value)) = field(text) else { return };
        if key == "profile name" {
            self.close();
            self.open = Some(Fields::default());
            self.put("name", number, value, sink);
            if self.first == 0 {
                self.first = number;
            }
        } else if self.open.is_some() {
            self.profile(&key, value, number, sink);
        } else {
            setting(&key, value, number, sink);
        }
    }

    /// `Shisihir@example.org` below `Email address(es): …`; a URL has a colon, but no field begins like one.
    fn continues(&mut self, text: &str) -> bool {
        let Some((_, _, addresses)) = &mut self.address else { return false };
        let is_url = text.starts_with("http:") || text.starts_with("https:");
        let is_address = is_url || (text.contains('@') && !text.contains(char::is_whitespace));
        if is_address {
            addresses.push_str(", ");
            addresses.push_str(text);
        }
        is_address
    }

    fn end_address(&mut self, sink: &Sink<'_>) {
        if let Some((name, number, addresses)) = self.address.take() {
            self.put(name, number, &addresses, sink);
        }
    }

    fn put(&mut self, name: &str, number: u32, value: &str, sink: &Sink<'_>) {
        if let Some(fields) = self.open.as_mut().filter(|_| !is_unset(value)) {
            fields.text(sink, name, number, value);
        }
    }

    fn profile(&mut self, key: &str, value: &str, number: u32, sink: &mut Sink<'_>) {
        let name = match key {
            "profile status" => "status",
            "transport method" => "transport",
            "http address" => return self.address = Some(("http_address", number, value.to_owned())),
            "email address" => return self.address = Some(("email_address", number, value.to_owned())),
            "other address" => return self.address = Some(("other_address", number, value.to_owned())),
            "reporting data" => {
                let reports = value.to_ascii_lowercase().contains("smart licensing");
                if let Some(fields) = &mut self.open {
                    fields.add(sink, "reports_licensing", number, Value::Bool(reports));
                }
                "reporting"
            }
            _ => return setting(key, value, number, sink),
        };
        self.put(name, number, value, sink);
    }

    fn close(&mut self) {
        if let Some(fields) = self.open.take() {
            self.profiles.push(fields.element());
        }
    }

    fn finish(mut self, sink: &mut Sink<'_>) {
        self.end_address(sink);
        self.close();
        for profile in self.profiles.iter().filter(|it| carries_licensing(it)) {
            licensing_profile(profile, sink);
        }
        if self.first > 0 {
            sink.list("call_home.profiles", self.first, self.profiles);
        }
    }
}

/// A setting that is not set is printed as `Not yet set up`, a default of some as `default`.
fn is_unset(value: &str) -> bool {
    value.eq_ignore_ascii_case("Not yet set up")
}

fn carries_licensing(profile: &Element) -> bool {
    let is_active = profile.text("status").is_some_and(|status| status.eq_ignore_ascii_case("ACTIVE"));
    let reports = profile.get("reports_licensing").map(|it| &it.value);
    is_active && reports == Some(&Value::Bool(true))
}

/// The profile that licensing messages would go through. Whether they do is for the transport to say, so this is weak.
fn licensing_profile(profile: &Element, sink: &mut Sink<'_>) {
    let mut sink = sink.weak();
    for (field, key) in
        [("name", "call_home.licensing_profile"), ("status", "call_home.licensing_profile_status")]
    {
        if let (Some(value), Some(reading)) = (profile.text(field), profile.get(field)) {
            sink.text(key, reading.place.line, value);
        }
    }
    if let (Some(urls), Some(reading)) = (profile.text("http_address"), profile.get("http_address")) {
        let first = urls.split(", ").next().unwrap_or_default();
        destination::destination(&mut sink, reading.place.line, first);
    }
}

/// A line outside the profiles.
fn setting(key: &str, value: &str, number: u32, sink: &mut Sink<'_>) {
    let is_on = value.to_ascii_lowercase().starts_with("enable");
    match key {
        "call home feature" => {
            sink.text("call_home.feature", number, value);
            sink.flag("call_home.enabled", number, is_on);
        }
        "smart licensing messages" | "smart-license messages" | "smart-licensing messages" => {
            sink.flag("call_home.smart_licensing", number, is_on);
        }
        "server identity check" => sink.flag("call_home.identity_check", number, is_on),
        _ if is_unset(value) => {}
        "vrf for call-home messages" => sink.text("call_home.vrf", number, value),
        "source interface" => sink.text("call_home.source_interface", number, value),
        "http proxy" => sink.text("call_home.http_proxy", number, value),
        "http resolve-hostname" => sink.text("call_home.resolve_hostname", number, value),
        "profile" => named_profile(value, number, sink),
        "destination url" => destination::destination(&mut sink.weak(), number, value),
        _ => {}
    }
}

/// `CiscoTAC-1 (status: ACTIVE)` of `show call-home smart-licensing`; `show call-home` prints every profile so, whatever it carries.
fn named_profile(value: &str, number: u32, sink: &mut Sink<'_>) {
    let is_licensing = sink.command() == "show call-home smart-licensing";
    let Some((name, status)) = value.split_once(" (status:").filter(|_| is_licensing) else { return };
    sink.text("call_home.licensing_profile", number, name);
    sink.text("call_home.licensing_profile_status", number, status.trim_end_matches(')'));
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{facts, read};

    #[test]
    fn profiles_of_old_and_new_releases() {
        let text = "\
Profile Name: CiscoTAC-1
    Profile status: INACTIVE
    Reporting Data: Smart Call Home, Smart Licensing
    Transport Method: email
    Email address(es): first@example.org
                       second@example.org
    Other address(es): default

    Periodic inventory info message is scheduled daily at 00:00

Profile Name: ssm
    Profile status: ACTIVE
    Reporting Data: Smart Licensing
    Transport Method: http
    HTTP  address: https://ssm.lab/Transportgateway/services/DeviceRequestHandler
                   https://ssm2.lab/Transportgateway/services/DeviceRequestHandler
Profile Name: plain
    Profile status: ACTIVE
    Reporting Data: Smart Call Home
    Email address(es): Not yet set up
    HTTP address(es): https://tools.cisco.com/its/service/oddce/services/DDCEService
";
        let wanted = "\
call_home.licensing_profile = ssm
call_home.licensing_profile_status = ACTIVE
call_home.profiles = [email_address=first@example.org, second@example.org name=CiscoTAC-1 other_address=default reporting=Smart Call Home, Smart Licensing reports_licensing=true status=INACTIVE transport=email] [http_address=https://ssm.lab/Transportgateway/services/DeviceRequestHandler, https://ssm2.lab/Transportgateway/services/DeviceRequestHandler name=ssm reporting=Smart Licensing reports_licensing=true status=ACTIVE transport=http] [http_address=https://tools.cisco.com/its/service/oddce/services/DDCEService name=plain reporting=Smart Call Home reports_licensing=false status=ACTIVE]
license.destination.host = ssm.lab
license.destination.host_is_address = false
license.destination.kind = onprem-callhome
license.destination.url = https://ssm.lab/Transportgateway/services/DeviceRequestHandler
";
        assert_eq!(facts(&read("show call-home profile all", text, super::parse)), wanted);
    }

    #[test]
    fn settings() {
        let text = "\
Current call home settings:
    call home feature : enable
    vrf for call-home messages: Mgmt-vrf
    source interface: Vlan10
    contact person's email address: sch-smart-licensing@cisco.com
    http proxy: Not yet set up
    http secure:
      server identity check: enabled
    http resolve-hostname: default
    Smart licensing messages: disabled
    Profile: CiscoTAC-1 (status: INACTIVE)
";
        let wanted = "\
call_home.enabled = true
call_home.feature = enable
call_home.identity_check = true
call_home.resolve_hostname = default
call_home.smart_licensing = false
call_home.source_interface = Vlan10
call_home.vrf = Mgmt-vrf
";
        assert_eq!(facts(&read("show call-home", text, super::parse)), wanted);
    }

    #[test]
    fn licensing_transport_settings() {
        let text = "\
Current smart-licensing transport settings:
 Smart-license messages: enabled
 Profile: ssm (status: ACTIVE)
 Destination  URL(s):  https://192.0.2.9/Transportgateway/services/DeviceRequestHandler
";
        let wanted = "\
call_home.licensing_profile = ssm
call_home.licensing_profile_status = ACTIVE
call_home.smart_licensing = true
license.destination.host = 192.0.2.9
license.destination.host_is_address = true
license.destination.kind = onprem-callhome
license.destination.url = https://192.0.2.9/Transportgateway/services/DeviceRequestHandler
";
        assert_eq!(facts(&read("show call-home smart-licensing", text, super::parse)), wanted);
    }
}
