use super::super::test_support::{facts, read};
use crate::base::{Truth, Wholeness};
use crate::facts::{Capture, ConfigLine};

fn of(text: &str) -> Capture {
    read("show running-config", text, super::parse)
}

/// The tree as indented text, one blank a level.
fn drawn(lines: &[ConfigLine], depth: usize, into: &mut String) {
    for line in lines {
        into.extend([" ".repeat(depth).as_str(), &line.text, "\n"]);
        drawn(&line.children, depth + 1, into);
    }
}

fn tree(text: &str) -> String {
    let mut all = String::new();
    drawn(&of(text).configs[0].lines, 0, &mut all);
    all
}

#[test]
fn indentation_makes_the_tree() {
    let wanted = "call-home\n vrf Mgmt\n profile \"a\"\n  active\nntp server 192.0.2.1\n";
    for printed in [
        "call-home\n vrf Mgmt\n profile \"a\"\n  active\nntp server 192.0.2.1\n",
        "call-home\n  vrf Mgmt\n  profile \"a\"\n    active\n!\nntp server 192.0.2.1\n",
        "        call-home\n         vrf Mgmt\n         !\n         profile \"a\"\n          active\n        ntp server 192.0.2.1\n",
        "call-home\nvrf Mgmt\nprofile \"a\"\nactive\nntp server 192.0.2.1\n",
    ] {
        assert_eq!(tree(printed), wanted, "{printed}");
    }
    assert_eq!(
        tree("  destination transport-method http\n active\nend\n"),
        "destination transport-method http\nactive\n"
    );
    assert_eq!(
        tree("crypto pki trustpoint SLA-TrustPoint\nrevocation-check crl\nip domain lookup\n"),
        "crypto pki trustpoint SLA-TrustPoint\n revocation-check crl\nip domain lookup\n"
    );
}

#[test]
fn certificates_banners_and_comments_are_no_lines() {
    let text = "\
crypto pki certificate chain SLA-TrustPoint
 certificate ca 01
  30820321 30820209 A0030201 02020101 300D0609 2A864886 F70D0101 0B050030
  32310E30 0C060355 040A1305 4369
  \tquit
banner login ^C
call-home users only
 profile nobody
^C
banner motd #one line#
! a comment
ip http client source-interface Vlan10
";
    let wanted = "crypto pki certificate chain SLA-TrustPoint\n certificate ca 01\nbanner login ^C\nbanner motd #one line#\nip http client source-interface Vlan10\n";
    assert_eq!(tree(text), wanted);
    // ASA has no delimiter: a letter is the first of the text.
    assert_eq!(
        tree("banner login Unauthorized\ncall-home\nip host U 192.0.2.1\n"),
        "banner login Unauthorized\ncall-home\nip host U 192.0.2.1\n"
    );
    assert_eq!(
        tree("banner login ^C\nnever ends\nhostname sw1\n"),
        "banner login ^C\nnever ends\nhostname sw1\n"
    );
}

#[test]
fn only_a_configuration_with_head_and_end_is_whole() {
    for (text, whole) in [
        (
            "Building configuration...\n\nCurrent configuration : 90 bytes\n!\nversion 17.3\nhostname a\n!\nend\n",
            true,
        ),
        ("version 17.3\nhostname a\nend\n\n", true),
        ("!! IOS XR Configuration 7.8.1\nhostname a\nend\n", true),
        ("Building configuration...\nversion 17.3\nhostname a\n", false),
        ("hostname a\nend\n", false),
    ] {
        let capture = of(text);
        assert_eq!(capture.configs[0].whole, whole, "{text}");
        assert_eq!(
            Truth::from_seen(capture.seen[0].wholeness == Wholeness::Whole),
            Truth::from_seen(whole),
            "{text}"
        );
    }
}

#[test]
fn defaults_are_shown_where_they_were_asked_for() {
    for (text, shown) in [
        ("Current configuration with default configurations exposed : 9 bytes\nversion 17.3\nend\n", true),
        ("Current configuration : 9 bytes\nversion 17.3\nend\n", false),
    ] {
        assert_eq!(of(text).configs[0].with_defaults, shown, "{text}");
    }
}

