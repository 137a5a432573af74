//! Checked values: what a name, slug, email or text must be, said in the words a client is told.

use crate::domain::text::{fold, is_slug};

/// A rule that a value broke, as a sentence.
pub type Rule = &'static str;

/// A name: 1–200 characters once trimmed, none of them a control character.
///
/// # Errors
/// The rule it breaks.
pub fn name(text: &str) -> Result<String, Rule> {
    let text = text.trim();
    if !(1..=200).contains(&text.chars().count()) {
        return Err("must have 1 to 200 characters");
    }
    if text.chars().any(char::is_control) {
        return Err("must not hold control characters");
    }
    if text.chars().any(hidden) {
        return Err("must not hold invisible or direction characters");
    }
    if fold(text).is_empty() {
        return Err("must hold a visible character");
    }
    Ok(text.to_owned())
}

/// Characters nobody sees, with which two names can look alike or run backwards. Joiners stay: emoji and
/// some scripts are written with them.
const fn hidden(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A slug: lower-case letters, digits and single inner hyphens, 1–64 characters.
///
/// # Errors
/// The rule it breaks.
pub fn slug(text: &str) -> Result<String, Rule> {
    if is_slug(text) {
        return Ok(text.to_owned());
    }
    Err("must be 1 to 64 lower-case letters, digits and single inner hyphens")
}

/// An email address, as RFC 5321 writes one, at most 254 characters.
///
/// # Errors
/// The rule it breaks.
pub fn email(text: &str) -> Result<String, Rule> {
    let text = text.trim();
    if text.len() <= 254 && email_address::EmailAddress::is_valid(text) {
        return Ok(text.to_owned());
    }
    Err("must be an email address of at most 254 characters")
}

/// An address that people follow: `javascript:` and `data:` are no addresses of anything.
///
/// # Errors
/// The rule it breaks.
pub fn web_address(text: &str) -> Result<String, Rule> {
    let host = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    if plain && text.len() <= 2000 && host.is_some_and(|rest| rest.starts_with(char::is_alphanumeric)) {
        return Ok(text.to_owned());
    }
    Err("must be an address of http or https of at most 2,000 characters")
}

/// Free text of at most `most` characters, without control characters other than line breaks and tabs.
///
/// # Errors
/// The rule it breaks.
pub fn prose(text: &str, most: usize) -> Result<String, Rule> {
    if text.chars().count() > most {
        return Err("is too long");
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err("must not hold control characters");
    }
    Ok(text.to_owned())
}

/// The most characters of a note, a reason or an answer.
pub const MOST_WORDS: usize = 4000;

/// Words that must be there, such as a reason or an answer: 1–4000 characters once trimmed.
///
/// # Errors
/// The rule it breaks.
pub fn words(text: &str) -> Result<String, Rule> {
    if text.trim().is_empty() {
        return Err("must hold a visible character");
    }
    prose(text.trim(), MOST_WORDS).map_err(|rule| match rule {
        "is too long" => "must have at most 4000 characters",
        rule => rule,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed_and_bounded() {
        assert_eq!(name("  Data  "), Ok("Data".to_owned()));
        assert!(name(" ").is_err() && name(&"x".repeat(201)).is_err() && name("a\u{7}b").is_err());
    }

    #[test]
    fn a_name_that_hides_characters_is_refused() {
        assert!(name("Al\u{200b}pha").is_err() && name("\u{202e}ahplA").is_err());
        assert!(name("👩\u{200d}💻 team").is_ok());
    }

    #[test]
    fn an_address_without_a_domain_is_refused() {
        assert!(email("ada@example.com").is_ok());
        assert!(email("ada@").is_err() && email("ada").is_err());
    }
}
