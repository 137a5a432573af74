//! Each broken rule is refused with its file, line and field, and all of them at once.

use crate::interchange::{
    Refused,
    profiles::{Known, ProfileRow, read_all},
};

const PROFILE: &str = "\
key: developer
title: Developer
family: Engineering
track: TECHNICAL
seniority: 3
summary: Develops.
requirements:
  - skill: python
    level: 3
    importance: MUST
marketInsights:
  - topic: TREND
    statement: Pay rises.
    figure: {value: 9.75, unit: PERCENT, precision: ABOUT, fromYear: 2023, toYear: 2024}
    source: Somebody
    asOf: 2024-12-31
salaryBenchmarks:
  - region: US
    currency: USD
    period: YEAR
    basis: BASE
    statistic: PERCENTILE
    percentile: 25
    lowMinor: 100
    highMinor: 100
    source: Somebody
    asOf: \"2024-12-31\"
  - region: US
    currency: USD
    period: YEAR
    basis: BASE
    statistic: PERCENTILE
    percentile: 75
    lowMinor: 200
    highMinor: 200
    source: Somebody
    asOf: \"2024-12-31\"
responsibilities:
  - area: Craft
    statements:
      - Builds.
      - Mends.
  - area: Team
    statements: [Teaches.]
";

fn read(text: &str) -> Result<Vec<ProfileRow>, Refused> {
    let mut known = Known::skills(["python"]);
    known.unusable_skill("oxide", "was merged into `rust`".to_owned());
    read_all(&[("developer.yaml", text)], &known)
}

fn faults(text: &str) -> Vec<String> {
    let Err(refused) = read(text) else { return Vec::new() };
    refused.0.iter().map(|fault| format!("{}:{}: {}", fault.line, fault.field, fault.rule)).collect()
}

/// What is said when one place of the lawful profile is changed.
fn broken(good: &str, bad: &str) -> String {
    assert!(PROFILE.contains(good), "nothing to break: {good}");
    let found = faults(&PROFILE.replacen(good, bad, 1));
    assert_eq!(found.len(), 1, "{bad}: {found:?}");
    found[0].clone()
}

#[test]
fn a_lawful_profile_is_read() {
    assert_eq!(faults(PROFILE), Vec::<String>::new());
    let row = &read(PROFILE).unwrap()[0];
    assert_eq!(row.requirements[0].weight(), 3);
    assert_eq!(row.market_insights[0].figure.unwrap().value.0, 975);
}

#[test]
fn what_is_out_of_form_is_refused_at_its_line() {
    assert_eq!(broken("level: 3", "level: 9"), "9:level: 9 is more than 5");
    assert_eq!(broken("level: 3", "level: 0"), "9:level: 0 is less than 1");
    assert_eq!(broken("level: 3", "level: high"), "9:level: must be a whole number");
    assert_eq!(
        broken("importance: MUST", "importance: MAY"),
        "10:importance: `MAY` is none of MUST, SHOULD, NICE"
    );
    assert_eq!(broken("level: 3", "level: 3\n    levl: 4"), "10:levl: is not a field here");
    assert_eq!(
        broken("importance: MUST", "importance: MUST\n    weight: 101"),
        "11:weight: 101 is more than 100"
    );
    assert_eq!(broken("    source: Somebody\n", ""), "12:source: is missing");
    assert_eq!(broken("title: Developer\n", ""), "1:title: is missing");
    assert_eq!(
        broken("track: TECHNICAL", "track: TECHNICS").split(" is ").next(),
        Some("4:track: `TECHNICS`")
    );
    assert_eq!(
        broken("asOf: 2024-12-31", "asOf: 2024-13-31"),
        "16:asOf: `2024-13-31` is no date such as 2026-01-31"
    );
    assert_eq!(broken("value: 9.75", "value: 9.751"), "14:value: must have at most two decimals");
    assert_eq!(broken(", toYear: 2024", ""), "14:toYear: is missing");
    assert_eq!(broken("title: Developer", "title: Developer\ntitle: Dev"), "3:title: stands twice");
    assert_eq!(broken("title: Developer", "title: 10").split(": ").next(), Some("2:title"));
}

