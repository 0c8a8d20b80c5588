//! The table of fact keys: name, kind, meaning, and the commands that show it. Parsers write these keys, rules are checked
//! against them, and a fact that is missing is *absent* only where a whole output of one of the commands was seen.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::base::Era;

/// What kind of value a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Bool,
    /// A date and time.
    Time,
    /// A list of elements with these fields.
    List(&'static [&'static str]),
}

/// One row of the table. `*` in a name stands for one segment.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Dotted name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it means, in the device's words.
    pub doc: &'static str,
    /// Commands whose whole output always shows it where it exists; the first is what to collect. A command that leaves it out
    /// on some release does not belong here: its output would prove an absence that is none.
    pub shown_by: &'static [&'static str],
}

const STATUS: &[&str] = &["show license all", "show license status", "show license tech support"];
const STATE: &[&str] =
    &["show license all", "show license status", "show license summary", "show license tech support"];
const USAGE: &[&str] =
    &["show license all", "show license usage", "show license summary", "show license tech support"];
const TECH: &[&str] = &["show license tech support"];
/// The status of the policy era leaves the line out (DOMAIN 1.2).
const ENABLED: &[&str] = &["show license all", "show license tech support"];
/// ASA's `show license all` leaves the block out.
const TRANSPORT: &[&str] = &["show license status", "show license tech support"];
/// The tech support of agents before 5.10 leaves the block out (DOMAIN 1.4).
const TRUST_CODE: &[&str] = &["show license all", "show license status"];
const ACCOUNT: &[&str] = &["show license all", "show license status", "show license summary"];
const REPORTS: &[&str] = &["show license all", "show license tech support"];
const RESERVATION: &[&str] = &["show license reservation", "show license tech support"];
/// `show version` prints other numbers than the UDI on some platforms, and none on IOS XR.
const UDI: &[&str] = &["show license udi", "show license all", "show license tech support"];
const CODES: &[&str] = &["show license authorization", "show license all"];
const HISTORY: &[&str] = &["show license history message"];
const VERSION: &[&str] = &["show version"];
const CLOCK: &[&str] = &["show clock"];
const NTP_STATUS: &[&str] = &["show ntp status"];
const NTP_PEERS: &[&str] = &["show ntp associations"];
const CALL_HOME: &[&str] = &["show call-home"];
/// Either prints whether licensing messages are enabled.
const MESSAGES: &[&str] = &["show call-home smart-licensing", "show call-home"];
const PROFILES: &[&str] = &["show call-home profile all"];
const SMART_CALL_HOME: &[&str] = &["show call-home smart-licensing"];
const STATISTICS: &[&str] = &["show call-home statistics"];
const LOGGING: &[&str] = &["show logging"];
const CONFIG: &[&str] = &["show running-config"];
const AGENT: &[&str] = &["show license all", "show license tech support"];
const RTU: &[&str] = &["show license", "show license right-to-use"];
/// The table by slot leaves the level in use out.
const LEVEL: &[&str] = &[];
const NXOS: &[&str] = &["show license usage"];
const XR_PLATFORM: &[&str] = &["show license platform summary"];

const fn text(name: &'static str, doc: &'static str, shown_by: &'static [&'static str]) -> Key {
    Key { name, kind: Kind::Text, doc, shown_by }
}
const fn number(name: &'static str, doc: &'static str, shown_by: &'static [&'static str]) -> Key {
    Key { name, kind: Kind::Number, doc, shown_by }
}
const fn flag(name: &'static str, doc: &'static str, shown_by: &'static [&'static str]) -> Key {
    Key { name, kind: Kind::Bool, doc, shown_by }
}
const fn time(name: &'static str, doc: &'static str, shown_by: &'static [&'static str]) -> Key {
    Key { name, kind: Kind::Time, doc, shown_by }
}
const fn list(
    name: &'static str,
    fields: &'static [&'static str],
    doc: &'static str,
    shown_by: &'static [&'static str],
) -> Key {
    Key { name, kind: Kind::List(fields), doc, shown_by }
}