#[test]
fn what_the_lines_prove() {
    let text = "\
version 17.9
service call-home
hostname edge7
ip host vrf Mgmt ssm.lab 192.0.2.9 192.0.2.10
ip host cslu-local 192.0.2.11
license udi pid C8300-1N1S-4T2X sn FLM0001
license smart url cslu https://ssm.lab/cslu/v1/pi/lab-1
license smart transport cslu
license smart proxy address proxy.lab
license smart proxy port 3128
call-home
 vrf Mgmt
 no http secure server-identity-check
 profile \"ssm\"
  active
  reporting smart-licensing-data
  destination address http https://ssm.lab/Transportgateway/services/DeviceRequestHandler
";
    let wanted = "\
call_home.configured_profiles = [active=true http_address=https://ssm.lab/Transportgateway/services/DeviceRequestHandler name=ssm reports_licensing=true]
call_home.enabled = true
call_home.identity_check = false
call_home.vrf = Mgmt
config.version = 17.9
device.hostname = edge7
device.pid = C8300-1N1S-4T2X
device.serial = FLM0001
hosts = [address=192.0.2.9 192.0.2.10 name=ssm.lab vrf=Mgmt] [address=192.0.2.11 name=cslu-local]
license.destination.host = ssm.lab
license.destination.host_is_address = false
license.destination.kind = cslu
license.destination.url = https://ssm.lab/cslu/v1/pi/lab-1
license.era = policy
license.transport.proxy = proxy.lab:3128
license.transport.type = cslu
license.transport.url = https://ssm.lab/cslu/v1/pi/lab-1
";
    assert_eq!(facts(&of(text)), wanted);
}

#[test]
fn the_network_that_messages_take() {
    let text = "\
vrf definition Mgmt-vrf
license boot level network-advantage addon dna-advantage
ip name-server 192.0.2.53 192.0.2.54
ip name-server vrf Mgmt-vrf 2001:db8::53
ip http client source-interface GigabitEthernet0/0
interface GigabitEthernet0/0
 vrf forwarding Mgmt-vrf
 ip address 192.0.2.1 255.255.255.0
 ip address 192.0.2.2 255.255.255.0 secondary
 negotiation auto
interface Vlan1
 no ip address
 shutdown
interface Vlan10
 ip address dhcp
interface MgmtEth0/RP0/CPU0/0
 vrf Mgmt
 ipv4 address 192.0.2.3/24
ntp server vrf Mgmt-vrf 192.0.2.123 prefer source Vlan10
ntp server ntp.example.net
ntp peer 192.0.2.124 key 5
ntp source Vlan10
";
    let wanted = "\
dns.name_servers = [address=192.0.2.53] [address=192.0.2.54] [address=2001:db8::53 vrf=Mgmt-vrf]
http_client.source_interface = GigabitEthernet0/0
interfaces = [address=192.0.2.1 name=GigabitEthernet0/0 vrf=Mgmt-vrf] [name=Vlan1 shutdown=true] [address=dhcp name=Vlan10] [address=192.0.2.3 name=MgmtEth0/RP0/CPU0/0 vrf=Mgmt]
license.boot_level = network-advantage addon dna-advantage
ntp.servers = [address=192.0.2.123 prefer=true source=Vlan10 vrf=Mgmt-vrf] [address=ntp.example.net] [address=192.0.2.124]
";
    assert_eq!(facts(&of(text)), wanted);
    let whole =
        "version 17.9\ninterface Vlan10\n ip address 192.0.2.1 255.255.255.0\ninterface Vlan11\nend\n";
    let wanted =
        "config.version = 17.9\ninterfaces = [address=192.0.2.1 name=Vlan10 shutdown=false] [name=Vlan11]\n";
    assert_eq!(facts(&of(whole)), wanted);
}

