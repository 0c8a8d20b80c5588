//! Headings of tables that look like prompts: `Slot#  License name   Type     Count   Period left` begins as a prompt of a device
//! called Slot does, and `Switch#   Role    Mac Address` as one of a device that has kept its first name.

use super::{command, logline};

/// Whether what stands behind a `#` is the rest of a heading and nothing that was typed. The name before the `#` does not tell:
/// devices are called Switch. A heading is set in columns, or begins with a capital and has another one; people type commands
/// in small letters, with one blank between two words. What resolves to a command is one however it is set.
pub(super) fn is_heading(rest: &str) -> bool {
    if !rest.starts_with([' ', '\t']) {
        return false;
    }
    let rest = rest.trim_end();
    let typed = rest.trim_start();
    let gaps = gaps(rest);
    let is_titled = typed.starts_with(|c: char| c.is_ascii_uppercase())
        && (gaps > 0 || typed.split_whitespace().filter(|word| is_title(word)).count() > 1);
    (gaps > 1 || is_titled)
        && !(logline::starts_as_log(typed) && logline::is_log(typed))
        && command::resolve(typed).is_none()
}

/// Places where a column may begin: behind two blanks, or a tab.
fn gaps(text: &str) -> usize {
    let is_gap = |blanks: &&str| blanks.len() > 1 || blanks.contains('\t');
    text.split(|c: char| c != ' ' && c != '\t').filter(is_gap).count()
}

/// `License`, but not `LICENSE`, which is typed with the capitals locked.
fn is_title(word: &str) -> bool {
    matches!(word.as_bytes(), [first, second, ..] if first.is_ascii_uppercase() && second.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::is_heading;

    #[test]
    fn headings_of_tables() {
        for rest in [
            "  License name   Type     Count   Period left",
            "\tLicense Name\tType",
            " License Name Type Count Period left",
            "   Role    Mac Address     Priority Version  State",
            "  Name",
            " Ports  Card Type   Model",
            "  platform   serial   state",
            "  Interface  Status",
        ] {
            assert!(is_heading(rest), "{rest}");
        }
    }

    #[test]
    fn what_was_typed_is_no_heading() {
        for rest in [
            "",
            "   ",
            "show license all",
            " show ver",
            "   show   license   all",
            "  Show License Summary",
            " SHOW VERSION",
            "  ping   192.0.2.9",
            " conf t",
            "  license smart register idtoken x",
            " Conf t",
            " LICENSE SMART SYNC ALL",
            " copy running-config startup-config",
            "  *Mar  1 00:00:09.000: %SYS-5-CONFIG_I: x",
            " Nov  4 13:04:17.102: %SYS-5-CONFIG_I: Configured",
            "License Name  Type  Count",
        ] {
            assert!(!is_heading(rest), "{rest}");
        }
    }
}
