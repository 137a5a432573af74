//! Whether a line is a row of its table, written as we write rows. Never asks the database.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::store::table::{Column, Kind, Table};

impl Table {
    /// Says what is wrong with a line, if it is no row of this table.
    ///
    /// # Errors
    /// The fault, naming the column where it is one column's.
    pub fn check(&self, line: &str) -> Result<(), String> {
        let row: BTreeMap<String, Value> =
            serde_json::from_str(line).map_err(|error| format!("is not a JSON object: {error}"))?;
        for column in &self.columns {
            let value = row.get(column.name).ok_or_else(|| format!("has no `{}`", column.name))?;
            if !column.holds(value) {
                return Err(format!("`{}` is not {}", column.name, column.kind.described()));
            }
        }
        let known = |name: &str| self.columns.iter().any(|column| column.name == name);
        match row.keys().find(|name| !known(name)) {
            Some(name) => Err(format!("has a `{name}` that {} does not have", self.name)),
            None => Ok(()),
        }
    }
}

impl Column {
    fn holds(&self, value: &Value) -> bool {
        let same = |text: &str, written: Option<String>| written.is_some_and(|written| written == text);
        match (self.kind, value) {
            (_, Value::Null) | (Kind::Text, Value::String(_)) | (Kind::Flag, Value::Bool(_)) => true,
            (Kind::Uuid, Value::String(text)) => {
                same(text, Uuid::try_parse(text).ok().map(|id| id.hyphenated().to_string()))
            }
            (Kind::Instant, Value::String(text)) => {
                let instant = DateTime::parse_from_rfc3339(text).ok().map(|at| at.with_timezone(&Utc));
                same(text, instant.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, false)))
            }
            (Kind::Day, Value::String(text)) => {
                same(text, text.parse::<NaiveDate>().ok().map(|day| day.to_string()))
            }
            (Kind::Integer, Value::Number(number)) => {
                number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
            }
            (Kind::BigInteger, Value::Number(number)) => number.as_i64().is_some(),
            _ => false,
        }
    }
}

impl Kind {
    const fn described(self) -> &'static str {
        match self {
            Self::Uuid => "a UUID in lower case with hyphens",
            Self::Text => "a text",
            Self::Integer | Self::BigInteger => "a whole number",
            Self::Flag => "true or false",
            Self::Instant => "an instant such as 2026-01-31T09:00:00.123456+00:00",
            Self::Day => "a day such as 2026-01-31",
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::store::tables;

    #[test]
    fn a_line_that_is_no_row_is_refused_by_its_column() {
        let table = tables().into_iter().find(|table| table.name() == "skill_interest").unwrap();
        let row = |interest: &str, since: &str| {
            let id = "01890a5d-ac96-774b-bcce-b302099a8057";
            format!(r#"{{"person_id":"{id}","skill_id":"{id}","interest":{interest},"since":"{since}"}}"#)
        };
        let good = "2026-01-31T09:00:00.123456+00:00";
        assert_eq!(table.check(&row("3", good)), Ok(()));
        for (line, fault) in [
            (row("3.5", good), "`interest` is not a whole number"),
            (row("\"3\"", good), "`interest` is not a whole number"),
            (row("3", "2026-01-31T09:00:00Z"), "`since` is not an instant"),
            (row("3", "2026-13-31T09:00:00+00:00"), "`since` is not an instant"),
            (row("3,\"more\":1", good), "has a `more` that skill_interest does not have"),
            (row("3", good).replace("person_id", "who"), "has no `person_id`"),
            (row("3", good).replace("01890a5d", "01890A5D"), "`person_id` is not a UUID"),
            (row("3", good)[..40].to_owned(), "is not a JSON object"),
        ] {
            let said = table.check(&line).unwrap_err();
            assert!(said.contains(fault), "{said}");
        }
    }
}
