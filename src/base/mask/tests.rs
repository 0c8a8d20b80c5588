//! What is masked and what stays.

use super::{LONG_BASE64, has_long_run, mask};

const TOKEN: &str = "NzZhMjkwYjQtZjIxZC00ZmE1LTk3YzItMzU4ZDQ1YjQ5NDk1LTE1%0AMTYzMTUz%3D%0A";

#[test]
fn secrets_go_and_the_rest_stays() {
    for (line, masked) in [
        ("license smart register idtoken NzZhMjk force", "license smart register idtoken <masked> force"),
        ("license smart trust idtoken NzZhMjk all force", "license smart trust idtoken <masked> all force"),
        ("sw1#license smart trust idtoken X", "sw1#license smart trust idtoken <masked>"),
        ("username u privilege 15 secret 9 $9$abc", "username u privilege 15 secret 9 <masked>"),
        ("username u password hunter2", "username u password <masked>"),
        ("username u password 0 is", "username u password 0 <masked>"),
        ("enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0", "enable secret 5 <masked>"),
        (" password 7 0822455D0A16", " password 7 <masked>"),
        (" ppp chap password 0 letmein", " ppp chap password 0 <masked>"),
        (" ppp pap sent-username u password 7 03550958525A", " ppp pap sent-username u password 7 <masked>"),
        ("passwd 2KFQnbNIdI.2KYOU encrypted", "passwd <masked> encrypted"),
        ("username a password \"two words\" role x", "username a password \"<masked>\" role x"),
        (" key 7 0A1B2C", " key 7 <masked>"),
        (" key hunter2", " key <masked>"),
        ("sw1(config-radius-server)# key hunter2", "sw1(config-radius-server)# key <masked>"),
        (
            "radius-server host 10.0.0.1 auth-port 1812 key s3",
            "radius-server host 10.0.0.1 auth-port 1812 key <masked>",
        ),
        ("tacacs-server key 7 070C285F4D06", "tacacs-server key 7 <masked>"),
        (" client 10.0.0.1 server-key 7 13061E010803", " client 10.0.0.1 server-key 7 <masked>"),
        ("  key-string 7 06070D221D1C", "  key-string 7 <masked>"),
        ("crypto isakmp key s3cret address 10.0.0.1", "crypto isakmp key <masked> address 10.0.0.1"),
        ("  pre-shared-key local s3cret", "  pre-shared-key local <masked>"),
        (
            " pre-shared-key address 0.0.0.0 0.0.0.0 key s3",
            " pre-shared-key address 0.0.0.0 0.0.0.0 key <masked>",
        ),
        ("key config-key password-encrypt MasterKey1", "key config-key password-encrypt <masked>"),
        ("ntp authentication-key 1 md5 02050D480809 7", "ntp authentication-key 1 md5 <masked> 7"),
        (" ip ospf message-digest-key 1 md5 7 1234ABCD", " ip ospf message-digest-key 1 md5 7 <masked>"),
        (" ip ospf authentication-key pw", " ip ospf authentication-key <masked>"),
        (
            " standby 1 authentication md5 key-string 7 0212",
            " standby 1 authentication md5 key-string 7 <masked>",
        ),
        ("snmp-server community public RO", "snmp-server community <masked> RO"),
        ("snmp-server host 10.0.0.1 version 2c public", "snmp-server host 10.0.0.1 version 2c <masked>"),
        ("snmp-server host 10.0.0.1 vrf Mgmt public", "snmp-server host 10.0.0.1 vrf Mgmt <masked>"),
        (
            "snmp-server user u g v3 auth sha AuthPass1 priv aes 128 PrivPass1",
            "snmp-server user u g v3 auth sha <masked> priv aes 128 <masked>",
        ),
        ("https://user:pw@host/its", "https://user:<masked>@host/its"),
        ("copy ftp://u:p@ss@10.0.0.1/x flash:", "copy ftp://u:<masked>@10.0.0.1/x flash:"),
        (
            r#"{"token":["The token 'ODRjYT' is not valid."]}"#,
            r#"{"token":["The token '<masked>' is not valid."]}"#,
        ),
        ("    Password: hunter2", "    Password: <masked>"),
        (
            "%PARSER-5-CFGLOG_LOGGEDCMD: User:a  logged command:username b password 0 pw",
            "%PARSER-5-CFGLOG_LOGGEDCMD: User:a  logged command:username b password 0 <masked>",
        ),
        ("-----BEGIN RSA PRIVATE KEY-----MIIEow", "-----BEGIN RSA PRIVATE KEY-----<masked>"),
    ] {
        assert_eq!(mask(line), masked);
        assert_eq!(mask(masked), masked, "masking twice");
    }
}

#[test]
fn a_token_that_a_terminal_wrapped_onto_its_own_line_is_masked() {
    assert_eq!(mask(TOKEN), "<masked>");
    assert_eq!(mask(&format!("  {TOKEN} force")), "  <masked> force");
}

#[test]
fn ordinary_lines_stay() {
    for line in [
        "The export authorization key request is in progress",
        "Validation of the authorization key failed",
        "Export Authorization Key:",
        "A key named SLA-KeyPair has been generated or imported",
        "% You already have RSA keys defined named SLA-KeyPair.",
        "crypto key generate rsa modulus 2048",
        "crypto key mypubkey rsa",
        "crypto key zeroize rsa",
        " authentication key-chain OSPF",
        "key chain OSPF",
        " key 1",
        "FIPS key on Standby is not configured.",
        "Key version         : A",
        "LICENSE KEY PROVIDED FOR ANY CISCO SOFTWARE PRODUCT, PRODUCT FEATURE,",
        "    Password: <empty>",
        "Password:",
        "  Enter secret again:",
        "service password-encryption",
        "no service password-recovery",
        "The password has expired",
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN RSA PRIVATE KEY-----",
        "https://tools.cisco.com/its/service/oddce/services/DDCEService",
        "https://smartreceiver.cisco.com:443/licservice/license",
        "License Entitlement Tag: regid.2017-05.com.cisco.c9300_dna_advantage,1.0_f1dd5a2d-4a4b-4a2a-8d8f-1b1a2c3d4e5f",
        "Signature: sha256 5b0a0d9c3f5f6d7c8b9a0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a",
        " set community 65000:100 additive",
        "snmp-server host 10.0.0.1 version 3 auth nms",
        r#"SAEVT_DEREGISTER_STATUS msgStatus="LS_INVALID_DATA" error="key, password and token""#,
    ] {
        assert_eq!(mask(line), line);
    }
}

#[test]
fn every_introduction_is_hinted_at() {
    for words in super::BEFORE_SECRET {
        assert!(super::may_hold_secret(&words.replace(" .. ", " x ")), "{words}");
    }
}

#[test]
fn a_long_run_is_found_wherever_it_stands() {
    for before in 0..2 * LONG_BASE64 {
        for (length, is_long) in [(LONG_BASE64 - 1, false), (LONG_BASE64, true), (3 * LONG_BASE64, true)] {
            for after in [0, 1, LONG_BASE64] {
                let line = " ".repeat(before) + &"a".repeat(length) + &" ".repeat(after);
                assert_eq!(has_long_run(line.as_bytes()), is_long, "{before} {length} {after}");
            }
        }
    }
}
