//! Secrets that a capture may hold: registration tokens, passwords, keys, SNMP communities. Masked wherever a line is quoted.
//!
//! A registration token is a credential: whoever has it can add devices to the smart account (DOMAIN 3.0). What is masked
//! follows from the words before the secret, as IOS, IOS XR, NX-OS and ASA write their configuration; prose that merely
//! speaks of keys ("The export authorization key request is in progress") stays as it is, because it is evidence.

mod hint;

use std::ops::Range;

/// What stands in place of a secret.
pub const MASK: &str = "<masked>";

/// Words before a secret. `*` is any one word; `^` is the start of the statement, `^a .. b` a statement that starts with
/// `a` and has `b` later on. Lower-case.
const BEFORE_SECRET: &[&str] = &[
    "idtoken",
    "idtoken:",
    "register token",
    "password",
    "password:",
    "passwd",
    "passphrase",
    "secret",
    "secret:",
    "key-string",
    "server-key",
    "shared-secret",
    "set-key",
    "wpa-psk",
    "snmp-server community",
    "ospf authentication-key",
    "eigrp authentication-key",
    "authentication-key * md5",
    "authentication-key * hmac-sha2-256",
    "message-digest-key * md5",
    "authentication-key * cmac-aes-128",
    "auth md5",
    "auth sha",
    "auth sha-2 *",
    "priv des",
    "priv 3des",
    "priv aes *",
    "password-encrypt",
    "isakmp key",
    "keyring key",
    "pre-shared-key",
    "pre-shared-key local",
    "pre-shared-key remote",
    "^key",
    "^pre-shared-key .. key",
    "^radius-server .. key",
    "^radius .. key",
    "^tacacs-server .. key",
    "^tacacs .. key",
    "^server-private .. key",
    "^server .. key",
    "^client .. key",
    "^aaa-server .. key",
    "^standby .. authentication",
    "^vrrp .. authentication text",
];

/// Words between the above and the secret: encryption types and formats. They stay.
const FORMATS: &[&str] = &["encrypted", "clear", "clear-text", "ascii", "hex", "text", "unencrypted"];

/// Words that never are the secret, but a next keyword, a place-holder or the rest of a sentence.
const NOT_SECRET: &[&str] = &[
    "<masked>",
    "<empty>",
    "<none>",
    "<token>",
    "<removed>",
    "a",
    "again",
    "again:",
    "address",
    "and",
    "been",
    "can",
    "chain",
    "changed",
    "config-key",
    "encryption",
    "expired",
    "for",
    "from",
    "generate",
    "has",
    "hash",
    "hostname",
    "in",
    "incorrect",
    "installed",
    "invalid",
    "is",
    "key",
    "key-string",
    "local",
    "md5",
    "must",
    "mypubkey",
    "named",
    "not",
    "of",
    "on",
    "or",
    "policy",
    "prompt",
    "recovery",
    "remote",
    "request",
    "required",
    "should",
    "size",
    "string",
    "that",
    "to",
    "was",
    "will",
    "with",
    "you",
    "zeroize",
];

/// Words that end the search for an SNMP community after `snmp-server host ADDRESS`.
const SNMP_HOST_OPTIONS: &[&str] =
    &["traps", "informs", "version", "1", "2c", "3", "auth", "noauth", "priv", "vrf", "udp-port"];

/// The shortest run of base64 that is taken for a token or key material that stands alone on its line (a wrapped token).
const LONG_BASE64: usize = 48;

/// Whether a line may hold a secret outside a URL: nearly none does, and telling costs a fraction of looking.
fn may_hold_secret(line: &str) -> bool {
    hint::is_in(line) || has_long_run(line.as_bytes())
}

/// Whether so much base64 stands together. Every such run covers one of the places that are looked at.
fn has_long_run(bytes: &[u8]) -> bool {
    let run = |bytes: &mut dyn Iterator<Item = &u8>| bytes.take_while(|byte| is_base64(**byte)).count();
    (LONG_BASE64 - 1..bytes.len()).step_by(LONG_BASE64).any(|at| {
        let (before, after) = bytes.split_at_checked(at).unwrap_or_default();
        run(&mut before.iter().rev()) + run(&mut after.iter()) >= LONG_BASE64
    })
}

