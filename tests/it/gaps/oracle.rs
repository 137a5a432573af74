//! A gap told a second time, from the raw rows and the formulas as they read: lists and loops, no thought for
//! speed, and nothing of the service's own code but what the columns are called.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{QueryResult, TryGetable};
use uuid::Uuid;

use crate::support::World;

type Instant = DateTime<Utc>;

/// Every row that a gap may depend on.
pub struct Oracle {
    skills: BTreeMap<Uuid, Skill>,
    assessments: Vec<Assessment>,
    exemptions: Vec<Exemption>,
    versions: Vec<Version>,
}

struct Skill {
    canonical: Uuid,
    kind: String,
    review: Option<i64>,
    expires: Option<i64>,
}

struct Assessment {
    id: Uuid,
    person: Uuid,
    skill: Uuid,
    source: String,
    party: String,
    level: i32,
    observed: Instant,
    recorded: Instant,
    ends: Option<Instant>,
    counts: bool,
}

struct Exemption {
    person: Uuid,
    skill: Uuid,
    from: Instant,
    to: Instant,
}

struct Version {
    id: Uuid,
    profile: Uuid,
    from: Option<Instant>,
    to: Option<Instant>,
    /// By position: skill, level, importance, weight.
    requires: Vec<(Uuid, i32, String, i32)>,
}

/// One requirement as the oracle tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub skill: Uuid,
    pub required: i32,
    pub importance: String,
    pub weight: i32,
    pub actual: Option<i32>,
    pub status: &'static str,
}

/// The numbers: MUST met and in all, ready, weighted, lower, upper, known share.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbers {
    pub musts: (usize, usize),
    pub ready: Option<bool>,
    pub weighted: Option<f64>,
    pub bounds: Option<(f64, f64, f64)>,
}

fn get<T: TryGetable>(row: &QueryResult, column: &str) -> T {
    row.try_get("", column).unwrap_or_else(|error| panic!("{column}: {error}"))
}

fn days(days: i32) -> i64 {
    i64::from(days)
}

impl Oracle {
    pub async fn read(world: &World) -> Self {
        let skills = world.rows("SELECT * FROM skill", []).await;
        let skills = skills.iter().map(|row| {
            let id: Uuid = get(row, "id");
            let skill = Skill {
                canonical: get::<Option<Uuid>>(row, "merged_into").unwrap_or(id),
                kind: get(row, "kind"),
                review: get::<Option<i32>>(row, "review_interval_days").map(days),
                expires: get::<Option<i32>>(row, "expires_after_days").map(days),
            };
            (id, skill)
        });
        Self {
            skills: skills.collect(),
            assessments: assessments(world).await,
            exemptions: exemptions(world).await,
            versions: versions(world).await,
        }
    }

    /// The version of a profile that was published at an instant.
    pub fn version(&self, profile: Uuid, at: Instant) -> Option<Uuid> {
        let held = |version: &&Version| {
            version.profile == profile
                && version.from.is_some_and(|from| from <= at)
                && version.to.is_none_or(|to| at < to)
        };
        self.versions.iter().find(held).map(|version| version.id)
    }

    /// The items of a person against a version, in the order of the version.
    pub fn items(&self, person: Uuid, version: Uuid, at: Instant) -> Vec<Told> {
        let version = self.versions.iter().find(|known| known.id == version).expect("a version");
        let mut items: Vec<Told> = Vec::new();
        for (skill, level, importance, weight) in &version.requires {
            let skill = self.skills[skill].canonical;
            match items.iter_mut().find(|item| item.skill == skill) {
                Some(item) => {
                    item.required = item.required.max(*level);
                    item.weight = item.weight.max(*weight);
                    let rank = |name: &str| ["MUST", "SHOULD", "NICE"].iter().position(|n| *n == name);
                    if rank(importance) < rank(&item.importance) {
                        item.importance.clone_from(importance);
                    }
                }
                None => items.push(Told {
                    skill,
                    required: *level,
                    importance: importance.clone(),
                    weight: *weight,
                    actual: None,
                    status: "",
                }),
            }
        }
        for item in &mut items {
            let (level, verified, expired) = self.level(person, item.skill, at);
            item.actual = level;
            item.status = match level {
                _ if self.exempt(person, item.skill, at) => "EXEMPT",
                None if expired => "EXPIRED",
                None => "UNKNOWN",
                Some(level) if level >= item.required && !verified => "UNVERIFIED",
                Some(level) if level >= item.required => "MET",
                Some(0) => "MISSING",
                Some(_) => "PARTIAL",
            };
        }
        items
    }

