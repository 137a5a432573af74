//! Which of our two media types an `Accept` header asks for (RFC 9110, section 12.5.1).

/// A representation of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaType {
    /// `application/json`: 200 for every well-formed request, as clients of the past expect.
    Json,
    /// `application/graphql-response+json`: the status says whether anything was executed.
    GraphqlResponse,
}

impl MediaType {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::GraphqlResponse => "application/graphql-response+json",
        }
    }

    /// The value of `Content-Type`.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }
}

/// The most wanted type: by weight, then by how exactly it is named. Of two that are equal, the newer
/// one where both are named, and plain JSON where neither is, since who names none knows no better.
pub(super) fn negotiate(accept: Option<&str>) -> Option<MediaType> {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else {
        return Some(MediaType::Json);
    };
    let ranges: Vec<Range<'_>> = accept.split(',').filter_map(Range::parse).collect();
    let wanted = |media: MediaType| {
        let best = ranges.iter().filter_map(|range| Some((range.fit(media)?, range.weight)));
        // The most exact range that fits decides the weight, a refusal (q=0) among them.
        best.max_by_key(|(exact, _)| *exact).filter(|(_, weight)| *weight > 0)
    };
    match (wanted(MediaType::Json), wanted(MediaType::GraphqlResponse)) {
        (None, None) => None,
        (Some(_), None) => Some(MediaType::Json),
        (None, Some(_)) => Some(MediaType::GraphqlResponse),
        (Some((exact_json, json)), Some((exact_graphql, graphql))) => {
            let named = exact_graphql == Exact::Named;
            let graphql_wins = (graphql, exact_graphql) > (json, exact_json)
                || (graphql, exact_graphql) == (json, exact_json) && named;
            Some(if graphql_wins { MediaType::GraphqlResponse } else { MediaType::Json })
        }
    }
}

/// How exactly a range names a media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exact {
    Anything,
    AnyApplication,
    Named,
}

struct Range<'h> {
    name: &'h str,
    /// In thousandths, as the grammar allows three digits.
    weight: u16,
}

impl<'h> Range<'h> {
    /// `None` for what can match nothing of ours: another charset, or a weight that is no number.
    fn parse(text: &'h str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let name = parts.next().filter(|name| !name.is_empty())?;
        let mut weight = 1_000;
        for (key, value) in parts.filter_map(|part| part.split_once('=')) {
            let value = value.trim().trim_matches('"');
            if key.trim().eq_ignore_ascii_case("q") {
                weight = thousandths(value)?;
            } else if key.trim().eq_ignore_ascii_case("charset") && !is_utf8(value) {
                return None;
            }
        }
        Some(Self { name, weight })
    }

    fn fit(&self, media: MediaType) -> Option<Exact> {
        match self.name {
            "*/*" => Some(Exact::Anything),
            name if name.eq_ignore_ascii_case("application/*") => Some(Exact::AnyApplication),
            name if name.eq_ignore_ascii_case(media.name()) => Some(Exact::Named),
            _ => None,
        }
    }
}

fn thousandths(weight: &str) -> Option<u16> {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let digits = fraction.len() <= 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = format!("{fraction:0<3}").parse::<u16>().ok().filter(|_| digits)?;
    match whole {
        "0" => Some(fraction),
        "1" if fraction == 0 => Some(1_000),
        _ => None,
    }
}

/// Whether a charset is the only one we read and write.
pub(super) fn is_utf8(charset: &str) -> bool {
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

#[cfg(test)]
mod tests {
    use super::{MediaType::*, *};

    #[test]
    fn who_asks_for_nothing_gets_json() {
        for accept in [None, Some(""), Some("*/*"), Some("application/*"), Some("text/html, */*;q=0.1")] {
            assert_eq!(negotiate(accept), Some(Json), "{accept:?}");
        }
    }

    #[test]
    fn who_names_a_type_gets_it() {
        assert_eq!(negotiate(Some("application/json")), Some(Json));
        assert_eq!(negotiate(Some("application/graphql-response+json")), Some(GraphqlResponse));
        assert_eq!(
            negotiate(Some("Application/GraphQL-Response+JSON; charset=UTF-8")),
            Some(GraphqlResponse)
        );
        assert_eq!(negotiate(Some("application/json, */*")), Some(Json));
        assert_eq!(negotiate(Some("application/graphql-response+json, */*")), Some(GraphqlResponse));
    }

    #[test]
    fn of_both_the_heavier_wins_and_the_newer_when_equal() {
        let both = "application/json, application/graphql-response+json";
        assert_eq!(negotiate(Some(both)), Some(GraphqlResponse));
        let weighed = "application/graphql-response+json;q=0.8, application/json;q=0.9";
        assert_eq!(negotiate(Some(weighed)), Some(Json));
        let usual = "application/graphql-response+json, application/json;q=0.9";
        assert_eq!(negotiate(Some(usual)), Some(GraphqlResponse));
    }

    #[test]
    fn a_weight_of_zero_refuses_even_below_a_wildcard() {
        assert_eq!(negotiate(Some("application/json;q=0, */*")), Some(GraphqlResponse));
        assert_eq!(negotiate(Some("application/json;q=0.000")), None);
        assert_eq!(negotiate(Some("*/*;q=0")), None);
    }

    #[test]
    fn what_we_cannot_write_is_refused() {
        for accept in
            ["text/html", "multipart/mixed", "application/json;charset=utf-16", "application/json;q=2"]
        {
            assert_eq!(negotiate(Some(accept)), None, "{accept}");
        }
    }
}
