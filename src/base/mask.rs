//! Secrets that a capture may hold: registration tokens, passwords, keys, SNMP communities. Masked wherever a line is quoted.
//!
//! A registration token is a credential: whoever has it can add devices to the smart account (DOMAIN 3.0).

/// What stands in place of a secret.
pub const MASK: &str = "<masked>";

/// Words after which the next word is a secret, lower-case. A digit between them (the IOS encryption type) is kept.
const BEFORE_SECRET: &[&str] = &[
    "idtoken",
    "community",
    "password",
    "password:",
    "secret",
    "secret:",
    "key-string",
    "pre-shared-key",
    "authentication-key",
    "md5",
    "sha",
    "key",
];

/// Words that look like a secret but are part of an ordinary line.
const NOT_SECRET: &[&str] = &[
    "<masked>",
    "<empty>",
    "<none>",
    "<token>",
    "not",
    "encryption",
    "named",
    "chain",
    "size",
    "is",
    "mypubkey",
    "config-key",
    "recovery",
    "has",
    "hash",
    "a",
    "from",
    "required",
];

/// Replaces every secret of a line with `<masked>`.
pub fn mask(line: &str) -> String {
    mask_json_token(&mask_words(line))
}

fn mask_words(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut armed = false;
    for piece in line.split_inclusive([' ', '\t', '"', ',']) {
        let word = piece.trim_end_matches([' ', '\t', '"', ',']);
        let rest = piece.get(word.len()..).unwrap_or_default();
        let lower = word.to_ascii_lowercase();
        let is_type = lower.len() <= 2 && lower.bytes().all(|byte| byte.is_ascii_digit());
        if armed && !word.is_empty() && !is_type && !NOT_SECRET.contains(&lower.as_str()) {
            out.push_str(MASK);
            out.push_str(rest);
            armed = false;
            continue;
        }
        out.push_str(piece);
        armed = BEFORE_SECRET.contains(&lower.as_str()) || (armed && (word.is_empty() || is_type));
    }
    out
}

/// `The token 'NzZh…' is not valid`, as CSSM answers (DOMAIN 3.2, C15).
fn mask_json_token(line: &str) -> String {
    let Some((before, after)) = line.split_once("token '") else { return line.to_owned() };
    let Some((_, rest)) = after.split_once('\'') else { return line.to_owned() };
    format!("{before}token '{MASK}'{rest}")
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn secrets_go_and_the_rest_stays() {
        for (line, masked) in [
            ("license smart register idtoken NzZhMjk force", "license smart register idtoken <masked> force"),
            ("username u privilege 15 secret 9 $9$abc", "username u privilege 15 secret 9 <masked>"),
            (" password 7 0822455D0A16", " password 7 <masked>"),
            ("snmp-server community public RO", "snmp-server community <masked> RO"),
            ("crypto key mypubkey rsa", "crypto key mypubkey rsa"),
            ("    Password: <empty>", "    Password: <empty>"),
            (
                r#"{"token":["The token 'ODRjYT' is not valid."]}"#,
                r#"{"token":["The token '<masked>' is not valid."]}"#,
            ),
            ("service password-encryption", "service password-encryption"),
            ("A key named SLA-KeyPair has been generated", "A key named SLA-KeyPair has been generated"),
        ] {
            assert_eq!(mask(line), masked);
        }
    }
}
