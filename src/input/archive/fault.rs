//! What can be wrong with an archive, each with its code and its one sentence.

use std::io;

use super::limits::{Limits, SPOOLED, WINDOW};
use crate::base::Problem;

/// Why something was not read, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It ends too early.
    Truncated,
    /// It is not what its format says.
    Corrupt(String),
    /// The operating system could not read it.
    Unreadable(String),
    /// Its decoder would need too much memory.
    Window,
    /// Too many archives inside each other.
    Nesting,
    /// Too much comes out for what goes in.
    Ratio,
    /// Too much comes out.
    Unpacked,
    /// Too many members.
    Members,
    /// Members of a zip that lie over each other.
    Overlap,
    /// A zip inside a stream that is too large to copy.
    Spooled,
    /// A password is needed.
    Encrypted,
    /// A format or method that is not read.
    Unsupported(String),
    /// An Office document, which is a zip of XML.
    Office,
    /// An archive without files.
    Empty,
}

impl Fault {
    /// What a failed read means. Decoders use these kinds; all others come from the operating system.
    pub(super) fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Truncated,
            io::ErrorKind::InvalidData => Self::Corrupt(error.to_string()),
            io::ErrorKind::OutOfMemory => Self::Window,
            io::ErrorKind::Unsupported => Self::Unsupported(error.to_string()),
            _ => Self::Unreadable(error.to_string()),
        }
    }

    /// The problem to report about `name`, which is of the format `what`.
    pub(super) fn problem(&self, name: &str, what: &str, limits: &Limits) -> Problem {
        let code = match self {
            Self::Truncated => "input::truncated",
            Self::Corrupt(_) | Self::Overlap => "input::corrupt",
            Self::Unreadable(_) => "input::unreadable",
            Self::Window | Self::Nesting | Self::Ratio | Self::Unpacked | Self::Members | Self::Spooled => {
                "input::limit"
            }
            Self::Encrypted => "input::encrypted",
            Self::Unsupported(_) => "input::unsupported",
            Self::Office => "input::binary",
            Self::Empty => "input::empty",
        };
        Problem::of_input(code, name, self.words(what, limits))
    }

    fn words(&self, what: &str, limits: &Limits) -> String {
        let Limits { nesting, ratio, unpacked, members } = limits;
        match self {
            Self::Truncated => format!(
                "the {what} data are cut off: what stands before the cut was read; copy the file again"
            ),
            Self::Corrupt(detail) => format!(
                "the {what} data are damaged ({detail}): what stands before the damage was read; copy the file \
                 again, in binary mode"
            ),
            Self::Unreadable(error) => {
                format!("could not be read to its end ({error}): copy the file to this machine and try again")
            }
            Self::Window => format!(
                "more than {} of memory would be needed to unpack it: unpack it and name the files or the folder",
                size(WINDOW)
            ),
            Self::Nesting => format!(
                "this is an archive inside {nesting} others and was not opened: unpack the outer ones, or raise \
                 --max-nesting"
            ),
            Self::Ratio => format!(
                "this unpacks to more than {ratio} times its size, as a zip bomb does: the rest of it was not read; \
                 if it is none, raise --max-ratio"
            ),
            Self::Unpacked => format!(
                "this unpacks to more than {}: the rest of it was not read; raise --max-unpacked",
                size(*unpacked)
            ),
            Self::Members => format!(
                "this archive has more than {members} members: only so many were read; raise --max-members"
            ),
            Self::Overlap => {
                "members of this zip lie over each other, as in a zip bomb: of those only the first was read; if it is none, pack it anew"
                    .to_owned()
            }
            Self::Spooled => format!(
                "this is a zip of more than {} inside another archive or from a pipe: save it as a file and name it",
                size(SPOOLED)
            ),
            Self::Encrypted => {
                "this is encrypted: unpack it with its password and name the files or the folder".to_owned()
            }
            Self::Unsupported(what) => {
                format!("this is {what}, which is not read here: unpack it and name the files or the folder")
            }
            Self::Office => {
                "this is an Office document, not text: copy the text out of it into a text file".to_owned()
            }
            Self::Empty => format!("this {what} archive holds no files: check that it was packed in full"),
        }
    }
}

/// A number of bytes in the largest unit that leaves no rest.
fn size(bytes: u64) -> String {
    let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    let whole = units.into_iter().find(|(shift, _)| bytes > 0 && bytes.is_multiple_of(1 << shift));
    whole.map_or_else(|| format!("{bytes} bytes"), |(shift, unit)| format!("{} {unit}", bytes >> shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well() {
        for (bytes, expected) in
            [(64 << 30, "64 GiB"), (3 << 20, "3 MiB"), (1500, "1500 bytes"), (0, "0 bytes")]
        {
            assert_eq!(size(bytes), expected);
        }
    }
}
