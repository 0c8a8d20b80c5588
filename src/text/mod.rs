//! From decoded text to clean lines and sections. Knows terminals and commands, not licensing.

pub mod clean;
pub mod command;
pub mod line;
pub mod section;
pub mod signature;
pub mod stamp;
pub mod wrap;

pub use line::Line;
pub use section::Section;
