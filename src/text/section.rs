//! Cuts a capture into the outputs of commands: by the banners of `show tech-support`, by prompts with a command, by a
//! command line alone, and by the headings of outputs that stand without any command.

use super::Line;
use crate::base::Wholeness;

/// The output of one command.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// Full name of the command, such as `show license all`; `syslog` for lines outside every command.
    pub command: String,
    /// What follows the first `|`.
    pub pipe: Option<String>,
    /// Name at the prompt in force.
    pub host: Option<String>,
    /// The line with the command or banner; the first line of an output that has neither.
    pub heading: u32,
    /// The output.
    pub lines: Vec<Line<'a>>,
    /// How much of it is there.
    pub wholeness: Wholeness,
}
