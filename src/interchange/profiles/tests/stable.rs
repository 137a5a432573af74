//! Written, read and written again, a profile is the same to the byte; the shipped ones are as we write them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use proptest::{collection::vec, option, prelude::*, sample::select};
use uuid::Uuid;

use crate::{
    domain::{
        ids::{RoleProfileId, SkillId},
        levels::Level,
        profiles::{
            CareerPathKind, CareerTrack, FigurePrecision, FigureUnit, Importance, MarketTopic,
            QualificationKind, RoleProfile, RoleProfileStatus, SalaryBasis, SalaryPeriod, SalaryStatistic,
        },
        sampling::cases,
    },
    interchange::{
        demo,
        profiles::{
            CareerPathRow, ChallengeRow, Hundredths, Known, MarketFigureRow, MarketInsightRow, PracticeRow,
            ProfileRow, QualificationRow, RequirementRow, ResponsibilitiesRow, SalaryBenchmarkRow, read_all,
        },
    },
};

const SKILLS: [&str; 6] = ["python", "rust", "true", "null", "1-2", "yes"];

/// Texts that YAML could take for something else, among any others.
fn prose() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "yes",
        "~",
        "1.0",
        "a: b",
        "# no",
        "- x",
        " lead",
        "tab\tx",
        "a\nb",
        "a\n\n b\n",
        "  x\ny",
        "a \nb",
        "it's",
        "\"q\"",
        "|",
        ">-",
        "2024-12-31",
        "0x1F",
        "{a}",
        "[a",
        "a, b",
        "&a",
        "*a",
        "!t",
        "%d",
        "@x",
        "`c`",
        "\\n",
        "a\u{a0}b",
        "...",
        "---",
        "null",
        "é漢👩\u{200d}💻",
        "a:",
        ":a",
        "?",
        "\u{2028}x",
        "key:\n  - a",
        "responsibilities:",
        "a\r\nb",
        "a\rb",
    ]);
    let any = "[^\\p{Cc}]{1,40}( [^\\p{Cc}]{1,60}){0,4}";
    prop_oneof![odd.prop_map(str::to_owned), any.prop_map(String::from), "[a-z ,.:#]{90,240}"]
        .prop_filter("not empty", |text| !text.trim().is_empty())
}

fn name() -> impl Strategy<Value = String> {
    prose().prop_filter_map("no name", |text| crate::domain::values::name(&text).ok())
}

fn one<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all.to_vec())
}

fn slug() -> impl Strategy<Value = String> {
    one(&SKILLS).prop_map(str::to_owned)
}

fn requirements() -> impl Strategy<Value = Vec<RequirementRow>> {
    let row = (slug(), 1..=5_usize, one(Importance::ALL), option::of(1..=100));
    vec(row, 0..5).prop_map(|rows| {
        let mut seen = BTreeSet::new();
        let rows = rows.into_iter().filter(|row| seen.insert(row.0.clone()));
        rows.map(|(skill, level, importance, weight)| RequirementRow {
            skill,
            level: Level::ALL[level],
            importance,
            weight,
        })
        .collect()
    })
}

fn challenges() -> impl Strategy<Value = Vec<ChallengeRow>> {
    let row = (name(), prose(), prose(), proptest::collection::btree_set(slug(), 0..4));
    vec(row, 0..4).prop_map(|rows| {
        let row = |(title, problem, resolution, skills): (_, _, _, BTreeSet<String>)| ChallengeRow {
            title,
            problem,
            resolution,
            skills: skills.into_iter().collect(),
        };
        rows.into_iter().map(row).collect()
    })
}

fn insights() -> impl Strategy<Value = Vec<MarketInsightRow>> {
    let years = option::of((1900..2100, 0..50));
    let figure = (-1_000_000_i64..1_000_000, one(FigureUnit::ALL), one(FigurePrecision::ALL), years);
    let figure = figure.prop_map(|(value, unit, precision, years)| MarketFigureRow {
        value: Hundredths(value),
        unit,
        precision,
        from_year: years.map(|(from, _)| from),
        to_year: years.map(|(from, more)| from + more),
    });
    let row = (one(MarketTopic::ALL), prose(), option::of(figure), name(), 0..20_000_i32);
    vec(row, 0..4).prop_map(|rows| {
        rows.into_iter()
            .map(|(topic, statement, figure, source, day)| MarketInsightRow {
                topic,
                statement,
                figure,
                source,
                as_of: chrono::NaiveDate::from_num_days_from_ce_opt(720_000 + day).unwrap(),
            })
            .collect()
    })
}

