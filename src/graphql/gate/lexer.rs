//! Counts the tokens of a document in one linear pass, before anything parses it.
//! Never allocates, never recurses and never judges grammar beyond what counting needs.

use super::{GateRefusal, Limit, Limits};

/// Refuses a text with too many tokens, with brackets nested too deep for a recursive parser, or
/// with a string that never ends.
///
/// The unterminated string is refused here because the grammar of the parser would read an opening
/// `"""` without its end as an empty string and go on, which would hide every later token from us.
pub(super) fn check(text: &str, limits: &Limits) -> Result<(), GateRefusal> {
    let mut lexer = Lexer { bytes: text.as_bytes(), at: 0 };
    let (mut tokens, mut nesting) = (0u64, 0u64);
    while let Some(token) = lexer.next()? {
        // Counting goes no further than the limit, so the refusal names it as "more than".
        tokens += 1;
        Limit::Tokens.hold(tokens, limits)?;
        match token {
            Token::Open => {
                nesting += 1;
                Limit::Recursion.hold(nesting, limits)?;
            }
            Token::Close => nesting = nesting.saturating_sub(1),
            Token::Other => {}
        }
    }
    Ok(())
}

/// What a token means for the count: brackets nest, everything else only counts.
enum Token {
    Open,
    Close,
    Other,
}

struct Lexer<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Lexer<'_> {
    fn next(&mut self) -> Result<Option<Token>, GateRefusal> {
        self.skip_ignored();
        let Some(&first) = self.bytes.get(self.at) else { return Ok(None) };
        match first {
            b'"' => self.string()?,
            b'.' if self.rest().starts_with(b"...") => self.at += 3,
            b'-' | b'0'..=b'9' => self.number(),
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => self.skip_while(is_name),
            _ => self.at += 1,
        }
        Ok(Some(match first {
            b'{' | b'[' | b'(' => Token::Open,
            b'}' | b']' | b')' => Token::Close,
            _ => Token::Other,
        }))
    }

    fn rest(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    fn skip_while(&mut self, belongs: impl Fn(u8) -> bool) {
        self.at += self.rest().iter().take_while(|byte| belongs(**byte)).count();
    }

    /// White space, commas, byte order marks and comments carry no meaning, so they cost nothing.
    fn skip_ignored(&mut self) {
        const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r' | b',') => self.at += 1,
                Some(b'#') => self.skip_while(|byte| !is_line_end(byte)),
                Some(_) if self.rest().starts_with(BYTE_ORDER_MARK) => self.at += BYTE_ORDER_MARK.len(),
                _ => return,
            }
        }
    }

    /// An integer or float, no longer than the grammar reads it: a number that swallowed what
    /// follows would hide tokens.
    fn number(&mut self) {
        self.at += 1;
        self.skip_while(|byte| byte.is_ascii_digit());
        if matches!(self.rest(), [b'.', digit, ..] if digit.is_ascii_digit()) {
            self.at += 1;
            self.skip_while(|byte| byte.is_ascii_digit());
        }
        match self.rest() {
            [b'e' | b'E', b'+' | b'-', digit, ..] if digit.is_ascii_digit() => self.at += 2,
            [b'e' | b'E', digit, ..] if digit.is_ascii_digit() => self.at += 1,
            _ => return,
        }
        self.skip_while(|byte| byte.is_ascii_digit());
    }

    fn string(&mut self) -> Result<(), GateRefusal> {
        if self.rest().starts_with(b"\"\"\"") { self.block_string() } else { self.plain_string() }
    }

    fn plain_string(&mut self) -> Result<(), GateRefusal> {
        self.at += 1;
        loop {
            match self.rest() {
                [b'"', ..] => {
                    self.at += 1;
                    return Ok(());
                }
                [b'\\', escaped, ..] if !is_line_end(*escaped) => self.at += 2,
                [byte, ..] if !is_line_end(*byte) => self.at += 1,
                _ => return Err(GateRefusal::syntax("Syntax error: a string is not terminated")),
            }
        }
    }

    fn block_string(&mut self) -> Result<(), GateRefusal> {
        self.at += 3;
        loop {
            match self.rest() {
                [b'\\', b'"', b'"', b'"', ..] => self.at += 4,
                [b'"', b'"', b'"', ..] => {
                    self.at += 3;
                    return Ok(());
                }
                [_, ..] => self.at += 1,
                [] => return Err(GateRefusal::syntax("Syntax error: a block string is not terminated")),
            }
        }
    }
}

fn is_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::codes::Code;

    fn count(text: &str) -> usize {
        let mut lexer = Lexer { bytes: text.as_bytes(), at: 0 };
        std::iter::from_fn(|| lexer.next().unwrap()).count()
    }

    #[test]
    fn each_kind_of_token_counts_once() {
        assert_eq!(count("{ a }"), 3);
        assert_eq!(count("query Q($n: [Int!]! = [1, -2, 3.5e-7]) { a(n: $n) ...F @skip(if: true) }"), 36);
        assert_eq!(count("...F"), 2);
        assert_eq!(count(""), 0);
    }

    #[test]
    fn what_carries_no_meaning_costs_nothing() {
        assert_eq!(count("\u{feff} ,, # a comment { { {\r\n { # another \" one"), 1);
    }

    #[test]
    fn strings_count_once_whatever_they_hold() {
        assert_eq!(count(r#"{ a(s: "{ [ \" # ( \\") }"#), 8);
        assert_eq!(count("{ a(s: \"\"\"{ \" \\\"\"\" \n # [\"\"\") }"), 8);
        assert_eq!(count(r#"["" ""]"#), 4);
    }

    #[test]
    fn a_number_ends_where_the_grammar_ends_it() {
        assert_eq!(count("[1...F]"), 5);
        assert_eq!(count("[1.5 1e5 1E+5 -1.5e-5]"), 6);
        assert_eq!(count("1e"), 2);
        assert_eq!(count("1.e"), 3);
    }

    #[test]
    fn characters_outside_the_grammar_count_rather_than_vanish() {
        assert!(count("{ 🏃 ? % }") > 4);
    }

    #[test]
    fn a_string_without_an_end_is_refused() {
        for text in ["{ a(s: \"b", "{ a(s: \"b\n\") }", "{ a(s: \"\"\" b", "{ a(s: \"\\", "[\"\"\"x\" [[[["] {
            let refusal = check(text, &Limits::default()).unwrap_err();
            assert_eq!(refusal.code(), Code::ParseFailed, "{text}");
        }
    }

    #[test]
    fn brackets_nest_up_to_the_limit_and_no_further() {
        let nested = |depth: usize| format!("{{a(v:{}{})}}", "[".repeat(depth - 2), "]".repeat(depth - 2));
        assert!(check(&nested(64), &Limits::default()).is_ok());
        assert_eq!(check(&nested(65), &Limits::default()).unwrap_err().limit(), Some(Limit::Recursion));
    }

    #[test]
    fn tokens_are_refused_above_the_limit_only() {
        let limits = Limits { tokens: 5, ..Limits::default() };
        assert!(check("{ a b c }", &limits).is_ok());
        let refusal = check("{ a b c d }", &limits).unwrap_err();
        assert_eq!(refusal.limit(), Some(Limit::Tokens));
    }
}
