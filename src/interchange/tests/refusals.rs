//! Each broken rule is refused with its file, line and field.

use std::collections::BTreeSet;

use crate::interchange::{Refused, catalogue::Catalogue, organisation::Organisation};

const SKILLS: &str = "\
categories:
  - slug: languages
    name: Languages
skills:
  - slug: python
    name: Python
    category: languages
    kind: TECHNICAL
    description: The language.
    aliases: [CPython]
";

const PEOPLE: &str = "\
teams:
  - slug: core
    name: Core
people:
  - name: Ada
    email: ada@example.com
    discoverability: TEAM
    memberships:
      - {team: core, role: LEAD, allocationPct: 100, fromDaysAgo: 20}
";

fn skills(text: &str) -> Result<(), Refused> {
    Catalogue::read("skills.yaml", text).map(drop)
}

fn people(text: &str) -> Result<(), Refused> {
    Organisation::read("people.yaml", text, &BTreeSet::from(["python"]), &BTreeSet::from(["developer"]))
        .map(drop)
}

/// Breaks `text` in one place and returns `line:field` of the first fault.
fn broken(read: fn(&str) -> Result<(), Refused>, text: &str, good: &str, bad: &str) -> String {
    assert!(text.contains(good), "nothing to break: {good}");
    assert_eq!(read(text), Ok(()));
    let refused = read(&text.replacen(good, bad, 1)).expect_err(bad);
    let fault = refused.0.first().expect("a refusal names a fault").clone();
    assert!(fault.to_string().contains(".yaml:"));
    format!("{}:{}", fault.line, fault.field)
}

#[test]
fn a_broken_catalogue_is_refused_at_its_line() {
    let at = |good: &str, bad: &str| broken(skills, SKILLS, good, bad);
    assert_eq!(at("kind: TECHNICAL", "kind: TECHNICS"), "8:kind");
    assert_eq!(at("category: languages", "category: tongues"), "7:category");
    assert_eq!(at("slug: python", "slug: Python!"), "5:slug");
    assert_eq!(at("[CPython]", "[ＰYTHON]"), "10:aliases");
    assert_eq!(at("description: The", "descripton: The"), "9:descripton");
    assert_eq!(at("name: Languages", "name: Languages\n    parent: languages"), "4:parent");
    assert_eq!(at("aliases: [CPython]", "reviewIntervalDays: 0"), "10:reviewIntervalDays");
    assert_eq!(at("aliases: [CPython]", "relations: [{kind: BROADER, to: python}]"), "10:to");
    assert_eq!(at("aliases: [CPython]", "levels: [{level: 6, behaviour: Flies}]"), "10:level");
}

#[test]
fn a_broken_organisation_is_refused_at_its_line() {
    let at = |good: &str, bad: &str| broken(people, PEOPLE, good, bad);
    assert_eq!(at("team: core, ", "team: rim, "), "9:team");
    assert_eq!(at("role: LEAD", "role: BOSS"), "9:role");
    assert_eq!(at("allocationPct: 100", "allocationPct: 101"), "9:allocationPct");
    assert_eq!(at("fromDaysAgo: 20", "fromDaysAgo: 20, toDaysAgo: 20"), "9:fromDaysAgo");
    assert_eq!(at("ada@example.com", "ada"), "6:email");
    assert_eq!(at("name: Core", "name: Core\n    parent: core"), "4:parent");
    assert_eq!(at("discoverability: TEAM", "discoverability: TEAM\n    ownsSkills: [cobol]"), "8:ownsSkills");
    assert_eq!(
        at(
            "fromDaysAgo: 20}",
            "fromDaysAgo: 20}\n      - {team: core, role: MEMBER, allocationPct: 1, fromDaysAgo: 9}"
        ),
        "9:team"
    );
}

#[test]
fn one_reading_lists_every_fault() {
    let text = SKILLS.replace("category: languages", "category: x").replace("slug: python", "slug: P");
    assert_eq!(skills(&text).map_err(|refused| refused.0.len()), Err(2));
}
