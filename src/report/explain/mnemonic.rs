//! Names of log messages in any spelling: with and without severity, of IOS XE, IOS XR, ASA and NX-OS, alone or in a line.

/// Whether a word as a log prints it is this `FACILITY-MNEMONIC`; a name that ends in `*` stands for all that begin so.
/// The mnemonic alone will do.
pub(super) fn is(word: &str, name: &str) -> bool {
    let folded = fold(word);
    match name.strip_suffix('*') {
        Some(start) => {
            let short = alone(start);
            folded.starts_with(start) || (!short.is_empty() && folded.starts_with(short))
        }
        None => folded == name || folded == alone(name),
    }
}

/// Whether a line holds the message with this name: `FACILITY-MNEMONIC` must stand there in full.
pub(super) fn stands_in(line: &str, name: &str) -> bool {
    let words = line.split(|c: char| c.is_whitespace() || c == ':' || c == '%');
    words.filter(|word| word.contains('-')).any(|word| is(word, name))
}

/// The mnemonic without its facility.
pub(super) fn alone(name: &str) -> &str {
    name.rsplit_once('-').map_or(name, |(_, mnemonic)| mnemonic)
}

/// `%LICENSE-SMART_LIC-3-X:` to `SMART_LIC-X`.
fn fold(word: &str) -> String {
    let word = word.rsplit('%').next().unwrap_or_default().split(':').next().unwrap_or_default();
    let word = word.trim().replace('\\', "").to_ascii_uppercase();
    let parts: Vec<&str> = word.split('-').filter(|part| !is_severity(part)).collect();
    if let ["LICMGR", name] = parts.as_slice() {
        return name
            .strip_prefix("LOG_SMART_LIC_")
            .map_or_else(|| parts.join("-"), |it| format!("SMART_LIC-{it}"));
    }
    let agent = parts.iter().rposition(|part| *part == "SMART_LIC").unwrap_or(0);
    parts.get(agent..).unwrap_or_default().join("-")
}

fn is_severity(part: &str) -> bool {
    part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name() {
        for word in [
            "COMM_FAILED",
            "comm_failed",
            "SMART_LIC-COMM_FAILED",
            "SMART_LIC-3-COMM_FAILED",
            "%SMART_LIC-3-COMM_FAILED:",
            "%SMART_LIC-COMM_FAILED",
            "%LICENSE-SMART_LIC-3-COMM_FAILED",
            "%ASA-3-444303: %SMART_LIC-3-COMM_FAILED",
            "%LICMGR-3-LOG_SMART_LIC_COMM_FAILED",
            r"%SMART\_LIC-3-COMM\_FAILED:",
        ] {
            assert!(is(word, "SMART_LIC-COMM_FAILED"), "{word}");
        }
        assert!(!is("SMART_LIC-COMM_RESTORED", "SMART_LIC-COMM_FAILED"));
        assert!(is("SMART_LIC-3-UTILITY_STARTED", "SMART_LIC-UTILITY_*"));
        assert!(!is("COMM_FAILED", "SSLMGR-*"));
        assert!(!is("FAILED", "SMART_LIC-COMM_FAILED"));
    }

    #[test]
    fn names_in_lines() {
        for line in [
            "Nov 19 14:55:34.069: %SMART_LIC-3-COMM_FAILED: Communications failure with",
            "RP/0/RP0/CPU0:Aug 20 18:41:28 UTC: smartlicserver[266]: %LICENSE-SMART_LIC-3-COMM_FAILED : Commun",
            "Aug 15 2019 13:44:38: %ASA-3-444303: %SMART_LIC-3-COMM_FAILED: Communications failure",
            "SMART_LIC-3-COMM_FAILED:Communications failure",
        ] {
            assert!(stands_in(line, "SMART_LIC-COMM_FAILED"), "{line}");
        }
        assert!(!stands_in("the COMM_FAILED message", "SMART_LIC-COMM_FAILED"));
    }
}
