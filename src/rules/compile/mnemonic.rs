//! Names of log messages as rules write them, folded to the `FACILITY-MNEMONIC` that records carry.
//!
//! The severity digit is never compared: the same message has different ones on different releases (DOMAIN 2). Systems
//! wrap the name: `LICENSE-SMART_LIC-3-X` (IOS XR), `ASA-3-444303: %SMART_LIC-3-X`, `LICMGR-3-LOG_SMART_LIC_X` (NX-OS).

const AGENT: &str = "SMART_LIC";
const NXOS: &str = "LOG_SMART_LIC_";

/// The folded name; `None` where the text is not the name of a message. `SMART_LIC-*` is one, and `SMART_LIC-UTILITY_*`: of other
/// facilities not every message is kept.
pub(super) fn fold(written: &str) -> Option<String> {
    if let Some(start) = written.strip_suffix('*') {
        let mnemonic = start.strip_prefix(AGENT)?.strip_prefix('-')?;
        return (mnemonic.is_empty() || is_word(mnemonic)).then(|| written.to_owned());
    }
    let inner = written.rsplit('%').next()?.trim().trim_end_matches(':').trim_end();
    let mut parts: Vec<&str> = inner.split('-').collect();
    let mnemonic = parts.pop().filter(|it| is_word(it))?;
    if parts.len() > 1 && parts.last().is_some_and(|it| is_severity(it)) {
        parts.pop();
    }
    let has_facility = parts.first().is_some_and(|it| !is_severity(it));
    if !has_facility || !parts.iter().all(|it| is_word(it)) || is_severity(mnemonic) {
        return None;
    }
    if let (["LICMGR"], Some(name)) = (parts.as_slice(), mnemonic.strip_prefix(NXOS)) {
        return Some(format!("{AGENT}-{name}"));
    }
    let agent = parts.iter().rposition(|it| *it == AGENT).unwrap_or(0);
    let facility: Vec<&str> = parts.into_iter().skip(agent).collect();
    Some(format!("{}-{mnemonic}", facility.join("-")))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

fn is_severity(text: &str) -> bool {
    text.len() == 1 && text.starts_with(|c: char| ('0'..='7').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_of_one_name() {
        for (written, name) in [
            ("SMART_LIC-COMM_FAILED", Some("SMART_LIC-COMM_FAILED")),
            ("SMART_LIC-3-COMM_FAILED", Some("SMART_LIC-COMM_FAILED")),
            ("%SMART_LIC-3-COMM_FAILED:", Some("SMART_LIC-COMM_FAILED")),
            ("%LICENSE-SMART_LIC-3-COMM_FAILED", Some("SMART_LIC-COMM_FAILED")),
            ("LICENSE-SMART_LIC-COMM_FAILED", Some("SMART_LIC-COMM_FAILED")),
            ("%ASA-3-444303: %SMART_LIC-3-COMM_FAILED", Some("SMART_LIC-COMM_FAILED")),
            ("LICMGR-3-LOG_SMART_LIC_COMM_FAILED", Some("SMART_LIC-COMM_FAILED")),
            ("LICMGR-LOG_SMART_LIC_COMM_FAILED", Some("SMART_LIC-COMM_FAILED")),
            ("ASA-3-444303", Some("ASA-444303")),
            ("PKI-3-CRL_FETCH_FAIL", Some("PKI-CRL_FETCH_FAIL")),
            ("SYS-SP-5-RESTART", Some("SYS-SP-RESTART")),
            ("COMM_FAILED", None),
            ("SMART_LIC-3", None),
            ("SMART_LIC-3-", None),
            ("3-COMM_FAILED", None),
            ("smart_lic-comm_failed", None),
            ("SMART_LIC-3-COMM FAILED", None),
            ("", None),
        ] {
            assert_eq!(fold(written).as_deref(), name, "{written}");
        }
    }
}
