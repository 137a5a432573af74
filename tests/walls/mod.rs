//! The walls as rules over parsed files. A rule only reads; it gives one line for each crossing.

pub mod names;
pub mod only_homes;
pub mod purity;
pub mod shape;
mod source;
pub mod tree;

pub use source::{Mention, Source, TestOnly};

/// Reads the files together and says each crossing of one wall as `path:line: what is wrong`.
pub type Rule = fn(&[Source]) -> Vec<String>;

/// Applies `check` to each file that `concerns` it.
fn in_each(
    files: &[Source],
    concerns: impl Fn(&Source) -> bool,
    check: impl Fn(&Source) -> Vec<String>,
) -> Vec<String> {
    files.iter().filter(|file| concerns(file)).flat_map(check).collect()
}