const XR_EITHER: &[&str] = &["show license platform summary", "show license platform detail"];
const RUM: &[&str] = &["show license rum id"];
const LICENSING_STATISTICS: &[&str] = &["show call-home smart-licensing statistics"];
const HOSTS: &[&str] = &["show hosts"];
const HTTP_CLIENT: &[&str] = &["show ip http client"];
const INTERFACES: &[&str] = &["show ip interface brief"];
const SWITCH: &[&str] = &["show switch"];
const REDUNDANCY: &[&str] = &["show redundancy"];
const CPU: &[&str] = &["show processes cpu"];
/// A check of one host proves nothing of another, and what to type is in the step that asks for it.
const CHECK: &[&str] = &[];

/// Every key that a parser writes and a rule may name.
pub const KEYS: &[Key] = &[
    text("device.hostname", "Name of the device", VERSION),
    text("device.os", "Operating system: IOS XE, IOS, IOS XR, NX-OS, ASA, FXOS", VERSION),
    text("device.version", "Software release", VERSION),
    text("device.pid", "Product identifier of the UDI", UDI),
    text("device.serial", "Serial number of the UDI", UDI),
    time("device.image_built", "Date the image was compiled", VERSION),
    text("device.uptime", "Uptime, as printed", VERSION),
    list("device.members", &["role", "pid", "serial"], "HA UDI List: stack members and supervisors", UDI),
    number("device.member_count", "Number of entries of the HA UDI List", UDI),
    time("clock.time", "Time of show clock", CLOCK),
    flag("clock.authoritative", "False for a leading `*`: the clock is not set by a trusted source", CLOCK),
    flag("clock.synchronized", "False for a leading `.`: NTP was lost", CLOCK),
    text("clock.source", "Time source: NTP, user configuration, hardware calendar, none", CLOCK),
    time("clock.newest_message", "Newest time of a log message by a clock that was set", LOGGING),
    time("clock.now.value", "The time of the capture", CLOCK),
    text("clock.now.source", "Where the time of the capture was read", CLOCK),
    flag("ntp.enabled", "False for `%NTP is not enabled`", NTP_STATUS),
    flag("ntp.synchronized", "Clock is synchronized / unsynchronized", NTP_STATUS),
    number("ntp.stratum", "Stratum; 16 is unsynchronised", NTP_STATUS),
    text("ntp.reference", "Reference server", NTP_STATUS),
    list(
        "ntp.associations",
        &["address", "reference", "stratum", "reach", "selected"],
        "NTP peers; `selected` where a `*` stands before one",
        NTP_PEERS,
    ),
    flag("license.enabled", "Smart Licensing is ENABLED", ENABLED),
    flag("license.policy_mode", "Smart Licensing Using Policy: Status: ENABLED", STATUS),
    text("license.era", "classic, policy or rtu", STATE),
    text("license.agent_version", "Smart Agent for Licensing", AGENT),
    text("license.export_controlled", "Export-Controlled Functionality", STATE),
    text("license.registration.status", "Registration status, without ` on <date>`", STATE),
    text("license.registration.smart_account", "Smart Account, without ` As of <date>`", ACCOUNT),
    text("license.registration.virtual_account", "Virtual Account", ACCOUNT),
    text("license.registration.initial_result", "SUCCEEDED or FAILED of Initial Registration", STATUS),
    time("license.registration.initial_attempt", "Date of Initial Registration", STATUS),
    text("license.registration.failure_reason", "Failure reason under Registration", STATUS),
    text("license.registration.last_result", "Result of the newest registration or renewal attempt", STATUS),
    time("license.registration.last_attempt", "Date of the newest registration or renewal attempt", STATUS),
    text("license.registration.renewal_result", "Result of Last Renewal Attempt", STATUS),
    time("license.registration.next_attempt", "Next Registration Attempt", STATUS),
    time("license.registration.next_renewal", "Next Renewal Attempt", STATE),
    time("license.registration.expires", "Registration Expires: end of the ID certificate", STATUS),
    text("license.authorization.status", "Authorization status, without ` on <date>`", STATE),
    time("license.authorization.since", "Date of the authorization status", STATUS),
    text("license.authorization.failure_reason", "Failure reason under License Authorization", STATUS),
    text(
        "license.authorization.last_result",
        "SUCCEEDED, FAILED or PENDING of Last Communication Attempt",
        STATE,
    ),
    time("license.authorization.last_attempt", "Date of Last Communication Attempt", STATUS),
    time("license.authorization.next_attempt", "Next Communication Attempt", STATE),
    time("license.authorization.deadline", "Communication Deadline", STATUS),
    text("license.authorization.evaluation_remaining", "Evaluation Period Remaining, as printed", STATE),
    number(
        "license.authorization.evaluation_remaining_seconds",
        "Evaluation Period Remaining in seconds",
        STATE,
    ),
    time("license.authorization.evaluation_expired", "EVALUATION PERIOD EXPIRED on", STATE),
    text("license.transport.type", "Transport: Callhome, Smart, cslu, Transport Off", TRANSPORT),
    text("license.transport.url", "URL or Cslu address of the transport", TRANSPORT),
    text("license.transport.proxy", "Proxy address and port", TRANSPORT),
    text("license.transport.vrf", "VRF of the transport", TRANSPORT),
    flag("license.transport.identity_check", "Server Identity Check", TECH),
    text("license.transport.trust_point", "Trust Point of the transport", TECH),
    text("license.transport.ip_mode", "IP Mode", TECH),
    text("license.destination.url", "The URL that licensing messages go to", SMART_CALL_HOME),
    text("license.destination.host", "Its host", SMART_CALL_HOME),
    flag("license.destination.host_is_address", "Its host is an IP address", SMART_CALL_HOME),
    text(
        "license.destination.kind",
        "cloud-callhome, cloud-smart, onprem-callhome, onprem-smart, cslu, other",
        SMART_CALL_HOME,
    ),
    list(
        "license.usage",
        &[
            "name",
            "entitlement_tag",
            "count",
            "status",
            "description",
            "export_status",
            "enforcement",
            "type",
        ],
        "Licences in use, one element each",
        USAGE,
    ),
    text("license.policy.in_use", "Policy in use", STATUS),
    text("license.policy.name", "Policy name", STATUS),
    text("license.policy.ack_required", "Reporting ACK required", STATUS),
    time("license.reporting.last_ack", "Last ACK received", STATUS),
    text("license.reporting.last_ack_text", "Last ACK received as printed, `<none>` included", STATUS),
    time("license.reporting.next_ack_deadline", "Next ACK deadline", STATUS),
    number("license.reporting.push_interval_days", "Reporting push interval", STATUS),
    time("license.reporting.next_ack_check", "Next ACK push check", STATUS),
    time("license.reporting.next_push", "Next report push", STATUS),
    time("license.reporting.last_push", "Last report push", STATUS),
    time("license.reporting.last_file_write", "Last report file write", STATUS),
    number("license.rum.total", "Usage reports in all", REPORTS),
    number("license.rum.purged", "Usage reports purged", REPORTS),
    number("license.rum.acknowledged", "Usage reports acknowledged", REPORTS),
    number("license.rum.waiting", "Usage reports waiting for an acknowledgement", REPORTS),
    number("license.rum.available", "Usage reports available to report", REPORTS),
    text("license.trust.installed", "Trust Code Installed: the date, or `<none>`", TRUST_CODE),
    list(
        "license.trust.members",
        &["role", "pid", "serial", "state", "installed", "expires"],
        "Trust code by stack member",
        TRUST_CODE,
    ),
    text("license.trust.overall", "Overall Trust", TECH),
    list(
        "license.trust.data",
        &["role", "pid", "serial", "state"],
        "Trust data by member, from Other Info",
        TECH,
    ),
    list(
        "license.authorizations",
        &["role", "pid", "serial", "status", "confirmation_code"],
        "Authorization codes (SLAC) by member: Overall status",
        CODES,
    ),
    flag("license.history.empty", "No past history in any exchange of the message history", HISTORY),
    flag("license.clock_synced_with_ntp", "Clock sync-ed with NTP; a hint, no fault by itself", TECH),
    text("license.communication.level", "Communication Level Allowed", TECH),
    text("license.communication.overall_state", "Overall State of the communication statistics", TECH),
    number("license.communication.*.total", "Attempts of an exchange", TECH),
    number("license.communication.*.success", "Successful attempts", TECH),
    number("license.communication.*.fail", "Failed attempts, past ones included", TECH),
    number("license.communication.*.ongoing_overall", "Ongoing failures", TECH),
    number("license.communication.*.ongoing_communication", "Ongoing failures without any answer", TECH),
    text("license.communication.*.last_response", "Last Response, without ` on <date>`", TECH),
    text("license.communication.*.failure_reason", "Failure Reason of the exchange", TECH),
    time("license.communication.*.last_success", "Last Success Time", TECH),
    time("license.communication.*.last_failure", "Last Failure Time", TECH),
    text("license.analytics.unavailable_reason", "Not Available Reason of the product analytics", TECH),
    text("license.connect_info.name", "Kind of server that answered: SSM, CSLU_V1", TECH),
    flag("license.connect_info.prod", "Whether it is a production server", TECH),
    text("license.certificates.production", "Production Cert", TECH),
    text("license.certificates.state", "Text under License Certificates", TECH),
    text("license.certificates.piid", "PIID: the product instance in CSSM", TECH),
    time("license.certificates.id_expires", "Expiry Date under Id Cert Info", TECH),
    time("license.certificates.signing_expires", "Expiry Date under Signing Cert Info", TECH),
    text("license.reservation.enabled", "License reservation: ENABLED or DISABLED", RESERVATION),
    text(
        "license.reservation.status",
        "Reservation status of the active device, without ` on <date>`",
        RESERVATION,
    ),
    text("license.export.features", "Export Authorization Key: Features Authorized", STATUS),
    text("license.ha.role", "RP Role under HA Info", TECH),
    text("license.utility", "Utility status", STATUS),
    text("license.privacy.hostname", "Sending Hostname", STATUS),
    flag("call_home.enabled", "call home feature : enable", CALL_HOME),
    text("call_home.feature", "call home feature, as printed", CALL_HOME),
    flag("call_home.smart_licensing", "Smart licensing messages: enabled", MESSAGES),
    text("call_home.vrf", "vrf for call-home messages", CALL_HOME),
    text("call_home.http_proxy", "http proxy", CALL_HOME),
    flag("call_home.identity_check", "server identity check", CALL_HOME),
    text("call_home.resolve_hostname", "http resolve-hostname", CALL_HOME),
    text("call_home.licensing_profile", "Profile that carries licensing messages", SMART_CALL_HOME),
    text("call_home.licensing_profile_status", "Its status", SMART_CALL_HOME),
    list(
        "call_home.profiles",
        &[
            "name",
            "status",
            "reporting",
            "reports_licensing",
            "transport",
            "http_address",
            "email_address",
            "other_address",
        ],
        "Call-home profiles",
        PROFILES,
    ),
    list(
        "call_home.statistics",
        &["result", "type", "total", "email", "http"],
        "Messages of call-home by result (Success, In-Queue, Failed) and kind; the kind Total is their sum",
        STATISTICS,
    ),
    list(
        "pki.trustpoints",
        &["name", "subject", "issuer", "serial", "state", "status", "start", "end", "trustpoints"],
        "PKI trustpoints with their first certificate; state is the line that tells whether there is one",
        &["show crypto pki trustpoints"],
    ),
    list(
        "pki.trustpool",
        &["kind", "status", "subject", "issuer", "serial", "start", "end", "trustpoints"],
        "Certificates of the trust pool with the dates of their validity",
        &["show crypto pki trustpool"],
    ),
    list(
        "pki.certificates",
        &["kind", "status", "subject", "issuer", "serial", "start", "end", "trustpoints"],
        "Certificates of the device and its trustpoints with the dates of their validity",
        &["show crypto pki certificates"],
    ),
    text("logging.buffer_level", "Level of buffer logging", LOGGING),
    text("config.version", "version line of the running configuration", CONFIG),
    time("config.last_changed", "Last configuration change at", CONFIG),
    time("config.last_saved", "NVRAM config last updated at", CONFIG),
    list("hosts", &["name", "address", "vrf"], "ip host lines", CONFIG),
    text("platform_license.era_line", "License mode line of ASA", VERSION),
    list(
        "platform_license.asa_features",
        &["name", "value", "duration"],
        "Licensed features for this platform, of ASA",
        VERSION,
    ),
    list(
        "platform_license.asa_entitlements",
        &["name", "mode"],
        "Active entitlements of ASA with their enforce mode",
        VERSION,
    ),
    text("platform_license.state", "Platform License State", VERSION),
    text("platform_license.sia_status", "SIA Status of IOS XR flexible consumption", XR_EITHER),
    text(
        "platform_license.sia_note",
        "What IOS XR adds below the SIA Status: upgrades are blocked",
        XR_EITHER,
    ),
    time("platform_license.last_collection", "Collection: LAST of IOS XR", XR_EITHER),
    time("platform_license.last_reporting", "Reporting: LAST of IOS XR", XR_EITHER),
    time("platform_license.next_reporting", "Reporting: NEXT of IOS XR", XR_EITHER),
    list(
        "platform_license.entitlements",
        &["area", "name", "last", "next"],
        "Entitlements of IOS XR flexible consumption with their counts",
        XR_PLATFORM,
    ),
    list(
        "platform_license.features",
        &["name", "slot", "status", "type", "period_left", "count"],
        "Licences of the RTU and PAK era",
        RTU,
    ),
    text("platform_license.level_in_use", "License Level In Use of right-to-use licences", LEVEL),
    text("platform_license.level_on_reboot", "License Level on Reboot of right-to-use licences", LEVEL),
    list(
        "platform_license.packages",
        &["name", "installed", "count", "status", "expiry", "comment"],
        "NX-OS licence packages",
        NXOS,
    ),
    list(
        "license.rum.reports",
        &["id", "state", "flag", "feature"],
        "Usage reports that the device keeps: OPEN, CLOSED, ACK",
        RUM,
    ),
    list(
        "license.rum.details",
        &[
            "id",
            "feature",
            "state",
            "state_change_reason",
            "close_reason",
            "storage_state",
            "start",
            "end",
            "transaction_id",
            "transaction_message",
        ],
        "Usage reports in detail",
        &[],
    ),
    list(
        "license.history.exchanges",
        &["name", "empty", "requests", "responses", "last_request", "last_response", "status"],
        "Exchanges of the message history; status is that of the newest answer, where it tells one",
        HISTORY,
    ),
    list(
        "license.reservation.members",
        &["role", "pid", "serial", "status", "request_code", "confirmation_code"],
        "Reservation by member",
        RESERVATION,
    ),
    list(
        "license.reservation.licenses",
        &["name", "entitlement_tag", "count", "enforcement", "authorization", "type", "end"],
        "Specified license reservations",
        &["show license reservation"],
    ),
    list(
        "license.authorized",
        &["name", "entitlement_tag", "count", "enforcement", "authorization", "type", "end"],
        "Licences that an authorization code (SLAC, or a reservation taken over) allows",
        &["show license authorization"],
    ),
    text("call_home.source_interface", "source interface", CALL_HOME),
    text("call_home.last_message", "Last call-home message sent time, as printed", STATISTICS),
    list(
        "call_home.licensing_statistics",
        &["message", "success", "failed", "in_queue", "dropped", "last_sent"],
        "Messages of licensing by subtype",
        LICENSING_STATISTICS,
    ),
    text("dns.domain", "Default domain", HOSTS),
    text("dns.lookup", "How names are looked up: domain service, static mappings, disabled", HOSTS),
    list("dns.servers", &["address", "vrf"], "Name servers; 255.255.255.255, which is none, left out", HOSTS),
    list("dns.entries", &["name", "address", "vrf", "flags"], "Names that the device knows", HOSTS),
    list(
        "dns.name_servers",
        &["address", "vrf"],
        "Name servers as configured, one element an address",
        CONFIG,
    ),
    list("ntp.servers", &["address", "vrf", "prefer", "source"], "ntp server and ntp peer lines", CONFIG),
    list(
        "interfaces",
        &["name", "vrf", "shutdown", "address"],
        "Interfaces as configured; address is `dhcp` where it is learnt, and left out where there is none",
        CONFIG,
    ),
    list(
        "call_home.configured_profiles",
        &["name", "active", "reports_licensing", "transport", "http_address"],
        "Call-home profiles as configured; a line that is not printed may be a default and is no field",
        CONFIG,
    ),
    text("license.boot_level", "license boot level, with add-on", CONFIG),
    text("http_client.source_interface", "Source interface of the HTTP client", HTTP_CLIENT),
    text("http_client.proxy", "Proxy of the HTTP client", HTTP_CLIENT),
    text("http_client.connect_timeout", "Connection establishment timeout, as printed", HTTP_CLIENT),
    text("http_client.idle_timeout", "Connection idle timeout, as printed", HTTP_CLIENT),
    text("http_client.retries", "Connection establishment retries, as printed", HTTP_CLIENT),
    text("http_client.secure", "HTTP secure client capability", HTTP_CLIENT),
    list(
        "ip_interfaces",
        &["name", "address", "status", "protocol", "vrf"],
        "Interfaces with address and state as shown",
        INTERFACES,
    ),
    list("stack.members", &["number", "role", "mac", "priority", "state"], "Members of a stack", SWITCH),
    text("redundancy.hardware_mode", "Hardware Mode: Simplex or Duplex", REDUNDANCY),
    text("redundancy.configured_mode", "Configured Redundancy Mode", REDUNDANCY),
    text("redundancy.operating_mode", "Operating Redundancy Mode", REDUNDANCY),
    text("redundancy.maintenance_mode", "Maintenance Mode", REDUNDANCY),
    text("redundancy.communications", "Communications with the peer: Up or Down", REDUNDANCY),
    text("redundancy.last_switchover_reason", "Last switchover reason", REDUNDANCY),
    number("redundancy.switchovers", "Switchovers system experienced", REDUNDANCY),
    text("redundancy.peer_state", "Current Software state of the peer", REDUNDANCY),
    number("cpu.five_seconds", "CPU utilization for five seconds, in per cent", CPU),
    number("cpu.one_minute", "CPU utilization for one minute, in per cent", CPU),
    number("cpu.five_minutes", "CPU utilization for five minutes, in per cent", CPU),
    list(
        "cpu.processes",
        &["pid", "name", "five_seconds", "one_minute", "five_minutes"],
        "Processes of one per cent and more, and those of the licensing agent",
        CPU,
    ),
    list(
        "connectivity.ping",
        &["host", "vrf", "address", "success_percent", "outcome"],
        "Pings typed in the session, the newest of each host; outcome: replied, no reply, unreachable, unresolved, unknown vrf",
        CHECK,
    ),
    list(
        "connectivity.tcp",
        &["host", "port", "vrf", "address", "outcome"],
        "TCP connections tried with telnet; outcome: open, timed out, refused, unreachable, unresolved, unknown vrf",
        CHECK,
    ),
];

