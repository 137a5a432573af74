//! Thirty role profiles of twenty requirements each: six families with five steps.

use crate::{
    app::{
        demo::{PublishedProfile, instants::days_ago},
        scale::{Scale, catalogue::ASPECTS},
    },
    domain::{
        levels::Level,
        profiles::{
            CareerPath, CareerPathKind, CareerTrack, Importance, Qualification, QualificationKind,
            Responsibility, RoleProfile, RoleProfileContent, RoleProfileStatus, RoleProfileVersion,
            RoleProfileVersionStatus, RoleSkillRequirement,
        },
        text::slug_of,
    },
};

/// Families of role profiles.
pub(super) const FAMILIES: u32 = 6;
/// Steps of a family.
pub(super) const STEPS: u32 = 5;
const FAMILY_NAMES: [&str; FAMILIES as usize] =
    ["Backend", "Data", "Platform", "Mobile", "Quality", "Product"];
const STEP_NAMES: [&str; STEPS as usize] = ["Junior", "Experienced", "Senior", "Staff", "Principal"];
/// Profiles were published before anyone was rated.
const PUBLISHED_DAYS_AGO: i64 = 1_600;

/// The number of the profile of a family and step.
pub(super) const fn profile_at(family: u32, step: u32) -> u32 {
    family * STEPS + step
}

/// The twenty skills a profile requires, each with its level: twelve of the family's own topics, four
/// practices, two soft skills, one of the domain and one of a neighbouring topic.
pub(super) fn requirements(profile: u32) -> Vec<(u32, i64)> {
    let (family, step) = (profile / STEPS, profile % STEPS);
    let skill = |topic: u32, aspect: u32| topic * ASPECTS + aspect % ASPECTS;
    let own = (0..12).map(|n| skill(family * 4 + n % 4, n / 4 + step));
    let practices = (0..4).map(|n| skill(28 + (family + n) % 5, step + n));
    let soft = (0..2).map(|n| skill(33 + (family + n) % 3, 2 * step + n));
    let others = [skill(36 + family % 2, step), skill((family * 4 + 7) % 28, step)];
    let level = |n: u32| i64::from(1 + (step * 3 / 4 + u32::from(n.is_multiple_of(3))).min(4));
    (0..).zip(own.chain(practices).chain(soft).chain(others)).map(|(n, skill)| (skill, level(n))).collect()
}

impl Scale {
    pub(super) fn profiles(&self) -> Vec<PublishedProfile> {
        (0..FAMILIES * STEPS).map(|n| self.profile(n)).collect()
    }

    fn profile(&self, n: u32) -> PublishedProfile {
        let (family, step) = (FAMILY_NAMES[(n / STEPS) as usize], STEP_NAMES[(n % STEPS) as usize]);
        let title = format!("{step} {family} Engineer");
        let profile = RoleProfile {
            id: self.id(n),
            key: slug_of(&title),
            title,
            family: family.to_owned(),
            track: CareerTrack::Technical,
            seniority: i32::try_from(1 + 2 * (n % STEPS)).unwrap_or(1),
            status: RoleProfileStatus::Active,
            published_version_id: Some(self.id(n)),
            revision: 1,
        };
        let version = RoleProfileVersion {
            id: self.id(n),
            role_profile_id: profile.id,
            number: 1,
            summary: format!("What a {} does.", profile.title.to_lowercase()),
            status: RoleProfileVersionStatus::Published,
            published_at: Some(days_ago(self.now, PUBLISHED_DAYS_AGO)),
            retired_at: None,
        };
        PublishedProfile { content: self.content(n), paths: self.paths(n), profile, version }
    }

    fn content(&self, n: u32) -> RoleProfileContent {
        let importance = |at: usize| match at {
            0..8 => (Importance::Must, 10),
            8..15 => (Importance::Should, 6),
            _ => (Importance::Nice, 3),
        };
        let required = requirements(n).into_iter().enumerate().map(|(at, (skill, level))| {
            let (importance, weight) = importance(at);
            let required_level = Level::new(level).unwrap_or(Level::ALL[1]);
            RoleSkillRequirement { skill_id: self.id(skill), required_level, importance, weight }
        });
        let responsibility = |area: &str, statement: &str| Responsibility {
            area: area.to_owned(),
            statement: statement.to_owned(),
        };
        RoleProfileContent {
            responsibilities: vec![
                responsibility("Delivery", "Brings changes into production and looks after them there."),
                responsibility("Team", "Reviews the work of others and helps them grow."),
            ],
            requirements: required.collect(),
            qualifications: vec![Qualification {
                kind: QualificationKind::Experience,
                statement: "Experience in a comparable role".to_owned(),
                min_years: i32::try_from(2 * (n % STEPS)).ok(),
            }],
            ..RoleProfileContent::default()
        }
    }

    fn paths(&self, n: u32) -> Vec<CareerPath> {
        let path = |to: u32, kind, criteria: &str| CareerPath {
            from_id: self.id(n),
            to_id: self.id(to),
            kind,
            criteria: criteria.to_owned(),
        };
        let up = (n % STEPS + 1 < STEPS)
            .then(|| path(n + 1, CareerPathKind::Promotion, "Meets the requirements of the next step."));
        let across =
            path((n + STEPS) % (FAMILIES * STEPS), CareerPathKind::Lateral, "Agreed with both leads.");
        up.into_iter().chain([across]).collect()
    }
}
