//! What ends a run before its result: exit code 2, one message on stderr.

/// Why a run fails.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The command line asks for something that cannot be.
    #[error("{0}")]
    Usage(String),
    /// Rules that cannot be used, drawn with their places.
    #[error("the rules cannot be used\n{0}")]
    Rules(String),
    /// The result could not be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file, or `standard output`.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A document could not be made.
    #[error("cannot write the document as JSON: {0}")]
    Json(#[from] serde_json::Error),
}