#[test]
fn a_whole_number_may_be_written_as_a_float_and_one_out_of_range_is_refused_at_its_line() {
    let whole = PROFILE.replace("seniority: 3", "seniority: 3.0").replace("level: 3", "level: 3.0");
    let whole = whole.replace("lowMinor: 100", "lowMinor: 1.0e2");
    assert_eq!(read(&whole), read(PROFILE));
    assert_eq!(broken("seniority: 3", "seniority: 3.5"), "5:seniority: must be a whole number");
    assert_eq!(broken("level: 3", "level: 1e300").split(" is more").next(), Some("9:level: 1e+300"));
    assert_eq!(broken("value: 9.75", "value: 1e300").split(" is more").next(), Some("14:value: 1e+300"));
    assert_eq!(broken("value: 9.75", "value: -1e300").split(" is less").next(), Some("14:value: -1e+300"));
}

#[test]
fn what_breaks_a_rule_is_refused_at_its_line() {
    assert_eq!(broken("skill: python", "skill: cobol"), "8:skill: there is no skill `cobol`");
    assert_eq!(broken("skill: python", "skill: oxide"), "8:skill: `oxide` was merged into `rust`");
    assert_eq!(
        broken("importance: MUST", "importance: MUST\n  - {skill: python, level: 1, importance: NICE}"),
        "11:skill: must not be required twice"
    );
    assert_eq!(broken("percentile: 25", "percentile: 80").split(": ").next(), Some("24:lowMinor"));
    assert_eq!(
        broken("    percentile: 25\n", ""),
        "18:percentile: must be given with PERCENTILE, and only then"
    );
    assert_eq!(broken("highMinor: 100", "highMinor: 90").split(": ").next(), Some("25:highMinor"));
    assert_eq!(broken("currency: USD", "currency: dollars").split(": ").next(), Some("19:currency"));
    assert_eq!(broken("key: developer", "key: The Developer").split(": ").next(), Some("1:key"));
    assert_eq!(broken("- Mends.", "- \" \""), "42:statements: must not be empty");
    assert_eq!(broken("statements: [Teaches.]", "statements: [\"\\n\"]"), "44:statements: must not be empty");
    assert_eq!(broken("area: Team", "area: \" \"").split(": ").next(), Some("43:area"));
    assert_eq!(broken("toYear: 2024", "toYear: 2022"), "14:toYear: must not lie before fromYear");
    let path =
        |to: &str| format!("careerPaths: [{{to: {to}, kind: PROMOTION, criteria: Any}}]\nsummary: Develops.");
    assert_eq!(broken("summary: Develops.", &path("boss")), "6:to: there is no role profile `boss`");
    let own = faults(&PROFILE.replacen("summary: Develops.", &path("developer"), 1));
    assert_eq!(own[0], "6:to: must be another role");
}

#[test]
fn a_median_is_percentile_50_and_nothing_lies_above_the_maximum() {
    let with = |statistic: &str, amount: i64| {
        let more = format!(
            "  - {{region: US, currency: USD, period: YEAR, basis: BASE, statistic: {statistic}, lowMinor: {amount}, \
             highMinor: {amount}, source: Somebody, asOf: \"2024-12-31\"}}\nresponsibilities:\n"
        );
        faults(&PROFILE.replacen("responsibilities:\n", &more, 1))
    };
    assert_eq!(with("MEDIAN", 150), [""; 0]);
    assert_eq!(
        with("MEDIAN", 100),
        ["38:lowMinor: must lie above percentile 25 of the same source at MEDIAN"]
    );
    assert_eq!(
        with("MEDIAN", 200),
        ["34:lowMinor: must lie above MEDIAN of the same source at percentile 75"]
    );
    let p50 = "PERCENTILE, percentile: 50";
    assert_eq!(with(p50, 150), [""; 0]);
    let both = |median: i64| {
        let more = format!(
            "{p50}, lowMinor: 150, highMinor: 150, source: Somebody, asOf: \"2024-12-31\"}}\n  - \
            {{region: US, currency: USD, period: YEAR, basis: BASE, statistic: MEDIAN"
        );
        with(&more, median)
    };
    assert_eq!(both(150), [""; 0]);
    assert_eq!(both(160), ["39:lowMinor: must equal percentile 50 of the same source at MEDIAN"]);
    assert_eq!(with("MAXIMUM", 200), [""; 0]);
    assert_eq!(with("MAXIMUM", 199), ["38:lowMinor: must not lie below percentile 75 of the same source"]);
}

