//! Random histories, replayed as of any day: what the database path says (ratings of the past or of the
//! projection, F1, F3) is what a plain second telling makes of the raw rows. Rows are back-dated, validated,
//! rejected, revoked and superseded; skills are merged, people excused, profiles published anew.

use std::collections::BTreeMap;

use assay::{
    auth::Scope,
    cache::Cache,
    domain::{
        ids::{PersonId, RoleProfileId, SkillAssessmentKind, SkillId},
        skills::{SkillKind, SkillStatus},
        time::Timestamp,
    },
    store::{Rebuild, StoreError},
    views::{
        gaps::{GapView, Question, gaps_of},
        profiles::Edition,
    },
};
use proptest::{
    collection::vec, option, prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner,
};

use super::oracle::{Numbers, Oracle, Told};
use crate::{
    assessments::{House, LEAD},
    support::{SkillSketch, World},
};

const SKILLS: usize = 5;

/// A rating and what became of it.
#[derive(Debug, Clone)]
struct Rated {
    skill: usize,
    source: &'static str,
    party: usize,
    level: i32,
    days_ago: i64,
    told_after: i64,
    lasts: Option<i64>,
    fate: &'static str,
}

/// A requirement: skill, level, importance, weight.
type Wanted = (usize, i32, &'static str, i32);

/// Everything that happened, and the days it is asked about.
#[derive(Debug, Clone)]
struct History {
    skills: Vec<(bool, Option<i32>, Option<i32>)>,
    /// For each skill but the first, one before it that it was merged into.
    merges: Vec<Option<usize>>,
    ratings: Vec<Rated>,
    /// Skill, from days ago, days it was to last, days it lasted.
    exemptions: Vec<(usize, i64, i64, Option<i64>)>,
    /// Published days ago, with what it requires: skill, level, importance, weight.
    versions: Vec<(i64, Vec<Wanted>)>,
    days: Vec<i64>,
}

fn rated() -> impl Strategy<Value = Rated> {
    let sources =
        select(vec!["SELF", "MANAGER", "PEER", "PEER", "PEER", "INTERVIEW", "CERTIFICATE", "IMPORT"]);
    let fates = select(vec!["COUNTED", "COUNTED", "COUNTED", "COUNTED", "PENDING", "REJECTED", "REVOKED"]);
    let levels = prop_oneof![1 => Just(0), 3 => 0..6_i32];
    let what = (0..SKILLS, sources, 0..3_usize, levels);
    let when = (0..900_i64, 0..400_i64, option::weighted(0.3, 1..700_i64));
    (what, when, fates).prop_map(|((skill, source, party, level), (days_ago, late, lasts), fate)| Rated {
        skill,
        source,
        party,
        level,
        days_ago,
        told_after: late.min(days_ago),
        lasts,
        fate,
    })
}

fn histories() -> impl Strategy<Value = History> {
    let days = |range: std::ops::Range<i32>| option::weighted(0.6, range);
    let skills = vec((prop::bool::weighted(0.2), days(20..400), days(100..700)), SKILLS);
    let merges = vec(option::weighted(0.3, 0..SKILLS), SKILLS);
    let exemptions = vec((0..SKILLS, 0..800_i64, 2..500_i64, option::of(1..500_i64)), 0..4);
    let importance = select(vec!["MUST", "SHOULD", "NICE"]);
    let requirement = (0..SKILLS, 1..6_i32, importance, 1..20_i32);
    let versions = vec((0..850_i64, vec(requirement, 0..6)), 1..4);
    let asked = vec(-920..400_i64, 10);
    (skills, merges, vec(rated(), 0..40), exemptions, versions, asked).prop_map(
        |(skills, merges, ratings, exemptions, versions, days)| History {
            skills,
            merges,
            ratings,
            exemptions,
            versions,
            days,
        },
    )
}

/// A history as it lies in the database.
struct Laid {
    house: House,
    profile: RoleProfileId,
    skills: Vec<SkillId>,
}

impl History {
    async fn lay(&self, world: &World, number: usize, house: House) -> Laid {
        let mut skills = Vec::new();
        for (n, (certificate, review_interval_days, expires_after_days)) in self.skills.iter().enumerate() {
            let sketch = SkillSketch {
                review_interval_days: *review_interval_days,
                expires_after_days: *expires_after_days,
                owner: None,
            };
            let skill = world.skill(house.category, &format!("Skill {number} {n}"), sketch).await;
            if *certificate {
                world.set_skill(skill, SkillStatus::Active, SkillKind::Certification).await;
            }
            skills.push(skill);
        }
        let profile = world.role_profile(&format!("Role {number}")).await;
        let mut versions: Vec<_> = self.versions.iter().collect();
        versions.sort_by_key(|version| -version.0);
        versions.dedup_by_key(|version| version.0);
        for (n, (days_ago, requires)) in (1..).zip(versions) {
            // A version requires each skill once.
            let once: BTreeMap<usize, _> = requires.iter().map(|required| (required.0, required)).collect();
            let required: Vec<_> = once
                .into_values()
                .map(|(skill, level, importance, weight)| (skills[*skill], *level, *importance, *weight))
                .collect();
            world.publish(profile.uuid(), n, world.day(-days_ago), &required).await;
        }
        let laid = Laid { house, profile, skills };
        self.lay_ratings(world, &laid).await;
        for (skill, days_ago, lasts, lasted) in &self.exemptions {
            let from = world.day(-days_ago);
            let ended = lasted.filter(|days| days < lasts).map(|days| from + chrono::TimeDelta::days(days));
            let until = from + chrono::TimeDelta::days(*lasts);
            world.excuse(laid.house.mia.uuid(), laid.skills[*skill], from, until, ended).await;
        }
        self.merge(world, &laid).await;
        laid
    }

    /// Each slot has one VALIDATED row, the latest; the others of it are SUPERSEDED, as the service does.
    async fn lay_ratings(&self, world: &World, laid: &Laid) {
        let mut current: BTreeMap<_, (i64, i64, usize)> = BTreeMap::new();
        for (n, rated) in self.ratings.iter().enumerate().filter(|(_, rated)| rated.fate == "COUNTED") {
            let recency = (-rated.days_ago, rated.told_after - rated.days_ago, n);
            let latest = current.entry(rated.slot()).or_insert(recency);
            *latest = recency.max(*latest);
        }
        for (n, rated) in self.ratings.iter().enumerate() {
            let stands = current.get(&rated.slot()).is_some_and(|latest| latest.2 == n);
            let statuses: &[&str] = match rated.fate {
                "COUNTED" if stands => &["VALIDATED"],
                "COUNTED" => &["VALIDATED", "SUPERSEDED"],
                "PENDING" => &["PENDING"],
                "REJECTED" => &["PENDING", "REJECTED"],
                _ => &["VALIDATED", "REVOKED"],
            };
            rated.lay(world, laid, statuses).await;
        }
    }

    /// Redirects, each straight to where it ends.
    async fn merge(&self, world: &World, laid: &Laid) {
        let mut ends: Vec<usize> = (0..SKILLS).collect();
        for n in 1..SKILLS {
            if let Some(into) = self.merges[n].filter(|into| *into < n) {
                ends[n] = ends[into];
                world.redirect(laid.skills[n], laid.skills[ends[n]]).await;
            }
        }
        let rebuilt = world.store().begin(|tx| async move {
            tx.rebuild_current_levels(Rebuild::All).await?;
            Ok::<(), StoreError>(())
        });
        rebuilt.await.expect("the projection is rebuilt");
    }
}

impl Rated {
    fn slot(&self) -> (usize, &'static str, usize) {
        let party = if ["PEER", "CERTIFICATE"].contains(&self.source) { self.party } else { 0 };
        (self.skill, self.source, party)
    }

    async fn lay(&self, world: &World, laid: &Laid, statuses: &[&str]) {
        let house = &laid.house;
        let peers = [house.lena, house.pia, house.otto];
        let assessor = match self.source {
            "SELF" => Some(house.mia),
            "PEER" => Some(peers[self.party]),
            "IMPORT" => None,
            _ => Some(house.lena),
        };
        let certificate = (self.source == "CERTIFICATE").then(|| format!("C-{}", self.party));
        let party = match self.source {
            "PEER" => peers[self.party].uuid().to_string(),
            _ => certificate.clone().unwrap_or_default(),
        };
        let id = world.id::<SkillAssessmentKind>();
        let observed = world.day(-self.days_ago);
        let recorded = world.day(self.told_after - self.days_ago);
        let row = [
            ("id", id.uuid().into()),
            ("person_id", house.mia.uuid().into()),
            ("skill_id", laid.skills[self.skill].uuid().into()),
            ("level", self.level.into()),
            ("source", self.source.into()),
            ("party", party.into()),
            ("assessor_id", assessor.map(PersonId::uuid).into()),
            ("certificate", certificate.into()),
            ("observed_at", observed.into()),
            ("recorded_at", recorded.into()),
            ("expires_at", self.lasts.map(|days| observed + chrono::TimeDelta::days(days)).into()),
            ("evidence", "[]".into()),
        ];
        world.insert("skill_assessment", row).await;
        for (seq, status) in (1..).zip(statuses) {
            let row = [
                ("id", world.id::<SkillAssessmentKind>().uuid().into()),
                ("assessment_id", id.uuid().into()),
                ("status", (*status).into()),
                ("at", recorded.into()),
                ("seq", seq.into()),
            ];
            world.insert("skill_assessment_status", row).await;
        }
    }
}

/// What the service says: of the past by history, of now and later by the projection.
async fn said(world: &World, laid: &Laid, at: Timestamp) -> Option<GapView> {
    let scope = world.scope(&world.token(LEAD, &[], &[])).await;
    let now = at.max(world.now());
    let scope = Scope::new(scope.viewer().clone(), now, scope.standing().clone());
    let held = world.store().versions_held(&scope, &[laid.profile], &[], at).await.expect("versions");
    assert!(held.len() <= 1, "one version at a time");
    let held = held.into_iter().next()?;
    let edition = Edition { role_profile_id: laid.profile, version_id: held.version_id };
    let as_of = Some(at).filter(|at| *at < now);
    let question = Question { person_id: laid.house.mia, edition, as_of };
    let mut found = gaps_of(world.store(), &Cache::Off, &scope, &[question]).await.expect("a report");
    found.remove(&question).map(|view| (*view).clone())
}

fn told(view: &GapView) -> Vec<Told> {
    let level = |level: assay::domain::levels::Level| i32::from(level.value());
    let item = |item: &assay::domain::gaps::SkillGap| Told {
        skill: item.skill_id.uuid(),
        required: level(item.required),
        importance: item.importance.as_str().to_owned(),
        weight: item.weight,
        actual: item.actual.map(level),
        status: item.status.as_str(),
    };
    view.report.items.iter().map(item).collect()
}

fn numbers(view: &GapView) -> Numbers {
    let report = &view.report;
    Numbers {
        musts: (report.must_met, report.must_total),
        ready: report.ready,
        weighted: report.fulfilment.and_then(|figures| figures.known),
        bounds: report.fulfilment.map(|figures| (figures.lower, figures.upper, figures.known_share)),
    }
}

fn close(a: &Numbers, b: &Numbers) -> bool {
    let list = |numbers: &Numbers| -> Vec<f64> {
        let (lower, upper, share) = numbers.bounds.unwrap_or_default();
        vec![numbers.weighted.unwrap_or(-1.0), lower, upper, share]
    };
    let near = list(a).into_iter().zip(list(b)).all(|(a, b)| (a - b).abs() < 1e-9);
    near && (a.musts, a.ready, a.bounds.is_some()) == (b.musts, b.ready, b.bounds.is_some())
}

/// A few by default; `PROPTEST_CASES`, as `scripts/test --full` sets it, asks for more.
fn cases() -> usize {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    asked.unwrap_or(20).min(300)
}

on_both! {
    async fn any_history_replayed_as_of_any_day_is_what_the_raw_rows_say(world: World) {
        let mut runner = TestRunner::deterministic();
        let mut met: BTreeMap<&str, usize> = BTreeMap::new();
        let house = House::in_world(&world).await;
        let mia = house.mia;
        let mut house = Some(house);
        for number in 0..cases() {
            let history = histories().new_tree(&mut runner).expect("a history").current();
            let laid = history.lay(&world, number, house.take().expect("a house")).await;
            let oracle = Oracle::read(&world).await;
            for day in history.days.iter().copied().chain([0]) {
                let at = world.day(day);
                let view = said(&world, &laid, at).await;
                let version = view.as_ref().map(|view| view.question.edition.version_id.uuid());
                assert_eq!(version, oracle.version(laid.profile.uuid(), at), "day {day} of {history:#?}");
                let Some(view) = view else { continue };
                let expected = oracle.items(mia.uuid(), view.question.edition.version_id.uuid(), at);
                assert_eq!(told(&view), expected, "day {day} of {history:#?}");
                let reckoned = Oracle::numbers(&expected);
                assert!(close(&numbers(&view), &reckoned), "{:?} is not {reckoned:?}", view.report);
                for item in &expected {
                    *met.entry(item.status).or_default() += 1;
                }
            }
            house = Some(laid.house);
        }
        assert_eq!(met.len(), 7, "every status was met: {met:?}");
    }
}
