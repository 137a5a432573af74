//! A matrix as JSON, written as it comes: an array of people, each with arrays aligned to the skills.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::interchange::matrix::{Cell, Heading, Person};

pub(super) fn write(
    heading: &Heading,
    people: impl Iterator<Item = Person>,
    out: &mut impl Write,
) -> io::Result<()> {
    let skills: Vec<Value> =
        heading.columns.iter().map(|column| json!({ "slug": column.slug, "name": column.name })).collect();
    let as_of = heading.as_of.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
    let team = json!({ "slug": heading.slug, "name": heading.team });
    write!(out, "{{\"team\":{team},\"asOf\":\"{as_of}\",\"hiddenRows\":{},\"skills\":", heading.hidden)?;
    serde_json::to_writer(&mut *out, &skills)?;
    out.write_all(b",\"people\":[")?;
    for (n, person) in people.enumerate() {
        out.write_all(if n == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &row(&person))?;
    }
    out.write_all(b"\n]}\n")
}

fn row(person: &Person) -> Value {
    fn each<'c, T: serde::Serialize>(person: &'c Person, read: impl Fn(&'c Cell) -> T) -> Vec<T> {
        person.cells.iter().map(read).collect()
    }
    json!({
        "displayName": person.name,
        "email": person.email,
        "levels": each(person, |cell| cell.level),
        "required": each(person, |cell| cell.required),
        "sources": each(person, |cell| cell.source),
        "staleness": each(person, |cell| cell.staleness),
    })
}
