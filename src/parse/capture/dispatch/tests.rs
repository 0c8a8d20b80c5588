use proptest::prelude::*;

use super::{PARSERS, parse};
use crate::facts::{Capture, Element, Kind, Value, key};
use crate::parse::test_support::read;

/// Words that parsers look for, beginnings and ends of them, and what stands between.
const WORDS: &[&str] = &[
    "Status:",
    "Registration:",
    "License Authorization:",
    "Usage Reporting:",
    "Report Id",
    "Report Id:",
    "State:",
    ",",
    "Trustpoint",
    "Certificate",
    "CA Certificate",
    "Subject:",
    "cn=a",
    "start date:",
    "end   date:",
    "Validity Date:",
    "Profile Name:",
    "HTTP address(es):",
    "https://",
    "https://[::1",
    "http:10.1.1.1:8182/cslu",
    "Total Success",
    "-dropped",
    "Msg Subtype",
    "Name servers are",
    "Host ",
    "Address",
    "NAME TTL",
    "(",
    ")",
    "):",
    "(perm",
    "Interface IP-Address",
    "Method",
    "Vrf-Name",
    "unassigned",
    "up",
    "protocol-up/link-up/admin-up",
    "IP Interface Status for VRF \"",
    "Switch#",
    "Role",
    "*1",
    "Active",
    "0000.0000.0000",
    "=",
    "==== ====",
    "Peer Processor Information",
    "CPU utilization for",
    "5%",
    "five seconds:",
    "PID ",
    "Process",
    "SA",
    "Success rate is",
    "percent",
    "% packet loss",
    "packets transmitted",
    "Trying",
    "Open",
    "Sending 5 to",
    "Translating",
    "Collection: LAST:",
    "NEXT:",
    "SIA Status:",
    "Index 1 Feature:",
    "License State:",
    "Feature Ins Lic Status",
    "License Name Type Count Period left",
    "Yes",
    "No",
    "In use",
    "Grace",
    "Message History",
    "REQUEST:",
    "RESPONSE",
    "\"status\":",
    "\\\"",
    "Authorizations:",
    "Specified license reservations:",
    "Active: PID:a,SN:b",
    "PID:",
    ",SN:",
    "Reservation status:",
    "Total reserved count:",
    "Attempts: Total=2, Success=0,",
    "Last Response:",
    "Communication Statistics:",
    "Trust Sync:",
    "License Usage",
    "Count:",
    "License Entitlement",
    "Handle:",
    "Licensed features for this platform:",
    " : ",
    "Active entitlement:",
    "interface",
    "vrf",
    "forwarding",
    "ip",
    "address",
    "name-server",
    "ntp",
    "server",
    "call-home",
    "profile",
    "banner motd ^C",
    "^C",
    "certificate ca 01",
    "quit",
    "end",
    "version",
    "Clock is",
    "stratum",
    "~",
    "address         ref clock",
    "SAEVT_X",
    "2021-09-10 14:04:21.233 UTC",
    "error=\"",
    "Jun 21 03:03:57 2021 UTC",
    "18:12:23 UTC Jan 16 2034",
    "192.0.2.1",
    "2001:db8::",
    "1",
    "99999999999999999999",
    "-1",
    "N(M)",
    "None",
    "<none>",
    "**",
    "é",
    "\u{a0}",
    "\t",
    "|",
    "/",
    ".",
    ":",
    "\"",
];

