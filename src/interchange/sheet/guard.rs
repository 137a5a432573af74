//! Text that a spreadsheet takes for what it is. Never changes what is no formula.

use std::borrow::Cow;

/// What a spreadsheet takes for the beginning of a formula, in full width too (OWASP, CSV Injection).
const OPENERS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// A cell of a CSV file that no spreadsheet runs: what would begin a formula gets an apostrophe before it.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    // A line break before it hides an opener from us and not from every spreadsheet.
    if text.trim_start_matches(['\n', ' ']).starts_with(OPENERS) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
