//! The custom scalars: each one text with a rule, and a link to the specification of that rule.
//! What comes in is checked here; what goes out was checked when it was stored.

use std::str::FromStr;

use async_graphql::{InputType, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{NaiveDate, SecondsFormat};
use email_address::EmailAddress as Address;

use crate::domain::time::{Timestamp, is_storable, to_micros};

fn text<T: InputType>(value: Value) -> Result<String, InputValueError<T>> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(InputValueError::expected_type(other)),
    }
}

/// An instant, cut to microseconds on the way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTime(pub Timestamp);

/// An instant in RFC 3339, with microseconds at most. Answers are in UTC: `2026-05-04T09:30:00Z`.
#[Scalar(name = "DateTime", specified_by_url = "https://scalars.graphql.org/andimarek/date-time")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        chrono::DateTime::parse_from_rfc3339(&text(value)?)
            .ok()
            .map(|instant| to_micros(instant.to_utc()))
            .filter(|instant| is_storable(*instant))
            .map(Self)
            .ok_or_else(|| {
                InputValueError::custom("not an instant in RFC 3339, such as 2026-05-04T09:30:00Z")
            })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

/// A day of the calendar, without a time zone: `2026-05-04`.
#[Scalar(name = "Date", specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        NaiveDate::parse_from_str(&text(value)?, "%Y-%m-%d")
            .map(Self)
            .map_err(|_| InputValueError::custom("not a day such as 2026-05-04"))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%Y-%m-%d").to_string())
    }
}

/// Text with Markdown in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markdown(pub String);

/// Text in CommonMark. It is served as written: render it with a sanitiser.
#[Scalar(name = "Markdown", specified_by_url = "https://spec.commonmark.org/0.31.2/")]
impl ScalarType for Markdown {
    fn parse(value: Value) -> InputValueResult<Self> {
        text(value).map(Self)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// An address mail can be sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailAddress(pub String);

/// An email address: `ada@example.org`.
#[Scalar(name = "EmailAddress", specified_by_url = "https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2")]
impl ScalarType for EmailAddress {
    fn parse(value: Value) -> InputValueResult<Self> {
        let address = text(value)?;
        Address::from_str(&address).map_err(|_| InputValueError::custom("not an email address"))?;
        Ok(Self(address))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// An absolute URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url(pub String);

/// An absolute URL of http, https or urn: `https://example.org/skills/rust`.
#[Scalar(name = "Url", specified_by_url = "https://url.spec.whatwg.org/")]
impl ScalarType for Url {
    fn parse(value: Value) -> InputValueResult<Self> {
        let given = text(value)?;
        let url = url::Url::parse(&given).map_err(|_| InputValueError::custom("not an absolute URL"))?;
        // Front ends make links of these: `javascript:` and `data:` are absolute URLs too.
        if !["http", "https", "urn"].contains(&url.scheme()) {
            return Err(InputValueError::custom("not a URL of http, https or urn"));
        }
        Ok(Self(given))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// A currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrencyCode(pub String);

/// A currency, three capital letters of ISO 4217: `EUR`.
#[Scalar(name = "CurrencyCode", specified_by_url = "https://www.iso.org/iso-4217-currency-codes.html")]
impl ScalarType for CurrencyCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        let code = text(value)?;
        let valid = code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase());
        valid.then_some(Self(code)).ok_or_else(|| InputValueError::custom("not a currency code such as EUR"))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(text: &str) -> Value {
        Value::String(text.into())
    }

    fn refuses<T: InputType>(value: Value) -> bool {
        T::parse(Some(value)).is_err()
    }

    #[test]
    fn an_instant_with_an_offset_reads_back_in_utc_cut_to_microseconds() {
        let instant =
            <DateTime as InputType>::parse(Some(given("2026-05-04T11:30:00.1234567+02:00"))).unwrap();
        assert_eq!(ScalarType::to_value(&instant), given("2026-05-04T09:30:00.123456Z"));
    }

    #[test]
    fn what_breaks_the_rule_of_its_scalar_is_refused() {
        assert!(
            refuses::<DateTime>(given("2026-05-04")) && !refuses::<DateTime>(given("2026-05-04T09:30:00Z"))
        );
        // RFC 3339 writes years with four digits; in UTC these need a fifth, or a sign.
        for beyond in ["9999-12-31T23:59:59-23:59", "0000-01-01T00:00:00+23:59"] {
            assert!(refuses::<DateTime>(given(beyond)), "{beyond}");
        }
        assert!(refuses::<Date>(given("04.05.2026")) && !refuses::<Date>(given("2026-05-04")));
        assert!(
            refuses::<EmailAddress>(given("ada at here")) && !refuses::<EmailAddress>(given("ada@here.org"))
        );
        assert!(refuses::<Url>(given("/skills/rust")) && !refuses::<Url>(given("https://here.org/rust")));
        for script in ["javascript:alert(1)", "JavaScript://here.org/%0aalert(1)", "data:text/html,x"] {
            assert!(refuses::<Url>(given(script)), "{script}");
        }
        assert!(refuses::<CurrencyCode>(given("euro")) && !refuses::<CurrencyCode>(given("EUR")));
        assert!(refuses::<Markdown>(Value::from(3)));
    }
}
