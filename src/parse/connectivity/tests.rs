use super::super::test_support::{facts, read};
use crate::facts::Capture;
use crate::parse::{Wanted, captures};

fn of(command: &str, text: &str) -> String {
    let parse = if command.starts_with("ping") { super::ping } else { super::telnet };
    facts(&read(command, text, parse))
}

const SENT: &str =
    "Type escape sequence to abort.\nSending 5, 100-byte ICMP Echos to 192.0.2.80, timeout is 2 seconds:\n";

#[test]
fn pings_of_every_system() {
    for (command, text, element) in [
        (
            "ping tools.cisco.com",
            &*format!(
                "Translating \"tools.cisco.com\"...domain server (192.0.2.53) [OK]\n\n{SENT}.!!!!\nSuccess rate is 80 percent (4/5), round-trip min/avg/max = 1/2/9 ms"
            ),
            "address=192.0.2.80 host=tools.cisco.com outcome=replied success_percent=80",
        ),
        (
            "ping vrf Mgmt-vrf 192.0.2.80 source Gi0/0 repeat 5",
            &format!("{SENT}.....\nSuccess rate is 0 percent (0/5)"),
            "address=192.0.2.80 host=192.0.2.80 outcome=no reply success_percent=0 vrf=Mgmt-vrf",
        ),
        (
            "ping ip ssm.lab",
            &format!("{SENT}U.U.U\nSuccess rate is 0 percent (0/5)"),
            "address=192.0.2.80 host=ssm.lab outcome=unreachable success_percent=0",
        ),
        (
            "ping ssm.lab",
            "Translating \"ssm.lab\"...domain server (255.255.255.255)\n% Unrecognized host or address, or protocol not running.",
            "host=ssm.lab outcome=unresolved",
        ),
        (
            "ping 192.0.2.80",
            "% Unrecognized host or address, or protocol not running.",
            "host=192.0.2.80 outcome=unreachable",
        ),
        ("ping vrf Mgmt ssm.lab", "% VRF Mgmt does not exist", "host=ssm.lab outcome=unknown vrf vrf=Mgmt"),
        (
            "ping vrf Mgmt ssm.lab",
            "Bad hostname or protocol not running",
            "host=ssm.lab outcome=unresolved vrf=Mgmt",
        ),
        (
            "ping 192.0.2.80 vrf management",
            "PING 192.0.2.80 (192.0.2.80): 56 data bytes\n64 bytes from 192.0.2.80: icmp_seq=0 ttl=250 time=1.2 ms\n\n--- 192.0.2.80 ping statistics ---\n5 packets transmitted, 5 packets received, 0.00% packet loss",
            "address=192.0.2.80 host=192.0.2.80 outcome=replied success_percent=100 vrf=management",
        ),
        (
            "ping management ssm.lab",
            &format!("{SENT}!!!!!\nSuccess rate is 100 percent (5/5)"),
            "address=192.0.2.80 host=ssm.lab outcome=replied success_percent=100",
        ),
        (
            "ping",
            &format!(
                "Protocol [ip]:\nTarget IP address: ssm.lab\nRepeat count [5]:\n{SENT}!!!!!\nSuccess rate is 100 percent (5/5)"
            ),
            "address=192.0.2.80 host=ssm.lab outcome=replied success_percent=100",
        ),
    ] {
        assert_eq!(of(command, text), format!("connectivity.ping = [{element}]\n"), "{command}\n{text}");
    }
}

#[test]
fn connections_of_every_system() {
    for (command, text, element) in [
        (
            "telnet tools.cisco.com 443",
            "Translating \"tools.cisco.com\"...domain server (192.0.2.53) [OK]\nTrying tools.cisco.com (192.0.2.80, 443)... Open",
            "address=192.0.2.80 host=tools.cisco.com outcome=open port=443",
        ),
        (
            "telnet 192.0.2.80 443 /vrf Mgmt-vrf /source-interface Gi0/0",
            "Trying 192.0.2.80, 443 ... \n% Connection timed out; remote host not responding",
            "address=192.0.2.80 host=192.0.2.80 outcome=timed out port=443 vrf=Mgmt-vrf",
        ),
        (
            "telnet 192.0.2.80 8182",
            "Trying 192.0.2.80, 8182 ...\n% Connection refused by remote host",
            "address=192.0.2.80 host=192.0.2.80 outcome=refused port=8182",
        ),
        (
            "telnet 192.0.2.80",
            "Trying 192.0.2.80 ...\n% Destination unreachable; gateway or host down",
            "address=192.0.2.80 host=192.0.2.80 outcome=unreachable port=23",
        ),
        (
            "telnet ssm.lab 443",
            "Translating \"ssm.lab\"...domain server (192.0.2.53)\n% Unknown command or computer name, or unable to find computer address",
            "host=ssm.lab outcome=unresolved port=443",
        ),
        (
            "telnet vrf Mgmt 192.0.2.80 443",
            "Trying 192.0.2.80...\nConnected to 192.0.2.80.\nEscape character is '^^e'.",
            "address=192.0.2.80 host=192.0.2.80 outcome=open port=443 vrf=Mgmt",
        ),
        (
            "telnet ssm.lab 443 vrf management",
            "Trying 192.0.2.80...\ntelnet: Unable to connect to remote host: Connection timed out",
            "address=192.0.2.80 host=ssm.lab outcome=timed out port=443 vrf=management",
        ),
        (
            "ping tcp outside ssm.lab 443",
            "Type escape sequence to abort.\nSending 5 TCP SYN requests to 192.0.2.80 port 443\nfrom 192.0.2.1, timeout is 2 seconds:\n!!!!!\nSuccess rate is 100 percent (5/5), round-trip min/avg/max = 1/1/1 ms",
            "address=192.0.2.80 host=ssm.lab outcome=open port=443",
        ),
    ] {
        assert_eq!(of(command, text), format!("connectivity.tcp = [{element}]\n"), "{command}\n{text}");
    }
}

#[test]
fn a_check_without_a_result_is_no_fact() {
    for (command, text) in [
        ("ping tools.cisco.com", SENT),
        ("ping", "Protocol [ip]:\nTarget IP address: "),
        ("telnet tools.cisco.com 443", "Trying tools.cisco.com (192.0.2.80, 443)... "),
        ("telnet", "Open"),
        ("ping x", "Success rate is 300 percent"),
    ] {
        assert_eq!(of(command, text), "", "{command}\n{text}");
    }
}

fn session(text: &str) -> Capture {
    captures(&std::sync::Arc::new(crate::base::Source::new("a.txt", text.to_owned())), &Wanted::default())
        .remove(0)
}

#[test]
fn a_session_keeps_every_host_with_its_newest_result() {
    let lost = "Success rate is 0 percent (0/5)";
    let text = format!(
        "sw1#ping ssm.lab\n{lost}\nsw1#ping vrf Mgmt ssm.lab\n{lost}\nsw1#ping 192.0.2.7\n{lost}\nsw1#ping ssm.lab\nSuccess rate is 100 percent (5/5)\nsw1#"
    );
    let wanted = "connectivity.ping = [host=ssm.lab outcome=no reply success_percent=0 vrf=Mgmt] [host=192.0.2.7 outcome=no reply success_percent=0] [host=ssm.lab outcome=replied success_percent=100]\n";
    assert_eq!(facts(&session(&text)), wanted);
}
