//! Keys of what licensing rests on: the device, its clock, its configuration, names, paths and certificates.

use super::super::Key;
use super::{CONFIG, SMART_CALL_HOME, VERSION, flag, list, number, text, time};

/// `show version` prints other numbers than the UDI on some platforms, and none on IOS XR.
const UDI: &[&str] = &["show license udi", "show license all", "show license tech support"];
const CLOCK: &[&str] = &["show clock"];
const NTP_STATUS: &[&str] = &["show ntp status"];
const NTP_PEERS: &[&str] = &["show ntp associations"];
const CALL_HOME: &[&str] = &["show call-home"];
/// Either prints whether licensing messages are enabled.
const MESSAGES: &[&str] = &["show call-home smart-licensing", "show call-home"];
const PROFILES: &[&str] = &["show call-home profile all"];
const STATISTICS: &[&str] = &["show call-home statistics"];
const LOGGING: &[&str] = &["show logging"];
const LICENSING_STATISTICS: &[&str] = &["show call-home smart-licensing statistics"];
const HOSTS: &[&str] = &["show hosts"];
const HTTP_CLIENT: &[&str] = &["show ip http client"];
const INTERFACES: &[&str] = &["show ip interface brief"];
const SWITCH: &[&str] = &["show switch"];
const REDUNDANCY: &[&str] = &["show redundancy"];
const CPU: &[&str] = &["show processes cpu"];
/// A check of one host proves nothing of another, and what to type is in the step that asks for it.
const CHECK: &[&str] = &[];

/// All of them.
pub(super) const SYSTEM: &[Key] = &[
    text("device.hostname", "Name of the device", VERSION),
    text("device.os", "Operating system: IOS XE, IOS, IOS XR, NX-OS, ASA, FTD, FXOS, UCM, AireOS", VERSION),
    text(
        "device.operating_mode",
        "Router operating mode: Autonomous, or Controller-Managed by SD-WAN Manager",
        VERSION,
    ),
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
    list("ntp.servers", &["address", "vrf", "prefer", "source"], "ntp server and ntp peer lines", CONFIG),
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
    text("call_home.source_interface", "source interface", CALL_HOME),
    text("call_home.last_message", "Last call-home message sent time, as printed", STATISTICS),
    list(
        "call_home.licensing_statistics",
        &["message", "success", "failed", "in_queue", "dropped", "last_sent"],
        "Messages of licensing by subtype",
        LICENSING_STATISTICS,
    ),
    list(
        "call_home.configured_profiles",
        &["name", "active", "reports_licensing", "transport", "http_address"],
        "Call-home profiles as configured; a line that is not printed may be a default and is no field",
        CONFIG,
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
    list(
        "interfaces",
        &["name", "vrf", "shutdown", "address"],
        "Interfaces as configured; address is `dhcp` where it is learnt, and left out where there is none",
        CONFIG,
    ),
    list(
        "ip_interfaces",
        &["name", "address", "status", "protocol", "vrf"],
        "Interfaces with address and state as shown",
        INTERFACES,
    ),
    text("http_client.source_interface", "Source interface of the HTTP client", HTTP_CLIENT),
    text("http_client.proxy", "Proxy of the HTTP client", HTTP_CLIENT),
    text("http_client.connect_timeout", "Connection establishment timeout, as printed", HTTP_CLIENT),
    text("http_client.idle_timeout", "Connection idle timeout, as printed", HTTP_CLIENT),
    text("http_client.retries", "Connection establishment retries, as printed", HTTP_CLIENT),
    text("http_client.secure", "HTTP secure client capability", HTTP_CLIENT),
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