/// Each of a source of its own, so that no figure is at odds with another.
fn salaries() -> impl Strategy<Value = Vec<SalaryBenchmarkRow>> {
    let what = (one(SalaryPeriod::ALL), one(SalaryBasis::ALL), one(SalaryStatistic::ALL), 1..=99_i32);
    let region = select(vec!["US", "US-CA", "Santa Cruz, US-CA", "North America", "NO"]);
    let row = (region, what, 1..1_i64 << 50, 1..1_i64 << 50);
    vec(row, 0..5).prop_map(|rows| {
        let rows = rows.into_iter().enumerate();
        rows.map(|(index, (region, (period, basis, statistic, percentile), low, more))| SalaryBenchmarkRow {
            region: region.to_owned(),
            currency: "EUR".to_owned(),
            period,
            basis,
            statistic,
            percentile: (statistic == SalaryStatistic::Percentile).then_some(percentile),
            low_minor: low,
            high_minor: if statistic == SalaryStatistic::Range { low + more } else { low },
            source: format!("Source {index}"),
            as_of: chrono::NaiveDate::from_ymd_opt(2026, 1, 31).unwrap(),
        })
        .collect()
    })
}

fn duties() -> impl Strategy<Value = (Vec<ResponsibilitiesRow>, Vec<QualificationRow>, Vec<PracticeRow>)> {
    let area = (name(), vec(prose(), 1..4));
    let areas = vec(area.prop_map(|(area, statements)| ResponsibilitiesRow { area, statements }), 0..4);
    let wanted = (one(QualificationKind::ALL), prose(), option::of(0..=60));
    let wanted =
        wanted.prop_map(|(kind, statement, min_years)| QualificationRow { kind, statement, min_years });
    let practice = (name(), prose(), option::of(slug()));
    let practice = practice.prop_map(|(topic, statement, skill)| PracticeRow { topic, statement, skill });
    (areas, vec(wanted, 0..4), vec(practice, 0..4))
}

/// Any profile that a file may hold.
fn profile() -> impl Strategy<Value = ProfileRow> {
    let head = (name(), name(), one(CareerTrack::ALL), 1..=9, prose());
    let path = (one(CareerPathKind::ALL), prose());
    let rest = (requirements(), duties(), challenges(), insights(), salaries(), option::of(path));
    (head, rest).prop_map(|((title, family, track, seniority, summary), rest)| {
        let (
            requirements,
            (responsibilities, qualifications, practices),
            challenges,
            insights,
            salaries,
            path,
        ) = rest;
        let path = path.map(|(kind, criteria)| CareerPathRow { to: "other".to_owned(), kind, criteria });
        ProfileRow {
            key: "role".to_owned(),
            title,
            family,
            track,
            seniority,
            summary,
            responsibilities,
            requirements,
            qualifications,
            practices,
            challenges,
            market_insights: insights,
            salary_benchmarks: salaries,
            career_paths: path.into_iter().collect(),
        }
    })
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known::skills(SKILLS);
    let other = &demo::demo().unwrap().profiles[0];
    known.profile(&ProfileRow { key: "other".to_owned(), career_paths: Vec::new(), ..other.clone() });
    known
});

fn read(text: &str) -> ProfileRow {
    read_all(&[("role.yaml", text)], &KNOWN).unwrap_or_else(|refused| panic!("{refused}\n{text}")).remove(0)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn what_is_written_and_read_is_written_the_same(row in profile()) {
        let once = read(&row.clone().normal().to_yaml().unwrap());
        prop_assert_eq!(&once, &row.normal());
        let text = once.to_yaml().unwrap();
        prop_assert_eq!(read(&text).to_yaml().unwrap(), text);
    }

    #[test]
    fn what_a_profile_is_in_the_domain_is_written_the_same(row in profile()) {
        let row = row.normal();
        let numbers: BTreeMap<&str, u128> = SKILLS.into_iter().zip(1..).collect();
        let skill = |slug: &str| SkillId::from_uuid(Uuid::from_u128(numbers[slug]));
        let slug = |id: SkillId| SKILLS.into_iter().find(|slug| skill(slug) == id);
        let (from, other) = (RoleProfileId::from_uuid(Uuid::from_u128(1)), RoleProfileId::from_uuid(Uuid::from_u128(2)));
        let profile = RoleProfile {
            id: from,
            key: row.key.clone(),
            title: row.title.clone(),
            family: row.family.clone(),
            track: row.track,
            seniority: row.seniority,
            status: RoleProfileStatus::Active,
            published_version_id: None,
            revision: 1,
        };
        let paths = row.paths(from, |_| other);
        let again = ProfileRow::of(&profile, &row.summary, &row.content(skill), &paths, slug, |_| Some("other"));
        prop_assert_eq!(again, row);
    }
}

#[test]
fn the_shipped_profiles_are_as_they_are_written() {
    for (file, text) in demo::profile_files() {
        let row = demo::demo()
            .unwrap()
            .profiles
            .into_iter()
            .find(|row| file.ends_with(&format!("/{}.yaml", row.key)));
        let written = row.expect("a profile named as its file").to_yaml().unwrap();
        assert_eq!(&written, text, "{file}");
    }
}