/// Lines as devices print them; the test breaks and mixes them.
const LINES: &[&str] = &[
    "Smart Licensing is ENABLED",
    "  Initial Registration: FAILED on Oct 22 14:25:31 2018 EST",
    "    Failure reason: Product Already Registered",
    "  Last Communication Attempt: PENDING on Jul 26 09:24:09 2018 UTC",
    "  Evaluation Period Remaining: 89 days, 1 hours, 33 minutes, 51 seconds",
    "network-advantage (C9300-24 Network Advantage):",
    "  Type: Smart",
    "  URL: https://smartreceiver.cisco.com/licservice/license",
    "  Next ACK deadline: Jan 02 08:34:58 2022 UTC",
    "  Active: PID:C9300-24P,SN:FOC1",
    "    INSTALLED on Apr 22 05:01:33 2025 UTC    Valid on Apr 22 04:56:31 2025 UTC",
    "  Attempts: Total=2, Success=0, Fail=2  Ongoing Failure: Overall=2 Communication=0",
    "  Last Response: NO REPLY on Aug 30 23:12:38 2023 PDT",
    "Total: 703,  Purged: 288(2)",
    "      Reservation status: SPECIFIC INSTALLED on Oct 29 08:37:37 2018 UTC",
    "      Last Confirmation code: 102fc949",
    "Report Id,          State,    Flag, Feature Name",
    "1671840750          ACK       N     air-network-advantage",
    "Report Id: 1671840750",
    "  State: ACK,      State Change Reason: ACKED",
    "Message History (oldest to newest):",
    "Trust Sync:",
    "  REQUEST: Jul 02 2024 09:13:37 UTC",
    "    {\"status\":\"FAILED\"}",
    "Index 1 Feature: appxk9",
    "        License State: Active, In Use",
    "  License Name    Type     Count   Period left",
    "  apcount      evaluation  0     90 days",
    "Feature                      Ins  Lic   Status Expiry Date Comments",
    "MPLS_PKG                      No    -   Unused             Grace 10D 1H",
    "Collection: LAST: Tue Jul 02 2024 13:13:37 UTC",
    "            NEXT: Wed Jul 03 2024 09:13:37 UTC",
    "SIA Status: Out of Compliance(Grace Period Expired)",
    "============ =================================================== ==== ====",
    "FCM 2 Core/E Example Core RTU per 100G                              4    4",
    "Profile Name: CiscoTAC-1",
    "    Reporting Data: Smart Call Home, Smart Licensing",
    "    call home feature : enable",
    "    source interface: Vlan10",
    "Total Success   3                    1                    2",
    "Msg Subtype      Success  Failed  Inqueue  Dropped  Last-sent (GMT+00:00)",
    "REGISTRATION     1        4       0        0        2013-06-10 19:52:16",
    "Trustpoint SLA-TrustPoint:",
    "    cn=Cisco Licensing Root CA",
    "    Certificate configured.",
    "CA Certificate",
    "    end   date: 18:12:23 UTC Jan 16 2034",
    "  Associated Trustpoints: SLA-TrustPoint",
    "Name lookup VRF: Mgmt-vrf",
    "Default domain is example.net",
    "Name/address lookup uses domain service",
    "Name servers are 192.0.2.53, 192.0.2.54",
    "Host                      Port  Flags      Age Type   Address(es)",
    "ssm.lab                   None  (perm, OK)  0   IP     192.0.2.9",
    "HTTP client source interface = Vlan10",
    "Interface              IP-Address      OK? Method Status                Protocol",
    "Vlan10                 192.0.2.1       YES NVRAM  administratively down down",
    "mgmt0                192.0.2.1       protocol-up/link-up/admin-up",
    "Switch#   Role    Mac Address     Priority Version  State",
    "*1       Active   0057.d228.1a00     15     V01     Ready",
    "Switchovers system experienced = 3",
    "Peer Processor Information :",
    "        Current Software state = STANDBY HOT",
    "CPU utilization for five seconds: 62%/1%; one minute: 58%; five minutes: 41%",
    " PID Runtime(ms)     Invoked      uSecs   5Sec   1Min   5Min TTY Process",
    " 345      180000        9000      20000 45.11% 44.00% 30.12%   0 SAGetRUMIds",
    "Target IP address: ssm.lab",
    "Sending 5, 100-byte ICMP Echos to 192.0.2.80, timeout is 2 seconds:",
    "Success rate is 80 percent (4/5), round-trip min/avg/max = 1/2/9 ms",
    "5 packets transmitted, 4 packets received, 20.00% packet loss",
    "% Unrecognized host or address, or protocol not running.",
    "Trying tools.cisco.com (192.0.2.80, 443)... Open",
    "Cisco IOS XE Software, Version 17.09.04a",
    "License mode: Smart Licensing",
    "Active entitlement: ASAv-STD-1G, enforce mode: Authorized",
    "Licensed features for this platform:",
    "Encryption-3DES-AES               : Enabled        perpetual",
    "interface GigabitEthernet0/0",
    " vrf forwarding Mgmt-vrf",
    "ip name-server vrf Mgmt-vrf 192.0.2.53",
    "ntp server vrf Mgmt-vrf 192.0.2.123 prefer",
    "call-home",
    " profile \"CiscoTAC-1\"",
    "  destination address http https://ssm.lab/Transportgateway/services/DeviceRequestHandler",
    "banner login ^C",
    "Clock is unsynchronized, stratum 16, no reference clock",
    "*~192.0.2.123     .GPS.            1     34     64   377  1.000   0.500  1.200",
    "*18:57:38.347 UTC Mon Oct 19 2015",
    "2021-09-10 14:04:21.233 UTC SAEVT_INIT_CRYPTO success=\"False\" error=\"x",
    "    Buffer logging:  level debugging, 481 messages logged, xml disabled,",
];

fn line() -> impl Strategy<Value = String> {
    let words = prop::collection::vec((prop::sample::select(WORDS), " {0,3}"), 0..9);
    let mixed =
        words.prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word.to_owned(), gap]).collect());
    let broken = (prop::sample::select(LINES), 0..90usize, 0..90usize)
        .prop_map(|(line, from, to)| line.chars().skip(from).take(to).collect());
    let whole = prop::sample::select(LINES).prop_map(str::to_owned);
    prop_oneof![4 => whole, 2 => broken, 2 => mixed, 1 => ".{0,40}"]
}

/// Every fact is in the table with its kind, and every field of an element in the list of its key.
fn is_in_table(capture: &Capture) -> Result<(), TestCaseError> {
    for (name, readings) in capture.facts.iter() {
        let Some(row) = key::find(name) else {
            return Err(TestCaseError::fail(format!("{name} is not in the table")));
        };
        for reading in readings {
            let fits = match (row.kind, &reading.value) {
                (Kind::Text, Value::Text(_))
                | (Kind::Number, Value::Number(_))
                | (Kind::Bool, Value::Bool(_)) => true,
                (Kind::Time, Value::Time(_)) => true,
                (Kind::List(fields), Value::List(all)) => {
                    all.iter().flat_map(Element::iter).all(|(field, _)| fields.contains(&field))
                }
                _ => false,
            };
            prop_assert!(fits, "{name} = {:?}", reading.value);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn no_parser_panics_and_every_fact_is_in_the_table(
        lines in prop::collection::vec(line(), 0..24),
        arguments in line(),
    ) {
        let text = lines.join("\n");
        for (command, _) in PARSERS {
            let typed = format!("{command} {}", arguments.replace(['\n', '|', '>', '?'], ""));
            let typed = if matches!(*command, "ping" | "telnet") { typed } else { (*command).to_owned() };
            is_in_table(&read(&typed, &text, parse))?;
        }
    }
}
