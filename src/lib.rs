//! sldiag says what is wrong with Cisco Smart Licensing on each device of a capture, and proves it.

pub mod base;
pub mod cli;
pub mod diagnose;
pub mod facts;
pub mod input;
pub mod parse;
pub mod report;
pub mod rules;
pub mod text;

/// The code of the README runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
