//! The shipped role profiles are complete, and agree with each other along a career. Each rule is a
//! function from profiles to complaints, so that a second test can see it complain.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::{
        levels::Level,
        profiles::{CareerPathKind, CareerTrack, Importance, QualificationKind},
    },
    interchange::{
        demo::demo,
        profiles::{ProfileRow, RequirementRow},
    },
};

/// The one profile that holds everything a source says of its role. The others are to be read at a glance.
const IN_FULL: &str = "senior-python-developer";
/// Where every career begins.
const ENTRY: &str = "junior-python-developer";

type Rule = fn(&[ProfileRow]) -> Vec<String>;

fn shipped() -> Vec<ProfileRow> {
    demo().unwrap().profiles
}

#[track_caller]
fn upheld(rule: Rule) {
    assert_eq!(rule(&shipped()), Vec::<String>::new());
}

/// Breaks one shipped profile and fails unless the rule says exactly `expected`.
#[track_caller]
fn caught(rule: Rule, key: &str, broken: fn(&mut ProfileRow), expected: &str) {
    let mut profiles = shipped();
    broken(profiles.iter_mut().find(|row| row.key.as_str() == key).unwrap());
    assert_eq!(rule(&profiles), [expected]);
}

/// Every part is there: a profile read at a glance asks for 12 to 20 skills, some of each importance.
fn incomplete(profiles: &[ProfileRow]) -> Vec<String> {
    let mut said = Vec::new();
    for row in profiles {
        let asks = |kind: QualificationKind| row.qualifications.iter().any(|wanted| wanted.kind == kind);
        let full = row.key.as_str() == IN_FULL;
        for (part, there) in [
            ("areas", row.responsibilities.len() >= 2),
            ("requirements", row.requirements.len() >= 12 && (full || row.requirements.len() <= 20)),
            ("qualifications", asks(QualificationKind::Experience) && asks(QualificationKind::Preference)),
            ("practices", row.practices.len() >= 4),
            ("challenges", row.challenges.len() >= 3),
            ("career paths", !row.career_paths.is_empty()),
        ] {
            said.extend((!there).then(|| format!("{}: {part}", row.key)));
        }
        for importance in Importance::ALL {
            let n = row.requirements.iter().filter(|wanted| wanted.importance == *importance).count();
            said.extend((n == 0).then(|| format!("{}: no {}", row.key, importance.as_str())));
        }
    }
    said
}

/// What a practice exercises and what helps in a challenge is asked for.
fn unasked(profiles: &[ProfileRow]) -> Vec<String> {
    let mut said = Vec::new();
    for row in profiles {
        let asked: BTreeSet<&str> = row.requirements.iter().map(|wanted| wanted.skill.as_str()).collect();
        let practised = row.practices.iter().filter_map(|practice| practice.skill.as_ref());
        let helping = row.challenges.iter().flat_map(|challenge| &challenge.skills);
        let strange = practised.chain(helping).filter(|skill| !asked.contains(skill.as_str()));
        said.extend(strange.map(|skill| format!("{}: {}", row.key, skill)));
        let unmet = row.challenges.iter().filter(|challenge| challenge.skills.is_empty());
        said.extend(unmet.map(|challenge| format!("{}: {}: no skill", row.key, challenge.title)));
    }
    said
}

/// What weighs more is not less important.
fn misweighed(profiles: &[ProfileRow]) -> Vec<String> {
    let mut said = Vec::new();
    for row in profiles {
        let weights = |of: Importance| {
            row.requirements.iter().filter(move |row| row.importance == of).map(RequirementRow::weight)
        };
        for (more, less) in [(Importance::Must, Importance::Should), (Importance::Should, Importance::Nice)] {
            let fits = weights(more).min() >= weights(less).max();
            said.extend((!fits).then(|| format!("{}: {}", row.key, less.as_str())));
        }
    }
    said
}

/// Upwards on one track more is asked: seniority, years, and the level of each skill both roles ask for.
fn promotions_downwards(profiles: &[ProfileRow]) -> Vec<String> {
    let mut said = Vec::new();
    for (from, to) in ways(profiles, CareerPathKind::Promotion) {
        let way = format!("{} to {}", from.key, to.key);
        let higher: BTreeMap<&str, Level> =
            to.requirements.iter().map(|wanted| (wanted.skill.as_str(), wanted.level)).collect();
        for wanted in &from.requirements {
            let less = higher.get(wanted.skill.as_str()).is_some_and(|level| *level < wanted.level);
            said.extend(less.then(|| format!("{way}: {}", wanted.skill)));
        }
        said.extend((from.seniority >= to.seniority).then(|| format!("{way}: seniority")));
        said.extend((years(from) > years(to)).then(|| format!("{way}: years")));
    }
    said
}

/// A promotion and a lateral move stay on a track; a change of track leaves it.
fn wrong_tracks(profiles: &[ProfileRow]) -> Vec<String> {
    let ways = CareerPathKind::ALL.iter().flat_map(|kind| {
        let changes = *kind == CareerPathKind::TrackChange;
        ways(profiles, *kind).into_iter().filter(move |(from, to)| changes == (from.track == to.track))
    });
    ways.map(|(from, to)| format!("{} to {}", from.key, to.key)).collect()
}