/// Replaces every secret of a line with `<masked>`. The rest, blanks included, stays as it is.
pub fn mask(line: &str) -> String {
    if !may_hold_secret(line) {
        return mask_url_password(line.to_owned());
    }
    let words = words(line);
    let mut secrets: Vec<Range<usize>> = Vec::new();
    for at in 0..words.len() {
        if let Some(secret) = secret_after(line, &words, at) {
            secrets.push(secret);
        }
    }
    secrets.extend(snmp_host_community(line, &words));
    secrets.extend(words.iter().filter(|word| is_long_base64(of(line, word))).cloned());
    let masked = replace(line, secrets);
    mask_private_key(mask_quoted_token(mask_url_password(masked)))
}

/// The words of a line as byte ranges. Blanks, quotes and commas part them; a quoted text is one word, because ASA and NX-OS
/// quote passwords with blanks in them.
fn words(line: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quoted = false;
    for (at, c) in line.char_indices() {
        let ends = if quoted { c == '"' } else { c.is_whitespace() || matches!(c, '"' | ',') };
        if !ends {
            start.get_or_insert(at);
            continue;
        }
        words.extend(start.take().map(|from| from..at));
        if c == '"' {
            // A quote that is never closed is no quote.
            quoted = !quoted && line.get(at + 1..).is_some_and(is_quoted_secret);
        }
    }
    words.extend(start.map(|from| from..line.len()));
    words
}

/// Whether a text after an opening quote is a quoted value and not, say, the middle of JSON.
fn is_quoted_secret(rest: &str) -> bool {
    rest.split_once('"').is_some_and(|(inner, _)| inner.len() <= 64 && !inner.contains([':', '{', '}']))
}

fn of<'l>(line: &'l str, word: &Range<usize>) -> &'l str {
    line.get(word.clone()).unwrap_or_default()
}

fn is(line: &str, word: &Range<usize>, lower: &str) -> bool {
    of(line, word).eq_ignore_ascii_case(lower)
}

/// The secret that follows when the words up to and including `at` introduce one.
fn secret_after(line: &str, words: &[Range<usize>], at: usize) -> Option<Range<usize>> {
    let read = words.get(..=at)?;
    // Most words are told from most patterns at once: a pattern ends with the word, or with any.
    let last = words.get(at).map(|word| of(line, word).as_bytes()).unwrap_or_default();
    let may_end = |pattern: &&&str| {
        let pattern = pattern.as_bytes();
        let end = pattern.len().checked_sub(last.len()).and_then(|from| pattern.get(from..));
        pattern.ends_with(b"*") || end.is_some_and(|end| end.eq_ignore_ascii_case(last))
    };
    let introduced = BEFORE_SECRET.iter().filter(may_end).any(|pattern| ends_with(line, read, pattern));
    let typed_key = words.get(at).is_some_and(|word| is(line, word, "key"))
        && words.get(at + 1).is_some_and(|word| is_type(of(line, word)));
    if !introduced && !typed_key {
        return None;
    }
    let mut next = at + 1;
    let mut typed = false;
    while words.get(next).is_some_and(|word| is_format(of(line, word))) && next + 1 < words.len() {
        typed = true;
        next += 1;
    }
    let secret = words.get(next)?;
    let text = of(line, secret);
    let lower = text.to_ascii_lowercase();
    // `key 1` in a key chain: a number and nothing after it.
    // `key hunter2` is a whole statement of a RADIUS server's mode; "Key version : A" is a table.
    let whole = !introduced || next + 1 == words.len() || !ends_with(line, read, "^key");
    let lone_number = !typed && next + 1 == words.len() && is(line, words.get(at)?, "key") && is_type(text);
    // After an encryption type even a plain word is the secret, unless the whole is a sentence ("key 7 is installed").
    let kept = NOT_SECRET.contains(&lower.as_str()) && !(typed && next + 1 == words.len());
    (whole && !lone_number && !kept && text.chars().any(char::is_alphanumeric)).then(|| secret.clone())
}

