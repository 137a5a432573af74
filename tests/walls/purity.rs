//! What `domain` may never name: waiting, the clock, chance, the world outside.

use super::{Mention, Source, TestOnly, in_each};

/// Paths by their first segments, or a lone word anywhere in a path.
const IMPURE: &[&[&str]] = &[
    &["async"],
    &["await"],
    &["tokio"],
    &["futures_util"],
    &["rand"],
    &["getrandom"],
    &["now_v7"],
    &["new_v4"],
    &["Utc", "now"],
    &["std", "time"],
    &["std", "fs"],
    &["std", "io"],
    &["std", "net"],
    &["std", "env"],
    &["std", "process"],
    &["std", "thread"],
];

/// What makes organisations out of numbers; their `load.rs` alone writes them.
const GENERATORS: &[&str] = &["src/app/demo/", "src/app/scale/"];

/// No async, no IO, no clock, no random number in `domain`; its unit tests may read their settings.
pub fn domain_is_pure(files: &[Source]) -> Vec<String> {
    pure(files, "domain", |file| file.layer() == Some("domain"))
}

/// The same holds for generated organisations: what looks like chance comes from a seed.
pub fn generators_are_pure(files: &[Source]) -> Vec<String> {
    pure(files, "a generated organisation", |file| {
        GENERATORS.iter().any(|folder| file.path.starts_with(folder)) && !file.path.ends_with("/load.rs")
    })
}

fn pure(files: &[Source], what: &str, concerns: impl Fn(&Source) -> bool) -> Vec<String> {
    let tests = TestOnly::of(files);
    in_each(
        files,
        |file| concerns(file) && !tests.holds(file),
        |file| {
            let impure = |m: &Mention| {
                let name = IMPURE.iter().find(|path| names(m, path))?.join("::");
                Some(file.at(m.line, &format!("{what} is pure and may not name `{name}`")))
            };
            file.mentions().iter().filter_map(impure).collect()
        },
    )
}

fn names(mention: &Mention, path: &[&str]) -> bool {
    mention.segments.windows(path.len()).any(|window| window == path)
}