    fn exempt(&self, person: Uuid, skill: Uuid, at: Instant) -> bool {
        self.exemptions.iter().any(|exemption| {
            exemption.person == person
                && self.skills[&exemption.skill].canonical == skill
                && exemption.from <= at
                && at < exemption.to
        })
    }

    /// F1: the level, whether a third party vouches for it, and whether everything there was has expired.
    fn level(&self, person: Uuid, skill: Uuid, at: Instant) -> (Option<i32>, bool, bool) {
        let terms = &self.skills[&skill];
        let rows = self.assessments.iter().filter(|row| {
            let admitted =
                terms.kind != "CERTIFICATION" || ["CERTIFICATE", "IMPORT"].contains(&row.source.as_str());
            admitted
                && row.counts
                && row.person == person
                && self.skills[&row.skill].canonical == skill
                && row.observed <= at
        });
        let rows: Vec<&Assessment> = rows.collect();
        let order = ["MANAGER", "PEER", "INTERVIEW", "CERTIFICATE", "IMPORT", "SELF"];
        let (mut voices, mut lapsed) = (Vec::new(), false);
        for (rank, source) in order.iter().enumerate() {
            let said: Vec<&Assessment> = rows.iter().filter(|row| row.source == *source).copied().collect();
            match terms.speak(source, &said, at) {
                Voice::Living { level, stale } => {
                    let group = [0, 0, 0, 0, 1, 2][rank];
                    voices.push(((group, stale, rank), level));
                }
                Voice::Lapsed => lapsed = true,
                Voice::Silent => {}
            }
        }
        match voices.into_iter().min() {
            Some(((group, ..), level)) => (Some(level), group == 0, false),
            None => (None, false, lapsed),
        }
    }

    /// F3 over items.
    pub fn numbers(items: &[Told]) -> Numbers {
        let musts: Vec<&Told> = items.iter().filter(|item| item.importance == "MUST").collect();
        let counted: Vec<&Told> = items.iter().filter(|item| item.status != "EXEMPT").collect();
        let known = |item: &Told| !["UNKNOWN", "EXPIRED"].contains(&item.status);
        let part = |item: &Told| {
            let share = f64::from(item.actual.unwrap_or(0)) / f64::from(item.required);
            f64::from(item.weight) * share.min(1.0)
        };
        let weigh =
            |items: &mut dyn Iterator<Item = &&Told>| items.map(|item| f64::from(item.weight)).sum::<f64>();
        let reached: f64 = counted.iter().filter(|item| known(item)).map(|item| part(item)).sum();
        let of_known = weigh(&mut counted.iter().filter(|item| known(item)));
        let unknown = weigh(&mut counted.iter().filter(|item| !known(item)));
        let all = of_known + unknown;
        let fine = |item: &&&Told| ["MET", "EXEMPT"].contains(&item.status);
        Numbers {
            musts: (
                musts.iter().filter(|item| item.status == "MET").count(),
                musts.iter().filter(|item| item.status != "EXEMPT").count(),
            ),
            ready: (!musts.is_empty()).then(|| musts.iter().filter(fine).count() == musts.len()),
            weighted: (of_known > 0.0).then(|| 100.0 * reached / of_known),
            bounds: (all > 0.0)
                .then(|| (100.0 * reached / all, 100.0 * (reached + unknown) / all, of_known / all)),
        }
    }
}

/// What one source says.
enum Voice {
    Living { level: i32, stale: bool },
    Lapsed,
    Silent,
}

impl Skill {
    fn end(&self, row: &Assessment) -> Option<Instant> {
        let by_skill = self.expires.map(|days| row.observed + TimeDelta::days(days));
        [row.ends, by_skill].into_iter().flatten().min()
    }

    fn lives(&self, row: &Assessment, at: Instant) -> bool {
        self.end(row).is_none_or(|end| at < end)
    }

    fn stale(&self, observed: Instant, at: Instant) -> bool {
        self.review.is_some_and(|days| at >= observed + TimeDelta::hours(36 * days))
    }

