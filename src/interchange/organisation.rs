//! An organisation as a file: teams, people, memberships, held profiles and the demo's personas.
//! Makes no ids and reads no clock: dates are counted in days before the file is loaded.

use std::{collections::BTreeSet, str::FromStr};

use email_address::EmailAddress;
use serde::Deserialize;

use crate::{
    domain::{
        choices::choices,
        people::{Discoverability, PersonStatus},
        teams::TeamRole,
        text::fold,
    },
    interchange::{
        checks,
        reading::{Choice, Located, Refused, Source, choice},
    },
};

choices! {
    /// The people one can sign in as in the demo.
    Persona {
        /// Manages teams, people, skills and profiles.
        Admin = "ADMIN",
        /// Leads teams with ratings.
        Manager = "MANAGER",
        /// Works in a team.
        Member = "MEMBER",
        /// Interviews candidates.
        Interviewer = "INTERVIEWER",
        /// Recruits.
        Recruiter = "RECRUITER",
    }
}

impl Choice for Persona {
    const CHOICES: &'static [Self] = Self::ALL;
    fn named(text: &str) -> Option<Self> {
        Self::parse(text)
    }
    fn name(self) -> &'static str {
        self.as_str()
    }
}

/// An organisation; every reference in it resolves.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Organisation {
    /// The team tree.
    pub teams: Vec<TeamRow>,
    /// The people.
    pub people: Vec<PersonRow>,
}

/// A team.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TeamRow {
    /// Its key.
    pub slug: Located<String>,
    /// Its name.
    pub name: Located<String>,
    /// The team above it.
    pub parent: Option<Located<String>>,
    /// The team that was above it until a re-organisation.
    pub former_parent: Option<FormerParentRow>,
    /// What it has to be able to do.
    #[serde(default)]
    pub targets: Vec<TargetRow>,
}

/// What a team has to be able to do.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TargetRow {
    /// The slug of the skill.
    pub skill: Located<String>,
    /// From which level somebody counts, 1–5.
    pub level: Located<i64>,
    /// How many people it takes, 1–1,000.
    pub head_count: Located<u32>,
}

/// Where a team stood before.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FormerParentRow {
    /// The team above it then.
    pub team: Located<String>,
    /// Days ago at which it moved.
    pub until_days_ago: Located<i64>,
}

/// A person.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonRow {
    /// Their name.
    pub name: Located<String>,
    /// Their email, their key here.
    pub email: Located<String>,
    /// Their job title.
    pub title: Option<String>,
    /// Who may find them by skill.
    #[serde(deserialize_with = "choice")]
    pub discoverability: Discoverability,
    /// Where they stand in their life here.
    #[serde(default = "active", deserialize_with = "choice")]
    pub status: PersonStatus,
    /// Set when one can sign in as them.
    pub persona: Option<PersonaRow>,
    /// The role profiles they hold or held.
    #[serde(default)]
    pub role_profiles: Vec<HeldProfileRow>,
    /// Where they work or worked.
    #[serde(default)]
    pub memberships: Vec<MembershipRow>,
    /// The slugs of the skills they own.
    #[serde(default)]
    pub owns_skills: Vec<Located<String>>,
    /// The slugs of the skills nobody else has at level 3 or above.
    #[serde(default)]
    pub holds_alone: Vec<Located<String>>,
}

const fn active() -> PersonStatus {
    PersonStatus::Active
}

/// How one signs in as a person.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonaRow {
    /// Which persona.
    #[serde(deserialize_with = "choice")]
    pub name: Persona,
    /// The `sub` claim of their token.
    pub subject: Located<String>,
}

/// A role profile held for a time.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HeldProfileRow {
    /// The profile's key.
    pub key: Located<String>,
    /// Days ago at which it began.
    pub from_days_ago: Located<i64>,
    /// Days ago at which it ended.
    pub to_days_ago: Option<i64>,
}

/// A stay in a team.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MembershipRow {
    /// The team's slug.
    pub team: Located<String>,
    /// What the person is there.
    #[serde(deserialize_with = "choice")]
    pub role: TeamRole,
    /// Share of a full-time week, 1–100.
    pub allocation_pct: Located<i32>,
    /// Days ago at which it began.
    pub from_days_ago: Located<i64>,
    /// Days ago at which it ended.
    pub to_days_ago: Option<i64>,
}

impl Organisation {
    /// Reads and checks an organisation against the skills and profiles there are.
    ///
    /// # Errors
    /// [`Refused`] with every fault found.
    pub fn read(
        file: &str,
        text: &str,
        skills: &BTreeSet<&str>,
        profiles: &BTreeSet<&str>,
    ) -> Result<Self, Refused> {
        let mut source = Source::new(file, text);
        let organisation: Self = source.rows()?;
        organisation.check_teams(&mut source);
        organisation.check_people(&mut source);
        let teams = organisation.teams.iter().map(|team| team.slug.as_str()).collect();
        for person in &organisation.people {
            check_time(&mut source, person, &teams, profiles);
        }
        organisation.check_skills(&mut source, skills);
        source.finish(organisation)
    }