fn is_type(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_format(word: &str) -> bool {
    is_type(word) || FORMATS.iter().any(|format| word.eq_ignore_ascii_case(format))
}

/// Whether the words read so far end with a pattern of `BEFORE_SECRET`.
fn ends_with(line: &str, read: &[Range<usize>], pattern: &str) -> bool {
    let Some(anchored) = pattern.strip_prefix('^') else { return tail_is(line, read, pattern) };
    let last = anchored.rsplit(' ').next().unwrap_or_default();
    if !tail_is(line, read, last) {
        return false;
    }
    let statement = statement(line, read);
    match anchored.split_once(" .. ") {
        None => statement.len() == 1 && tail_is(line, statement, anchored),
        Some((first, last)) => {
            statement.len() > last.split(' ').count()
                && statement.first().is_some_and(|word| is(line, word, first))
                && tail_is(line, statement, last)
        }
    }
}

/// Compared from the end: nearly every word of a line says no at once.
fn tail_is(line: &str, read: &[Range<usize>], pattern: &str) -> bool {
    let mut read = read.iter().rev();
    let is = |word: &Range<usize>, wanted: &[u8]| of(line, word).as_bytes().eq_ignore_ascii_case(wanted);
    let mut wanted = pattern.as_bytes().rsplit(|byte| *byte == b' ');
    wanted.all(|wanted| read.next().is_some_and(|word| wanted == b"*" || is(word, wanted)))
}

/// The words of the configuration statement: what follows a prompt (`sw1(config)#key …`) or a leading `no`, else all.
fn statement<'w>(line: &str, read: &'w [Range<usize>]) -> &'w [Range<usize>] {
    match read.split_first() {
        Some((first, rest)) if of(line, first).ends_with(['#', '>']) || is(line, first, "no") => rest,
        _ => read,
    }
}

/// `snmp-server host 10.0.0.1 version 2c public`: the first word after the address that is no option. SNMPv3 names a user.
fn snmp_host_community(line: &str, words: &[Range<usize>]) -> Option<Range<usize>> {
    let mut rest = words.iter().skip_while(|word| !is(line, word, "snmp-server"));
    rest.next()?;
    rest.next().filter(|word| is(line, word, "host"))?;
    rest.next()?;
    let mut after_vrf = false;
    for word in rest {
        let lower = of(line, word).to_ascii_lowercase();
        if lower == "3" {
            return None;
        }
        if std::mem::replace(&mut after_vrf, lower == "vrf") || SNMP_HOST_OPTIONS.contains(&lower.as_str()) {
            continue;
        }
        return (!NOT_SECRET.contains(&lower.as_str())).then(|| word.clone());
    }
    None
}

/// A long run of base64 or its URL-encoded form, with capitals, small letters and digits mixed: never a word or a path.
fn is_long_base64(word: &str) -> bool {
    let all = |test: fn(&u8) -> bool| word.bytes().any(|byte| test(&byte));
    word.len() >= LONG_BASE64
        && word.bytes().all(is_base64)
        && all(u8::is_ascii_uppercase)
        && all(u8::is_ascii_lowercase)
        && all(u8::is_ascii_digit)
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'%')
}

fn replace(line: &str, mut secrets: Vec<Range<usize>>) -> String {
    secrets.sort_by_key(|secret| secret.start);
    secrets.dedup();
    let mut out = String::with_capacity(line.len());
    let mut copied = 0;
    for secret in secrets {
        out.push_str(line.get(copied..secret.start).unwrap_or_default());
        out.push_str(MASK);
        copied = secret.end;
    }
    out.push_str(line.get(copied..).unwrap_or_default());
    out
}

/// `https://user:secret@proxy:8080` keeps the user.
fn mask_url_password(line: String) -> String {
    if memchr::memmem::find(line.as_bytes(), b"://").is_none() {
        return line;
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some((before, after)) = rest.split_once("://") {
        let end = after
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '<'))
            .unwrap_or(after.len());
        let (authority, behind) = after.split_at(end);
        out.push_str(before);
        out.push_str("://");
        match authority.rsplit_once('@').and_then(|(user, host)| Some((user.split_once(':')?.0, host))) {
            Some((user, host)) => out.extend([user, ":", MASK, "@", host]),
            None => out.push_str(authority),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// `The token 'NzZh…' is not valid`, as CSSM answers (DOMAIN 3.2, C15).
fn mask_quoted_token(line: String) -> String {
    let Some((before, after)) = line.split_once("token '") else { return line };
    let Some((_, rest)) = after.split_once('\'') else { return line };
    format!("{before}token '{MASK}'{rest}")
}

/// What follows the first line of a PEM key on the same line.
fn mask_private_key(line: String) -> String {
    let Some((before, after)) = line.split_once("-----BEGIN ") else { return line };
    let Some((kind, rest)) = after.split_once("KEY-----") else { return line };
    if rest.trim().is_empty() {
        return line;
    }
    format!("{before}-----BEGIN {kind}KEY-----{MASK}")
}

#[cfg(test)]
mod tests;
