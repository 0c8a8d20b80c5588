//! Banners of a configuration (`banner login ^C`): their text is of whoever wrote it, and what it quotes no device has said.

/// `^C` (two characters, as printed) or any other sign after `banner login`; none where the banner ends on its line. ASA has one line of
/// text behind each `banner login` and no sign at all.
pub(crate) fn delimiter(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("banner ")?.split_once(' ')?.1.trim_start();
    let first = rest.chars().next().filter(|sign| !sign.is_alphanumeric())?;
    let size = if rest.starts_with("^C") { 2 } else { first.len_utf8() };
    let (delimiter, rest) = (rest.get(..size)?, rest.get(size..)?);
    (!rest.contains(delimiter)).then_some(delimiter)
}

#[cfg(test)]
mod tests {
    use super::delimiter;

    #[test]
    fn delimiters() {
        for (line, found) in [
            ("banner login ^C", Some("^C")),
            ("banner motd ^CWelcome", Some("^C")),
            ("banner exec #", Some("#")),
            ("banner motd #one line#", None),
            ("banner login Unauthorized access", None),
            ("banner login", None),
            ("description banner login ^C", None),
        ] {
            assert_eq!(delimiter(line), found, "{line}");
        }
    }
}