/// The one era whose outputs print a key, where only one does (DOMAIN 1.3, 1.4).
pub fn era_of(name: &str) -> Option<Era> {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| name.starts_with(prefix));
    if starts(&[
        "license.communication.",
        "license.trust.",
        "license.reporting.",
        "license.rum.",
        "license.policy.",
    ]) {
        return Some(Era::Policy);
    }
    let is_account = name.ends_with("_account");
    (!is_account && starts(&["license.registration.", "license.authorization."])).then_some(Era::Classic)
}

/// The row for a key, `*` matching any one segment.
pub fn find(name: &str) -> Option<&'static Key> {
    let by_name = INDEX.names.get(name).copied();
    by_name.or_else(|| INDEX.starred.iter().find(|key| is_like(key.name, name)).copied())
}

/// The rows by name: rules ask for them hundreds of times a device.
struct Index {
    names: HashMap<&'static str, &'static Key>,
    /// Rows whose name has a `*`.
    starred: Vec<&'static Key>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| Index {
    names: KEYS.iter().map(|key| (key.name, key)).collect(),
    starred: KEYS.iter().filter(|key| key.name.contains('*')).collect(),
});

/// A key without its last segment: what one output prints together.
pub fn block(key: &str) -> &str {
    key.rsplit_once('.').map_or(key, |(block, _)| block)
}