#[test]
fn the_network_of_other_systems() {
    let xr = "domain name-server 192.0.2.53\ndomain vrf Mgmt name-server 192.0.2.54\nntp\n server vrf Mgmt 192.0.2.123 prefer\n update-calendar\nhttp client source-interface ipv4 MgmtEth0/RP0/CPU0/0\nhttp client vrf Mgmt\n";
    let wanted = "\
dns.name_servers = [address=192.0.2.53] [address=192.0.2.54 vrf=Mgmt]
http_client.source_interface = MgmtEth0/RP0/CPU0/0
ntp.servers = [address=192.0.2.123 prefer=true vrf=Mgmt]
";
    assert_eq!(facts(&of(xr)), wanted);
    let nx = "ip name-server 192.0.2.53 use-vrf management\nntp server 192.0.2.123 use-vrf management\ninterface mgmt0\n  vrf member management\n  ip address 192.0.2.1/24\n  no shutdown\n";
    let wanted = "\
dns.name_servers = [address=192.0.2.53 vrf=management]
interfaces = [address=192.0.2.1 name=mgmt0 shutdown=false vrf=management]
ntp.servers = [address=192.0.2.123 vrf=management]
";
    assert_eq!(facts(&of(nx)), wanted);
    let nx = "version 9.3(5) Bios:version 05.42\ncallhome\n  destination-profile CiscoTAC-1 transport-method http\n  destination-profile CiscoTAC-1 index 1 http https://ssm.example/Transportgateway/services/DeviceRequestHandler\n  transport http use-vrf management\n  enable\n";
    let wanted = "\
call_home.enabled = true
call_home.vrf = management
config.version = 9.3(5)
device.os = NX-OS
device.version = 9.3(5)
license.destination.host = ssm.example
license.destination.host_is_address = false
license.destination.kind = onprem-callhome
license.destination.url = https://ssm.example/Transportgateway/services/DeviceRequestHandler
";
    assert_eq!(facts(&of(nx)), wanted);
}

#[test]
fn profiles_as_configured() {
    let text = "\
call-home
 source-interface Vlan10
 profile \"CiscoTAC-1\"
  no active
  destination transport-method http
  no destination transport-method email
 profile \"a\"
  active
  reporting smart-licensing-data
  destination address http https://a.example.net/x
  destination address http https://b.example.net/y
 profile \"b\"
  no reporting smart-licensing-data
";
    let capture = of(text);
    let all = facts(&capture);
    let line = all.lines().find(|line| line.starts_with("call_home.configured_profiles")).unwrap();
    let wanted = "call_home.configured_profiles = [active=false name=CiscoTAC-1 transport=http] [active=true http_address=https://a.example.net/x, https://b.example.net/y name=a reports_licensing=true] [name=b reports_licensing=false]";
    assert_eq!(line, wanted);
    assert_eq!(capture.facts.text("call_home.source_interface"), Some("Vlan10"));
}

#[test]
fn the_destination_is_that_of_the_transport_in_force() {
    let profile = "call-home\n profile \"ssm\"\n  active\n  reporting smart-licensing-data\n  destination address http https://ssm.lab/Transportgateway/services/DeviceRequestHandler\n";
    for (above, kind) in [
        ("", Some("onprem-callhome")),
        (
            "license smart url https://smartreceiver.cisco.com/licservice/license\nlicense smart transport callhome\n",
            Some("onprem-callhome"),
        ),
        ("license smart transport smart\nlicense smart url default\n", Some("cloud-smart")),
        ("license smart transport off\n", None),
    ] {
        let capture = of(&format!("{above}{profile}"));
        assert_eq!(capture.facts.text("license.destination.kind"), kind, "{above}");
    }
}

#[test]
fn a_transport_alone_tells_no_era() {
    for line in
        ["license smart transport smart", "license smart url https://ssm.lab/SmartTransport", "call-home"]
    {
        assert_eq!(of(line).facts.text("license.era"), None, "{line}");
    }
}

#[test]
fn the_head_tells_when_it_was_changed_and_saved() {
    let head = "Building configuration...\n\nCurrent configuration : 9 bytes\n!\n";
    let changed = "! Last configuration change at 13:06:00 UTC Mon Nov 4 2019 by admin\n";
    let saved = "! NVRAM config last updated at 13:08:00 UTC Mon Nov 4 2019 by admin\n!\nversion 16.9\nend\n";
    assert_eq!(
        facts(&of(&[head, changed, saved].concat())),
        "config.last_changed = 2019-11-04T13:06:00Z\nconfig.last_saved = 2019-11-04T13:08:00Z\nconfig.version = 16.9\n"
    );
    assert_eq!(facts(&of(&[head, "! No configuration change since last restart\n!\nend\n"].concat())), "");
}