    fn speak(&self, source: &str, rows: &[&Assessment], at: Instant) -> Voice {
        let latest = |rows: &[&Assessment]| -> Option<usize> {
            (0..rows.len()).max_by_key(|n| (rows[*n].observed, rows[*n].recorded, rows[*n].id))
        };
        if !["PEER", "CERTIFICATE"].contains(&source) {
            let Some(row) = latest(rows).map(|n| rows[n]) else { return Voice::Silent };
            let living = Voice::Living { level: row.level, stale: self.stale(row.observed, at) };
            return if self.lives(row, at) { living } else { Voice::Lapsed };
        }
        let parties: BTreeSet<&str> = rows.iter().map(|row| row.party.as_str()).collect();
        let mut spoken = Vec::new();
        for party in &parties {
            let own = rows.iter().filter(|row| row.party == *party && self.lives(row, at));
            let own: Vec<&Assessment> = own.copied().collect();
            spoken.extend(latest(&own).map(|n| own[n]));
        }
        if source == "CERTIFICATE" {
            let best = spoken.iter().max_by_key(|row| (row.level, row.observed, row.recorded, row.id));
            return match best {
                Some(row) => Voice::Living { level: row.level, stale: self.stale(row.observed, at) },
                None if rows.is_empty() => Voice::Silent,
                None => Voice::Lapsed,
            };
        }
        if spoken.len() < 2 {
            return if parties.len() >= 2 { Voice::Lapsed } else { Voice::Silent };
        }
        let mut levels: Vec<i32> = spoken.iter().map(|row| row.level).collect();
        levels.sort_unstable();
        let oldest = spoken.iter().map(|row| row.observed).min().expect("two of them");
        Voice::Living { level: levels[(levels.len() - 1) / 2], stale: self.stale(oldest, at) }
    }
}

async fn assessments(world: &World) -> Vec<Assessment> {
    let mut happened: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
    for row in world.rows("SELECT assessment_id, status FROM skill_assessment_status", []).await {
        happened.entry(get(&row, "assessment_id")).or_default().insert(get(&row, "status"));
    }
    let rows = world.rows("SELECT * FROM skill_assessment", []).await;
    let assessment = |row: &QueryResult| {
        let id: Uuid = get(row, "id");
        let was = |status: &str| happened.get(&id).is_some_and(|all| all.contains(status));
        Assessment {
            id,
            person: get(row, "person_id"),
            skill: get(row, "skill_id"),
            source: get(row, "source"),
            party: get(row, "party"),
            level: get(row, "level"),
            observed: get(row, "observed_at"),
            recorded: get(row, "recorded_at"),
            ends: get(row, "expires_at"),
            counts: was("VALIDATED") && !was("REVOKED") && !was("REJECTED"),
        }
    };
    rows.iter().map(assessment).collect()
}

async fn exemptions(world: &World) -> Vec<Exemption> {
    let rows = world.rows("SELECT * FROM requirement_exemption", []).await;
    let exemption = |row: &QueryResult| Exemption {
        person: get(row, "person_id"),
        skill: get(row, "skill_id"),
        from: get(row, "valid_from"),
        to: get::<Option<Instant>>(row, "ended_at").unwrap_or(get(row, "valid_until")),
    };
    rows.iter().map(exemption).collect()
}

async fn versions(world: &World) -> Vec<Version> {
    let mut requires: BTreeMap<Uuid, Vec<(Uuid, i32, String, i32)>> = BTreeMap::new();
    for row in world.rows("SELECT * FROM role_skill_requirement ORDER BY position", []).await {
        let list = requires.entry(get(&row, "role_profile_version_id")).or_default();
        list.push((
            get(&row, "skill_id"),
            get(&row, "required_level"),
            get(&row, "importance"),
            get(&row, "weight"),
        ));
    }
    let rows = world.rows("SELECT * FROM role_profile_version", []).await;
    let version = |row: &QueryResult| {
        let id: Uuid = get(row, "id");
        Version {
            id,
            profile: get(row, "role_profile_id"),
            from: get(row, "published_at"),
            to: get(row, "retired_at"),
            requires: requires.get(&id).cloned().unwrap_or_default(),
        }
    };
    rows.iter().map(version).collect()
}
