use super::super::test_support::{facts, read};

fn of(text: &str) -> String {
    facts(&read("show version", text, super::parse))
}

#[test]
fn ios_xe() {
    let text = "\
Cisco IOS XE Software, Version 16.12.03a
Cisco IOS Software [Gibraltar], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 16.12.3a, RELEASE SOFTWARE (fc1)
Compiled Tue 28-Apr-20 09:37 by mcpre
edge7 uptime is 3 weeks, 1 day
Uptime for this control processor is 3 weeks, 1 day
Smart Licensing Status: REGISTERED/OUT OF COMPLIANCE
cisco C9300-24UX (X86) processor with 1338934K/6147K bytes of memory.
Processor board ID FCW0000A001
Model Number                       : C9300-24UX
";
    let wanted = "\
device.hostname = edge7
device.image_built = Tue 28-Apr-20 09:37
device.os = IOS XE
device.pid = C9300-24UX
device.serial = FCW0000A001
device.uptime = 3 weeks, 1 day
device.version = 16.12.3a
license.authorization.status = OUT OF COMPLIANCE
license.era = classic
license.registration.status = REGISTERED
";
    assert_eq!(of(text), wanted);
}

#[test]
fn nx_os() {
    let text = "\
Cisco Nexus Operating System (NX-OS) Software
Software
  BIOS: version 05.45
  NXOS: version 10.2(3) [Feature Release]
  NXOS compile time:  3/16/2022 11:00:00 [03/16/2022 20:45:28]
Hardware
  cisco Nexus9000 C93180YC-EX chassis
  Processor Board ID FDO0000B002
  Device name: leaf3
Kernel uptime is 2 day(s), 1 hour(s), 3 minute(s), 4 second(s)
";
    let wanted = "\
device.hostname = leaf3
device.image_built = 3/16/2022 11:00:00
device.os = NX-OS
device.serial = FDO0000B002
device.uptime = 2 day(s), 1 hour(s), 3 minute(s), 4 second(s)
device.version = 10.2(3)
license.era = policy
";
    assert_eq!(of(text), wanted);
}

#[test]
fn asa() {
    let text = "\
Cisco Adaptive Security Appliance Software Version 9.16(1)
Compiled on Wed 26-May-21 03:47 GMT by builders
fw1 up 41 days 19 hours
Hardware:   ASAv, 2048 MB RAM, CPU Xeon 1800 MHz,
License mode: Smart Licensing
License reservation: Enabled
ASAv Platform License State: Licensed
Active entitlement: ASAv-STD-1G, enforce mode: Authorized

Licensed features for this platform:
Maximum VLANs                     : 50
Failover                          : Active/Standby
Encryption-3DES-AES               : Disabled       perpetual

Serial Number: 9A0000000CC
Note: not a feature
";
    let wanted = "\
device.hostname = fw1
device.image_built = 2021-05-26T03:47:00Z
device.os = ASA
device.pid = ASAv
device.serial = 9A0000000CC
device.uptime = 41 days 19 hours
device.version = 9.16(1)
license.era = classic
license.reservation.enabled = Enabled
platform_license.asa_entitlements = [mode=Authorized name=ASAv-STD-1G]
platform_license.asa_features = [name=Maximum VLANs value=50] [name=Failover value=Active/Standby] [duration=perpetual name=Encryption-3DES-AES value=Disabled]
platform_license.era_line = Smart Licensing
platform_license.state = Licensed
";
    assert_eq!(of(text), wanted);
}

#[test]
fn system_and_release_of_the_others() {
    for (text, os, version) in [
        ("Cisco IOS XR Software, Version 7.7.1 LNT\nSystem uptime is 3 minutes\n", "IOS XR", "7.7.1"),
        ("Cisco IOS XR Software, Version 6.5.3[Default]\n", "IOS XR", "6.5.3"),
        (
            "Cisco System ROMMON, Version 1.0.11\nCisco IOS XE Software, Version 17.09.04a\n",
            "IOS XE",
            "17.09.04a",
        ),
        (
            "Cisco IOS XE Software, Version BLD_POLARIS_DEV_LATEST_20200701_053046_2\nCisco IOS Software [Amsterdam], Catalyst L3 Router Software (CAT9K_IOSXE), Experimental Version 17.4.20200701:054524 [S2C 269]\n",
            "IOS XE",
            "17.4.20200701:054524",
        ),
        (
            "Cisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M), Version 15.4(3)M, RELEASE SOFTWARE (fc1)\n",
            "IOS",
            "15.4(3)M",
        ),
        (
            "Cisco IOS XE Software, Version 03.16.04b.S - Extended Support Release\nCisco IOS Software, ASR1000 Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version 15.5(3)S4b, RELEASE SOFTWARE (fc1)\n",
            "IOS XE",
            "03.16.04b.S",
        ),
    ] {
        let facts = of(text);
        assert!(facts.contains(&format!("device.os = {os}\n")), "{text}{facts}");
        assert!(facts.contains(&format!("device.version = {version}\n")), "{text}{facts}");
        assert!(!facts.contains("hostname"), "{facts}");
    }
}

#[test]
fn the_era_by_status_line_else_by_release() {
    let xe = |version: &str| format!("Cisco IOS XE Software, Version {version}\n");
    for (text, era) in [
        (xe("17.03.01"), "classic"),
        (xe("17.03.02"), "policy"),
        (xe("16.06.04"), ""),
        (format!("{}Smart Licensing Status: UNREGISTERED/EVAL EXPIRED\n", xe("17.03.02")), "classic"),
        (format!("{}Smart Licensing Status: Smart Licensing Using Policy\n", xe("17.09.08prd1")), "policy"),
        ("Smart Licensing Status: Registration Not Applicable/Not Applicable\n".to_owned(), "policy"),
        ("Smart Licensing Status: UNREGISTERED/EVAL MODE\n".to_owned(), "classic"),
        (
            "Cisco Adaptive Security Appliance Software Version 9.8(2)\nRunning Permanent Activation Key: 0x1 0x2\n".to_owned(),
            "rtu",
        ),
    ] {
        let found = of(&text);
        let line = found.lines().find_map(|line| line.strip_prefix("license.era = ")).unwrap_or_default();
        assert_eq!(line, era, "{text}");
    }
}

#[test]
fn a_threat_defense_names_itself_in_its_head() {
    let facts = of("-------------------[ ftd-1 ]--------------------\n\
         Model                     : Cisco Firepower Threat Defense for VMware (75) Version 6.6.0 (Build 90)\n\
         UUID                      : 3d4e2c2e-7c1a-11ea-9d3e-8a1b2c3d4e5f\n\
         ----------------------------------------------------\n\n\
         Cisco Adaptive Security Appliance Software Version 9.14(1)\n");
    for fact in
        ["device.hostname = ftd-1", "device.os = FTD", "device.version = 6.6.0", "license.era = classic"]
    {
        assert!(facts.contains(&format!("{fact}\n")), "{fact}: {facts}");
    }
}
