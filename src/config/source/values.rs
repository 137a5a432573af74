//! How values are written: lengths of time, pairs of names, and what the file holds. Knows no setting.

use std::time::Duration;

use toml::Value;

/// How a single value of the file is written in the environment.
pub(super) fn spelled(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Boolean(flag) => Some(flag.to_string()),
        Value::Datetime(_) | Value::Array(_) | Value::Table(_) => None,
    }
}

type Pairs = Vec<(String, String)>;

/// Reads `a=b,c=d`; the error completes a sentence that begins with the setting.
pub(super) fn pairs_of_text(text: &str) -> Result<Pairs, String> {
    let pair = |pair: &str| pair.split_once('=').map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned()));
    let pairs: Option<_> = text.split(',').map(pair).collect();
    pairs.ok_or_else(|| format!(": `{text}` is not of the form a=b,c=d"))
}

/// Reads a table of names to names; the error completes a sentence that begins with the setting.
pub(super) fn pairs_of_table(value: &Value) -> Result<Pairs, String> {
    let table = value.as_table().ok_or_else(|| " is not a table of names to names".to_owned())?;
    let pair = |(key, value): (&String, &Value)| (key.clone(), spelled(value).unwrap_or_default());
    Ok(table.iter().map(pair).collect())
}

pub(super) fn spell_pairs(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(a, b)| format!("{a}={b}")).collect::<Vec<_>>().join(",")
}

/// Reads `250ms`, `30s`, `5m` or `24h`; zero is no length of time.
#[must_use]
pub fn parse_duration(text: &str) -> Option<Duration> {
    parse_pause(text).filter(|length| !length.is_zero())
}

/// Reads a length of time that may be none: `0s`.
pub(in crate::config) fn parse_pause(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let millis = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(millis).map(Duration::from_millis)
}

/// Writes a length of time as [`parse_duration`] reads it, in the largest unit that is exact.
pub(in crate::config) fn spell_duration(length: Duration) -> String {
    let millis = length.as_millis();
    let unit = [(3_600_000, "h"), (60_000, "m"), (1_000, "s")]
        .into_iter()
        .find(|(unit, _)| millis.is_multiple_of(*unit));
    match unit {
        Some((unit, name)) if millis > 0 => format!("{}{name}", millis / unit),
        Some(_) => "0s".to_owned(),
        None => format!("{millis}ms"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_length_of_time_is_read_as_it_was_written(millis in 0_u64..200_000_000) {
            let length = Duration::from_millis(millis);
            prop_assert_eq!(parse_pause(&spell_duration(length)), Some(length));
        }
    }
}
