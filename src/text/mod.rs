//! From decoded text to clean lines and sections. Knows terminals and commands, not licensing.
//!
//! `collected` takes outputs out of the document that a script put them in; `clean` undoes what terminals (`terminal`), markup
//! (`markup`), JSON (`escaped`) and mail or diff programs (`mail`, `numbering`, `quoting`, `timelog`) did to the lines; `section` (`cutter`) cuts the lines into the outputs of commands, by prompts (`prompt`; `columns` tells the headings of
//! tables from them) and banners (`command`), by what scripts print (`script`) and by headings (`signature`), with log lines kept apart
//! (`logline`) but for what a banner of a configuration quotes (`notice`); `wrap` joins what a terminal broke at its width.

pub mod clean;
pub mod collected;
mod columns;
pub mod command;
mod cutter;
mod escaped;
pub mod line;
pub(crate) mod logline;
mod mail;
mod markup;
pub(crate) mod notice;
mod numbering;
pub mod prompt;
mod quoting;
mod script;
pub mod section;
pub mod signature;
pub mod stamp;
mod terminal;
mod timelog;
pub mod wrap;

pub use line::Line;
pub use section::Section;
