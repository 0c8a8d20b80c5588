//! Keys of what the licensing agent and the tables of licences print.

use super::super::Key;
use super::{CONFIG, SMART_CALL_HOME, VERSION, flag, list, number, text, time};

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
const CODES: &[&str] = &["show license authorization", "show license all"];
const HISTORY: &[&str] = &["show license history message"];
const AGENT: &[&str] = &["show license all", "show license tech support"];
const RTU: &[&str] = &["show license", "show license right-to-use"];
/// The table by slot leaves the level in use out.
const LEVEL: &[&str] = &[];
const NXOS: &[&str] = &["show license usage"];
const XR_PLATFORM: &[&str] = &["show license platform summary"];
const XR_EITHER: &[&str] = &["show license platform summary", "show license platform detail"];
const RUM: &[&str] = &["show license rum id"];

/// Exchanges of the communication statistics, such as `license.communication.hello_message.fail`; only these have a `*`.
pub(in crate::facts::key) const EXCHANGE: &[Key] = &[
    number("license.communication.*.total", "Attempts of an exchange", TECH),
    number("license.communication.*.success", "Successful attempts", TECH),
    number("license.communication.*.fail", "Failed attempts, past ones included", TECH),
    number("license.communication.*.ongoing_overall", "Ongoing failures", TECH),
    number("license.communication.*.ongoing_communication", "Ongoing failures without any answer", TECH),
    text("license.communication.*.last_response", "Last Response, without ` on <date>`", TECH),
    text("license.communication.*.failure_reason", "Failure Reason of the exchange", TECH),
    time("license.communication.*.last_success", "Last Success Time", TECH),
    time("license.communication.*.last_failure", "Last Failure Time", TECH),
];

/// All but the exchanges.
pub(super) const LICENSING: &[Key] = &[
    flag("license.enabled", "Smart Licensing is ENABLED", ENABLED),
    flag("license.policy_mode", "Smart Licensing Using Policy: Status: ENABLED", STATUS),
    text("license.era", "classic, policy or rtu", STATE),
    text("license.boot_level", "license boot level, with add-on", CONFIG),
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
    time("license.policy.installed", "Date of Policy in use: Installed On", STATUS),
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
    text("license.trust.installed", "Trust Code Installed: the date, or `<none>`", TRUST_CODE),
    time(
        "license.trust.last_installed",
        "Date of Trust Code Installed, of the last member listed",
        TRUST_CODE,
    ),
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
    list(
        "license.authorized",
        &["name", "entitlement_tag", "count", "enforcement", "authorization", "type", "end"],
        "Licences that an authorization code (SLAC, or a reservation taken over) allows",
        &["show license authorization"],
    ),
    flag("license.history.empty", "No past history in any exchange of the message history", HISTORY),
    list(
        "license.history.exchanges",
        &["name", "empty", "requests", "responses", "last_request", "last_response", "status"],
        "Exchanges of the message history; status is that of the newest answer, where it tells one",
        HISTORY,
    ),
    flag("license.clock_synced_with_ntp", "Clock sync-ed with NTP; a hint, no fault by itself", TECH),
    text("license.communication.level", "Communication Level Allowed", TECH),
    text("license.communication.overall_state", "Overall State of the communication statistics", TECH),
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
    list(
        "license.reservation.members",
        &["role", "pid", "serial", "status", "request_code", "confirmation_code", "return_code"],
        "Reservation by member",
        RESERVATION,
    ),
    list(
        "license.reservation.licenses",
        &["name", "entitlement_tag", "count", "enforcement", "authorization", "type", "end"],
        "Specified license reservations",
        &["show license reservation"],
    ),
    text("license.export.features", "Export Authorization Key: Features Authorized", STATUS),
    text("license.ha.role", "RP Role under HA Info", TECH),
    text("license.utility", "Utility status", STATUS),
    text("license.privacy.hostname", "Sending Hostname", STATUS),
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
];
