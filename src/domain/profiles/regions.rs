//! What a region is called that a salary is paid in. Knows countries by their code, and of their parts only how a
//! code is written.

use std::str::FromStr;

use iso_country::Country;

/// Regions wider than a country.
pub const WIDER: [&str; 30] = [
    "Africa",
    "APAC",
    "Asia",
    "Asia-Pacific",
    "Benelux",
    "Caribbean",
    "Central America",
    "Central Asia",
    "Central Europe",
    "DACH",
    "East Asia",
    "Eastern Europe",
    "EMEA",
    "Europe",
    "European Union",
    "LATAM",
    "Latin America",
    "Middle East",
    "Nordics",
    "North Africa",
    "North America",
    "Northern Europe",
    "Oceania",
    "South America",
    "South Asia",
    "Southeast Asia",
    "Southern Europe",
    "Sub-Saharan Africa",
    "Western Europe",
    "Worldwide",
];

/// Whether a text is a region: `DE`, `US-CA`, `Santa Cruz, US-CA`, or one of the [wider](WIDER) ones.
#[must_use]
pub fn is_region(text: &str) -> bool {
    match text.rsplit_once(", ") {
        Some((city, place)) => !city.trim().is_empty() && is_code(place),
        None => is_code(text) || WIDER.contains(&text),
    }
}

/// A country of ISO 3166-1 by its two letters, or a part of one as ISO 3166-2 writes it.
fn is_code(code: &str) -> bool {
    let (country, part) = code.split_once('-').map_or((code, None), |(country, part)| (country, Some(part)));
    let known = country.len() == 2 && Country::from_str(country).is_ok();
    let written = |part: &str| {
        (1..=3).contains(&part.len())
            && part.bytes().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
    };
    known && part.is_none_or(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_a_country_a_part_of_one_a_city_before_it_or_a_wider_one() {
        for region in
            ["US", "GB", "SS", "DE-BY", "US-CA", "FR-75", "AD-07", "GB-ENG", "Europe", "North America"]
        {
            assert!(is_region(region), "{region}");
        }
        for region in ["Santa Cruz, US-CA", "Washington, D.C., US-DC", "Paris, FR"] {
            assert!(is_region(region), "{region}");
        }
        for no_region in
            ["us", "UK", "USA", "XX", "ZZ-99999", "US-", "US-ca", "US-CALI", "Mars", "europe", "", ", US"]
        {
            assert!(!is_region(no_region), "{no_region}");
        }
    }
}