#[test]
fn currencies_and_regions_are_those_there_are() {
    let currency = |code: &str| broken("currency: USD", &format!("currency: {code}"));
    assert!(
        currency("XXQ").contains("19:currency: must be a currency code of ISO 4217"),
        "{}",
        currency("XXQ")
    );
    for region in ["us", "UK", "ZZ-99999", "Mars"] {
        let told = broken("region: US", &format!("region: {region}"));
        assert!(told.starts_with("18:region: must be a country (US)"), "{told}");
    }
    for region in ["GB", "US-CA", "\"Santa Cruz, US-CA\"", "Asia-Pacific"] {
        assert_eq!(faults(&PROFILE.replacen("region: US", &format!("region: {region}"), 1)), [""; 0]);
    }
}

#[test]
fn one_reading_tells_every_fault_also_of_other_files() {
    let text = PROFILE
        .replace("level: 3", "level: 9")
        .replace("seniority: 3", "seniority: 3\nsenority: 4")
        .replace("percentile: 25", "percentile: 80")
        .replace("importance: MUST", "importance: MUST\n  - {skill: cobol, level: 1, importance: NICE}")
        .replace("topic: TREND", "topic: TRENDY")
        .replace("family: Engineering\n", "");
    let files = [("a.yaml", text.as_str()), ("b.yaml", PROFILE), ("c.yaml", "key: [")];
    let refused = read_all(&files, &Known::skills(["python"])).expect_err("all of it is wrong");
    let fields: Vec<(&str, &str)> =
        refused.0.iter().map(|fault| (fault.file.as_str(), fault.field.as_str())).collect();
    let expected =
        ["family", "senority", "level", "skill", "topic", "lowMinor"].map(|field| ("a.yaml", field));
    assert_eq!(fields[..6], expected, "{refused}");
    assert_eq!(fields[6..], [("b.yaml", "key"), ("c.yaml", "file")], "{refused}");
}

#[test]
fn profiles_lead_in_a_circle_only_sideways() {
    let file = |key: &str, to: &str, kind: &str| {
        PROFILE.replace("key: developer", &format!("key: {key}"))
            + &format!("careerPaths:\n  - {{to: {to}, kind: {kind}, criteria: Shows it.}}\n")
    };
    let read = |kinds: [&str; 3], known: &Known| {
        let (a, b, c) = (file("a", "b", kinds[0]), file("b", "c", kinds[1]), file("c", "a", kinds[2]));
        read_all(&[("a.yaml", &a), ("b.yaml", &b), ("c.yaml", &c)], known)
    };
    let known = Known::skills(["python"]);
    assert!(read(["PROMOTION", "TRACK_CHANGE", "LATERAL"], &known).is_ok());
    let refused = read(["PROMOTION", "TRACK_CHANGE", "PROMOTION"], &known).unwrap_err();
    assert_eq!(refused.to_string(), "a.yaml:46: to: `a` to `b` closes a circle");

    // The same with one of them in no file.
    let mut beside = known.clone();
    let rows = read(["PROMOTION", "TRACK_CHANGE", "LATERAL"], &known).unwrap();
    beside.profile(&ProfileRow { career_paths: rows[0].career_paths.clone(), ..rows[0].clone() });
    let (b, c) = (file("b", "c", "PROMOTION"), file("c", "a", "PROMOTION"));
    let refused = read_all(&[("b.yaml", &b), ("c.yaml", &c)], &beside).unwrap_err();
    assert_eq!(refused.0[0].field, "to");
    assert!(read_all(&[("b.yaml", &b)], &beside).is_err(), "there is no c");
}

#[test]
fn a_file_that_is_no_profile_is_refused_without_a_panic() {
    for text in ["", "[]", "~", "just words", "key: {a: 1}", "requirements: 3", "? [a]: b", "\u{0}"] {
        assert!(read(text).is_err(), "{text}");
    }
}
