//! What of a value may be shown: of a URL only what is known to be harmless. The one place that decides it, for
//! dumps, errors and logs alike.

use url::Url;

/// What stands for what is not shown.
const HIDDEN: &str = "***";
/// Query parameters of URLs that hold no secret.
const OPEN: &[&str] = &["sslmode", "sslrootcert", "mode", "cache", "application_name", "host", "port"];

/// A secret as it may be shown: nothing, unless it is a URL; of a list each part.
pub(super) fn hidden(secret: &str) -> String {
    let one = |one: &str| harmless(one).unwrap_or_else(|| HIDDEN.to_owned());
    secret.split(',').map(|part| one(part.trim())).collect::<Vec<_>>().join(",")
}

/// A URL as it may be shown: letter by letter, unless it holds a password, a fragment or a query that is not known
/// to be harmless. What is no URL is shown only if it cannot be one that was mistyped around a secret.
#[must_use]
pub fn shown_url(text: &str) -> String {
    let guarded = text.contains(['@', '?', '#']);
    match harmless(text) {
        Some(shown) => shown,
        None if guarded => HIDDEN.to_owned(),
        None => text.to_owned(),
    }
}

/// `None` when it is no URL.
fn harmless(text: &str) -> Option<String> {
    if text.starts_with("sqlite:") {
        return Some(text.to_owned());
    }
    let mut url = Url::parse(text).ok().filter(Url::has_host)?;
    let pairs: Vec<_> =
        url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    let open = |(name, _): &(String, String)| OPEN.contains(&name.as_str());
    // On the web a user is half of a password, or a token that is all of it; that of a database is a role.
    let user = matches!(url.scheme(), "http" | "https") && !url.username().is_empty();
    if !user && url.password().is_none() && url.fragment().is_none() && pairs.iter().all(open) {
        // A parsed URL is spelled anew, with a slash that nobody wrote.
        return Some(text.to_owned());
    }
    if user {
        url.set_username(HIDDEN).ok()?;
    }
    if url.password().is_some() {
        url.set_password(Some(HIDDEN)).ok()?;
    }
    let shown = |pair: &(String, String)| format!("{}={}", pair.0, if open(pair) { &pair.1 } else { HIDDEN });
    let query = pairs.iter().map(shown).collect::<Vec<_>>().join("&");
    url.set_query((!query.is_empty()).then_some(&query));
    url.set_fragment(None);
    Some(url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_secret_url_only_what_is_harmless_is_shown() {
        for (secret, shown) in [
            ("postgres://assay:hunter2@db:5432/assay", "postgres://assay:***@db:5432/assay"),
            (
                "postgres://db/x?password=hunter2&sslmode=require",
                "postgres://db/x?password=***&sslmode=require",
            ),
            (
                "postgres://u:hunter2@a/x, postgres://u:hunter2@b/x",
                "postgres://u:***@a/x,postgres://u:***@b/x",
            ),
            ("redis://:hunter2@cache:6379/0", "redis://:***@cache:6379/0"),
            ("sqlite:///var/lib/assay.db", "sqlite:///var/lib/assay.db"),
            ("authorization=Bearer hunter2", "***"),
            ("hunter2", "***"),
        ] {
            assert_eq!(hidden(secret), shown);
        }
    }

    #[test]
    fn a_url_is_shown_as_it_was_written_without_what_it_keeps_to_itself() {
        for (url, shown) in [
            ("https://id.example", "https://id.example"),
            ("http://collector:4318/tenant", "http://collector:4318/tenant"),
            ("https://ada:hunter2@id.example/realm", "https://***:***@id.example/realm"),
            ("https://hunter2@id.example/realm", "https://***@id.example/realm"),
            ("https://id.example/keys?api_key=hunter2", "https://id.example/keys?api_key=***"),
            ("https://id.example/keys#hunter2", "https://id.example/keys"),
            ("id.example", "id.example"),
            ("ada:hunter2@id.example", "***"),
            ("id.example/keys?key=hunter2", "***"),
        ] {
            assert_eq!(shown_url(url), shown);
        }
    }
}
