//! Opens what the user names and decodes it: the only layer that opens files.