/// Every role is reached from the entry.
fn out_of_reach(profiles: &[ProfileRow]) -> Vec<String> {
    let mut reached = BTreeSet::from([ENTRY]);
    while let Some(next) = profiles
        .iter()
        .filter(|row| reached.contains(row.key.as_str()))
        .flat_map(|row| &row.career_paths)
        .find(|path| !reached.contains(path.to.as_str()))
    {
        reached.insert(&next.to);
    }
    let lost = profiles.iter().filter(|row| !reached.contains(row.key.as_str()));
    lost.map(|row| row.key.clone()).collect()
}

/// Only the profile in full has a source for what it pays.
fn invented_pay(profiles: &[ProfileRow]) -> Vec<String> {
    let paid = profiles.iter().filter(|row| row.key.as_str() != IN_FULL);
    paid.filter(|row| !row.salary_benchmarks.is_empty()).map(|row| row.key.clone()).collect()
}

/// No challenge and no practice is another profile's, too.
fn borrowed(profiles: &[ProfileRow]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let told = profiles.iter().flat_map(|row| {
        let challenges = row.challenges.iter().flat_map(|told| [&told.problem, &told.resolution]);
        challenges.chain(row.practices.iter().map(|practice| &practice.statement))
    });
    told.filter(|text| !seen.insert(text.as_str())).cloned().collect()
}

fn ways(profiles: &[ProfileRow], kind: CareerPathKind) -> Vec<(&ProfileRow, &ProfileRow)> {
    let named = |key: &str| profiles.iter().find(|row| row.key.as_str() == key).unwrap();
    let paths = profiles.iter().flat_map(|row| row.career_paths.iter().map(move |path| (row, path)));
    paths.filter(|(_, path)| path.kind == kind).map(|(from, path)| (from, named(&path.to))).collect()
}

fn years(profile: &ProfileRow) -> i32 {
    let named = profile.qualifications.iter().filter_map(|wanted| wanted.min_years);
    named.max().unwrap_or(0)
}

fn level(profile: &mut ProfileRow, skill: &str, level: i64) {
    let wanted = profile.requirements.iter_mut().find(|row| row.skill.as_str() == skill).unwrap();
    wanted.level = Level::new(level).unwrap();
}

#[test]
fn there_are_twelve_profiles_on_three_tracks() {
    let profiles = shipped();
    assert_eq!(profiles.len(), 12);
    assert_eq!(profiles.iter().map(|row| row.track).collect::<BTreeSet<CareerTrack>>().len(), 3);
}

#[test]
fn every_profile_is_complete() {
    upheld(incomplete);
    caught(incomplete, "consultant", |row| row.challenges.truncate(2), "consultant: challenges");
    caught(incomplete, "consultant", |row| row.requirements.truncate(15), "consultant: no NICE");
}

#[test]
fn what_a_practice_or_a_challenge_needs_is_asked_for() {
    upheld(unasked);
    let forget = |row: &mut ProfileRow| row.requirements.retain(|row| row.skill.as_str() != "kubernetes");
    caught(unasked, "platform-engineer", forget, "platform-engineer: kubernetes");
    let helpless = |row: &mut ProfileRow| row.challenges[0].skills.clear();
    caught(unasked, "entrepreneur", helpless, "entrepreneur: Building before asking: no skill");
}

#[test]
fn no_weight_contradicts_the_importance() {
    upheld(misweighed);
    let broken = |row: &mut ProfileRow| row.requirements[0].importance = Importance::Nice;
    caught(misweighed, "consultant", broken, "consultant: NICE");
}

#[test]
fn who_is_promoted_never_needs_less() {
    upheld(promotions_downwards);
    let git = "python-developer to senior-python-developer: git";
    caught(promotions_downwards, "senior-python-developer", |row| level(row, "git", 2), git);
    let seniority = "technical-lead to principal-engineer: seniority";
    caught(promotions_downwards, "principal-engineer", |row| row.seniority = 6, seniority);
    let years = "python-developer to senior-python-developer: years";
    caught(promotions_downwards, "senior-python-developer", |row| row.qualifications.clear(), years);
}

#[test]
fn a_change_of_track_is_called_one_and_nothing_else_is() {
    upheld(wrong_tracks);
    let sideways = |row: &mut ProfileRow| row.career_paths[0].kind = CareerPathKind::TrackChange;
    caught(wrong_tracks, "consultant", sideways, "consultant to entrepreneur");
    let onwards = |row: &mut ProfileRow| row.career_paths[0].kind = CareerPathKind::Lateral;
    caught(wrong_tracks, "principal-engineer", onwards, "principal-engineer to engineering-manager");
}

#[test]
fn every_role_is_reached_from_the_entry() {
    upheld(out_of_reach);
    let mut profiles = shipped();
    profiles.iter_mut().find(|row| row.key.as_str() == ENTRY).unwrap().career_paths.clear();
    assert_eq!(out_of_reach(&profiles).len(), profiles.len() - 1);
}

#[test]
fn pay_is_never_invented() {
    upheld(invented_pay);
    let mut profiles = shipped();
    let paid = profiles.iter().find(|row| row.key.as_str() == IN_FULL).unwrap().salary_benchmarks.clone();
    profiles[0].salary_benchmarks = paid;
    assert_eq!(invented_pay(&profiles), [ENTRY]);
}

#[test]
fn every_profile_speaks_for_itself() {
    upheld(borrowed);
    caught(
        borrowed,
        "consultant",
        |row| row.practices.push(row.practices[0].clone()),
        "Write the hand-over from the first week on",
    );
}