/// Whether a name is the pattern with every `*` replaced by one segment.
pub fn is_like(pattern: &str, name: &str) -> bool {
    let (mut left, mut right) = (pattern.split('.'), name.split('.'));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == b || a == "*" => {}
            _ => return false,
        }
    }
}

/// The key that tells when what `key` says happened: that of the attempt whose result or reason it is. Counters of the
/// communication statistics go with the last failure.
pub fn dated_by(key: &str) -> Option<String> {
    let (block, field) = key.rsplit_once('.')?;
    let date = match (block, field) {
        ("license.registration" | "license.authorization", "failure_reason" | "last_result") => {
            "last_attempt"
        }
        ("license.registration", "initial_result") => "initial_attempt",
        ("license.authorization", "status") => "since",
        _ if !block.starts_with("license.communication.") => return None,
        (_, "failure_reason" | "fail" | "ongoing_overall" | "ongoing_communication" | "last_response") => {
            "last_failure"
        }
        _ => return None,
    };
    Some(format!("{block}.{date}"))
}

/// The key nearest to a mistyped one.
pub fn nearest(name: &str) -> Option<&'static str> {
    // No key is half as long, and to compare takes time with the length.
    if name.len() > 100 {
        return None;
    }
    KEYS.iter()
        .map(|key| (strsim::damerau_levenshtein(key.name, name), key.name))
        .min()
        .filter(|(distance, _)| *distance <= 1 + name.len() / 3)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_one_segment() {
        assert!(find("license.communication.hello_message.fail").is_some());
        assert!(find("license.communication.fail").is_none());
        assert!(find("license.communication.level").is_some());
    }

    #[test]
    fn a_mistyped_key_has_a_near_name() {
        assert_eq!(nearest("license.registration.state"), Some("license.registration.status"));
        assert_eq!(nearest("weather"), None);
    }

    #[test]
    fn what_happened_is_dated_by_its_attempt() {
        for (key, date) in [
            ("license.authorization.failure_reason", Some("license.authorization.last_attempt")),
            ("license.registration.last_result", Some("license.registration.last_attempt")),
            ("license.authorization.status", Some("license.authorization.since")),
            (
                "license.communication.trust_sync.ongoing_overall",
                Some("license.communication.trust_sync.last_failure"),
            ),
            ("license.communication.trust_sync.success", None),
            ("license.communication.overall_state", None),
            ("license.registration.status", None),
        ] {
            assert_eq!(dated_by(key).as_deref(), date, "{key}");
        }
        for key in KEYS {
            assert!(dated_by(key.name).is_none_or(|date| find(&date).is_some()), "{}", key.name);
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = KEYS.iter().map(|key| key.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), KEYS.len());
    }
}
