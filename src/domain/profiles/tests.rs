//! Each rule of a role profile is broken once, and found at its place.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::{
    ids::{RoleProfileId, SkillId},
    levels::Level,
    profiles::{
        CareerPath, CareerPathKind, Challenge, FigurePrecision, FigureUnit, Importance, MarketFigure,
        MarketInsight, MarketTopic, Practice, Qualification, QualificationKind, Responsibility,
        RoleProfileContent, RoleSkillRequirement, SalaryBasis, SalaryBenchmark, SalaryPeriod,
        SalaryStatistic,
        rules::{Breach, Step, circle, of_content, of_paths},
    },
};

fn skill(n: u128) -> SkillId {
    SkillId::from_uuid(Uuid::from_u128(n))
}

fn salary(percentile: i32, minor: i64) -> SalaryBenchmark {
    SalaryBenchmark {
        region: "DE".into(),
        currency: "EUR".into(),
        period: SalaryPeriod::Year,
        basis: SalaryBasis::Base,
        statistic: SalaryStatistic::Percentile,
        percentile: Some(percentile),
        low_minor: minor,
        high_minor: minor,
        source: "Survey".into(),
        as_of: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
    }
}

fn lawful() -> RoleProfileContent {
    let text = || "As stated.".to_owned();
    RoleProfileContent {
        responsibilities: vec![Responsibility { area: "Design".into(), statement: text() }],
        requirements: vec![
            RoleSkillRequirement {
                skill_id: skill(1),
                required_level: Level::ALL[3],
                importance: Importance::Must,
                weight: 3,
            },
            RoleSkillRequirement {
                skill_id: skill(2),
                required_level: Level::ALL[1],
                importance: Importance::Nice,
                weight: 1,
            },
        ],
        qualifications: vec![Qualification {
            kind: QualificationKind::Experience,
            statement: text(),
            min_years: Some(5),
        }],
        practices: vec![Practice { topic: "Tests".into(), statement: text(), skill_id: None }],
        challenges: vec![Challenge {
            title: "Load".into(),
            problem: text(),
            resolution: text(),
            skill_ids: vec![skill(1), skill(2)],
        }],
        market_insights: vec![MarketInsight {
            topic: MarketTopic::Trend,
            statement: text(),
            figure: Some(MarketFigure {
                hundredths: 975,
                unit: FigureUnit::Percent,
                precision: FigurePrecision::About,
                years: Some((2023, 2024)),
            }),
            source: "Survey".into(),
            as_of: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        }],
        salary_benchmarks: vec![salary(25, 100), salary(75, 200)],
    }
}

/// Where a content with one change breaks a rule.
fn broken(change: impl FnOnce(&mut RoleProfileContent)) -> Vec<String> {
    let mut content = lawful();
    change(&mut content);
    let path = |breach: &Breach| breach.at.iter().map(Step::to_string).collect::<Vec<_>>().join(".");
    of_content("Builds.", &content).iter().map(path).collect()
}

#[test]
fn each_broken_rule_is_named_with_its_place() {
    assert_eq!(broken(|_| {}), Vec::<String>::new());
    assert_eq!(broken(|c| c.responsibilities[0].area.clear()), ["responsibilities.0.area"]);
    assert_eq!(broken(|c| c.responsibilities[0].area.push(' ')), ["responsibilities.0.area"]);
    assert_eq!(broken(|c| c.requirements[1].skill_id = skill(1)), ["requirements.1.skillId"]);
    assert_eq!(
        broken(|c| c.requirements[1].required_level = Level::ALL[0]),
        ["requirements.1.requiredLevel"]
    );
    assert_eq!(broken(|c| c.requirements[0].weight = 101), ["requirements.0.weight"]);
    assert_eq!(broken(|c| c.qualifications[0].min_years = Some(61)), ["qualifications.0.minYears"]);
    assert_eq!(broken(|c| c.practices[0].statement = " \n".into()), ["practices.0.statement"]);
    assert_eq!(broken(|c| c.challenges[0].skill_ids[1] = skill(1)), ["challenges.0.skillIds"]);
    let years = |c: &mut RoleProfileContent| {
        c.market_insights[0].figure.as_mut().unwrap().years = Some((2024, 2023));
    };
    assert_eq!(broken(years), ["marketInsights.0.figure.toYear"]);
    assert_eq!(broken(|c| c.salary_benchmarks[0].currency = "Eur".into()), ["salaryBenchmarks.0.currency"]);
    assert_eq!(broken(|c| c.salary_benchmarks[0].percentile = None), ["salaryBenchmarks.0.percentile"]);
    assert_eq!(broken(|c| c.salary_benchmarks[0].high_minor = 101), ["salaryBenchmarks.0.highMinor"]);
    assert_eq!(broken(|c| c.salary_benchmarks[0] = salary(25, 200)), ["salaryBenchmarks.1.lowMinor"]);
    assert_eq!(broken(|c| c.salary_benchmarks[1] = salary(25, 300)), ["salaryBenchmarks.1.statistic"]);
    assert_eq!(broken(|c| c.practices = vec![c.practices[0].clone(); 201]), ["practices"]);
}

#[test]
fn percentiles_of_two_sources_are_not_held_against_each_other() {
    let apart = |c: &mut RoleProfileContent| {
        c.salary_benchmarks[0] = SalaryBenchmark { source: "Other".into(), ..salary(25, 900) };
    };
    assert_eq!(broken(apart), Vec::<String>::new());
}

#[test]
fn roles_may_lead_back_to_each_other_only_sideways() {
    let role = |n| RoleProfileId::from_uuid(Uuid::from_u128(n));
    let path = |from, to, kind| CareerPath {
        from_id: role(from),
        to_id: role(to),
        kind,
        criteria: "Shows it.".to_owned(),
    };
    let up = [
        path(1, 2, CareerPathKind::Promotion),
        path(2, 3, CareerPathKind::TrackChange),
        path(3, 1, CareerPathKind::Promotion),
    ];
    assert_eq!(circle(role(3), &up).map(|path| path.to_id), Some(role(1)));
    assert_eq!(circle(role(3), &up[..2]), None);
    let back = [up[0].clone(), up[1].clone(), path(3, 1, CareerPathKind::Lateral)];
    assert!([1, 2, 3].iter().all(|n| circle(role(*n), &back).is_none()));
    let own = of_paths(role(1), &[path(1, 1, CareerPathKind::Lateral)]);
    assert_eq!(own[0].at.last(), Some(&Step::Field("toId")));
}
