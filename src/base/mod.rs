//! Values without IO: three-valued truth, severities, places in an input, device times, releases, problems; and the threads that
//! work on them.
//!
//! Everything above may use this layer; it uses nothing of the crate.

pub(crate) mod glance;
pub mod level;
pub mod mask;
pub mod place;
pub mod pool;
pub mod problem;
pub mod progress;
pub mod time;
pub mod truth;
pub mod version;

pub use level::{Certainty, Effect, Era, Severity, State, StepState, Wholeness};
pub use place::{Piece, Place, Source};
pub use problem::Problem;
pub use progress::Progress;
pub use time::{Clock, Stamp, Zone};
pub use truth::Truth;