    /// The person behind a persona.
    #[must_use]
    pub fn persona(&self, persona: Persona) -> Option<&PersonRow> {
        self.people.iter().find(|person| person.persona.as_ref().is_some_and(|row| row.name == persona))
    }

    fn check_teams(&self, source: &mut Source<'_>) {
        checks::slugs(source, self.teams.iter().map(|team| &team.slug));
        checks::names(source, self.teams.iter().map(|team| &team.name));
        let there: BTreeSet<&str> = self.teams.iter().map(|team| team.slug.as_str()).collect();
        let mut edges = Vec::new();
        for team in &self.teams {
            if let Some(parent) = &team.parent {
                checks::known(source, "team", parent, &there);
                edges.push((team.slug.as_str(), parent));
            }
            if let Some(former) = &team.former_parent {
                checks::known(source, "team", &former.team, &there);
                check_days(source, &former.until_days_ago, None);
            }
        }
        checks::acyclic(source, &edges);
    }

    fn check_people(&self, source: &mut Source<'_>) {
        let mut emails = BTreeSet::new();
        let mut subjects = BTreeSet::new();
        for person in &self.people {
            checks::name_length(source, &person.name);
            source.require(EmailAddress::from_str(&person.email).is_ok(), &person.email, || {
                format!("`{}` is not an email address", person.email.value)
            });
            source.require(emails.insert(fold(&person.email)), &person.email, || {
                format!("`{}` was used before", person.email.value)
            });
            if let Some(persona) = &person.persona {
                source.require(subjects.insert(persona.subject.as_str()), &persona.subject, || {
                    format!("`{}` was used before", persona.subject.value)
                });
            }
        }
    }

    /// A skill has one owner and at most one person who holds it alone, and a team one target for it.
    fn check_skills(&self, source: &mut Source<'_>, skills: &BTreeSet<&str>) {
        self.teams.iter().for_each(|team| check_targets(source, &team.targets, skills));
        let (mut owned, mut alone) = (BTreeSet::new(), BTreeSet::new());
        for person in &self.people {
            for (slugs, seen) in [(&person.owns_skills, &mut owned), (&person.holds_alone, &mut alone)] {
                for skill in slugs {
                    checks::known(source, "skill", skill, skills);
                    source.require(seen.insert(skill.as_str()), skill, || {
                        format!("`{}` was given to somebody else before", skill.value)
                    });
                }
            }
        }
    }
}

fn check_targets(source: &mut Source<'_>, targets: &[TargetRow], skills: &BTreeSet<&str>) {
    let mut seen = BTreeSet::new();
    for target in targets {
        checks::known(source, "skill", &target.skill, skills);
        source.require(seen.insert(target.skill.as_str()), &target.skill, || {
            format!("`{}` is a target of the team already", target.skill.value)
        });
        source.require((1..=5).contains(&target.level.value), &target.level, || {
            format!("{} is not between 1 and 5", target.level.value)
        });
        source.require((1..=1_000).contains(&target.head_count.value), &target.head_count, || {
            format!("{} is not between 1 and 1,000", target.head_count.value)
        });
    }
}

fn check_time(
    source: &mut Source<'_>,
    person: &PersonRow,
    teams: &BTreeSet<&str>,
    profiles: &BTreeSet<&str>,
) {
    for held in &person.role_profiles {
        checks::known(source, "role profile", &held.key, profiles);
        check_days(source, &held.from_days_ago, held.to_days_ago);
    }
    for (at, stay) in person.memberships.iter().enumerate() {
        checks::known(source, "team", &stay.team, teams);
        check_days(source, &stay.from_days_ago, stay.to_days_ago);
        source.require((1..=100).contains(&stay.allocation_pct.value), &stay.allocation_pct, || {
            format!("{} is not between 1 and 100", stay.allocation_pct.value)
        });
        let again = person.memberships.iter().skip(at + 1).any(|other| {
            other.team.value == stay.team.value
                && other.to_days_ago.unwrap_or(0) < stay.from_days_ago.value
                && stay.to_days_ago.unwrap_or(0) < other.from_days_ago.value
        });
        source.require(!again, &stay.team, || format!("two stays in `{}` overlap", stay.team.value));
    }
}

/// A time begins before it ends, and neither lies in the future.
fn check_days(source: &mut Source<'_>, from: &Located<i64>, to: Option<i64>) {
    source.require(from.value > 0 && to.is_none_or(|to| (0..from.value).contains(&to)), from, || {
        "days ago are above 0, and what ends has begun before".to_owned()
    });
}
