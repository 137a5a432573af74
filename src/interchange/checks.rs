//! Rules that more than one kind of file keeps: unique keys and graphs without circles. Reads no file.

use std::collections::{BTreeSet, HashMap};

use crate::{
    domain::text::{fold, is_slug},
    interchange::reading::{Located, Source},
};

/// Notes what is not a slug and what was used before.
pub(super) fn slugs<'r>(source: &mut Source<'_>, slugs: impl IntoIterator<Item = &'r Located<String>>) {
    let mut seen = BTreeSet::new();
    for slug in slugs {
        source.require(is_slug(slug), slug, || {
            format!(
                "`{}` is not a slug: lower-case letters, digits, single inner hyphens, 1–64 characters",
                slug.value
            )
        });
        source.require(seen.insert(slug.as_str()), slug, || format!("`{}` was used before", slug.value));
    }
}

/// Notes names that are empty, over 200 characters, or fold to one used before.
pub(super) fn names<'r>(source: &mut Source<'_>, names: impl IntoIterator<Item = &'r Located<String>>) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for name in names {
        name_length(source, name);
        if let Some(other) = seen.insert(fold(name), name.as_str()) {
            source.note(name, format!("`{}` reads the same as `{other}`, which was used before", name.value));
        }
    }
}

/// Notes a name that is not 1–200 characters.
pub(super) fn name_length(source: &mut Source<'_>, name: &Located<String>) {
    source.require((1..=200).contains(&name.trim().chars().count()), name, || {
        "has to be 1 to 200 characters".to_owned()
    });
}

/// Notes a reference to what is not there.
pub(super) fn known(source: &mut Source<'_>, what: &str, slug: &Located<String>, there: &BTreeSet<&str>) {
    source.require(there.contains(slug.as_str()), slug, || format!("there is no {what} `{}`", slug.value));
}

/// Notes an edge of a circle, when there is one.
pub(super) fn acyclic<'r>(source: &mut Source<'_>, edges: &[(&'r str, &'r Located<String>)]) {
    let mut open: Vec<(&'r str, &'r Located<String>)> = edges.to_vec();
    loop {
        let before = open.len();
        let starts: BTreeSet<&str> = open.iter().map(|(from, _)| *from).collect();
        open.retain(|(_, to)| starts.contains(to.as_str()));
        let ends: BTreeSet<&str> = open.iter().map(|(_, to)| to.as_str()).collect();
        open.retain(|(from, _)| ends.contains(from));
        if open.len() == before {
            break;
        }
    }
    if let Some((from, to)) = open.first() {
        source.note(to, format!("`{from}` to `{}` closes a circle", to.value));
    }
}
