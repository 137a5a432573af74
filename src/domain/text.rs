//! Folding of names into keys: one rule for uniqueness, search and order on both databases.

use unicode_normalization::UnicodeNormalization;

/// NFKC and full case folding, white space trimmed and collapsed: `  Ｐython\u{a0}3 ` → `python 3`.
#[must_use]
pub fn fold(text: &str) -> String {
    let folded: String = caseless::default_case_fold_str(&text.nfkc().collect::<String>()).nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `slug` is lower-case letters, digits and single inner hyphens, 1–64 characters.
#[must_use]
pub fn is_slug(slug: &str) -> bool {
    (1..=64).contains(&slug.len())
        && slug.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// The slug a name suggests: `C++ & Rust` → `c-rust`; empty when nothing in it is ASCII.
#[must_use]
pub fn slug_of(name: &str) -> String {
    let ascii: String = fold(name).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let slug = ascii.split_whitespace().collect::<Vec<_>>().join("-");
    slug.chars().take(64).collect::<String>().trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_case_or_width_fold_to_one_key() {
        assert_eq!(fold("  Ｐython\u{a0}3 "), "python 3");
        assert_eq!(fold("STRASSE"), fold("Straße"));
    }

    #[test]
    fn a_slug_has_no_double_or_outer_hyphen() {
        assert!(is_slug("c-2"));
        assert!(!is_slug("c--2") && !is_slug("-c") && !is_slug("C") && !is_slug(""));
        assert_eq!(slug_of("C++ & Rust!"), "c-rust");
    }
}
