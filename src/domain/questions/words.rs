//! What the words of a text are, and which texts a search finds: one rule, whatever the database.
//!
//! A text is folded (width, case), then cut into words: runs of letters, digits, `+` and `#`, so that
//! `C++` and `C#` are words. A search finds a text when each of its words begins some word of the text.
//! Words are written in an alphabet that no tokenizer of a database cuts again or changes.

use std::{collections::BTreeSet, fmt::Write as _};

use crate::domain::text::fold;

/// Longer words are cut to this many characters, on both sides of a search.
const LONGEST_WORD: usize = 64;
/// More words than these are not looked for.
const MOST_SEARCHED: usize = 16;

/// The words of a text, each once, as the search index keeps them.
#[must_use]
pub fn of(text: &str) -> BTreeSet<String> {
    in_order(text).into_iter().collect()
}

/// What to look for: the beginnings of words, at most 16, all of which have to be found. Empty when the
/// text holds no word, and then nothing is looked for.
#[must_use]
pub fn searched(text: &str) -> Vec<String> {
    let mut words = of(text).into_iter().collect::<Vec<_>>();
    words.truncate(MOST_SEARCHED);
    words
}

/// Whether a search for `searched` finds a text with the words `words`: what both databases are held to.
#[must_use]
pub fn finds(searched: &[String], words: &BTreeSet<String>) -> bool {
    searched
        .iter()
        .all(|start| words.range(start.clone()..).next().is_some_and(|word| word.starts_with(start.as_str())))
}

/// The words of a text in its order, with repetitions.
pub(super) fn in_order(text: &str) -> Vec<String> {
    let folded = fold(text);
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '+' | '#');
    folded.split(|c| !is_word(c)).filter(|word| !word.is_empty()).map(written).collect()
}

/// ASCII letters and digits stand for themselves; every other character is its code point between
/// underscores, which no word of ASCII begins with by chance.
fn written(word: &str) -> String {
    let mut text = String::with_capacity(word.len());
    for c in word.chars().take(LONGEST_WORD) {
        if c.is_ascii_alphanumeric() {
            text.push(c);
        } else {
            // Writing to a String never fails.
            let _ = write!(text, "_{:x}_", u32::from(c));
        }
    }
    text
}
