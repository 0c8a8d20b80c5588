//! Reports: one file a format; pure, from a diagnosis to text.
