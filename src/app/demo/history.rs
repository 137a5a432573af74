//! Drafts become assessments with ids, instants, words and a history of statuses; and who wants to
//! learn what. A later rating of the same party supersedes the one before it (invariant 1).

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use crate::{
    app::demo::{
        abilities::portfolio,
        chance::Chance,
        ids::{demo_id, id_of},
        instants::at_work,
        roster::{Roster, stays},
        rounds::{Case, Draft, Verdict},
        skills::skill_id,
        words,
    },
    domain::{
        assessments::{AssessmentSource, AssessmentStatus, SkillAssessment, SkillInterest, effective::Party},
        ids::{PersonId, SkillAssessmentId, SkillId},
        levels::{Confidence, Interest, Level},
        people::PersonStatus,
        skills::SkillKind,
        time::Timestamp,
    },
    interchange::{catalogue::SkillRow, demo::Demo, organisation::PersonRow},
    store::StatusChange,
};

/// An assessment and what happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatedRow {
    /// The assessment; its `status` is the last of `statuses`.
    pub assessment: SkillAssessment,
    /// Its statuses, first to last.
    pub statuses: Vec<StatusChange>,
    /// When the person answered, if they did.
    pub responded_at: Option<Timestamp>,
}

/// The whole history, oldest record first.
pub(super) fn written(demo: &Demo, now: Timestamp) -> (Vec<RatedRow>, Vec<SkillInterest>) {
    let roster = Roster::of(demo);
    let (mut ratings, mut interests) = (Vec::new(), Vec::new());
    for person in &demo.organisation.people {
        let pursued = portfolio(demo, person);
        let mut unrated = BTreeSet::new();
        for pursued in &pursued {
            let drafts = Case { roster: &roster, person, pursued }.drafts();
            if drafts.is_empty() {
                unrated.insert(pursued.skill.slug.as_str());
            }
            ratings.extend(drafts.iter().map(|draft| rated(demo, draft, now)));
        }
        if person.status == PersonStatus::Active {
            let known: BTreeSet<&str> = pursued.iter().map(|p| p.skill.slug.as_str()).collect();
            interests.extend(interested(demo, person, &known, &unrated, now));
        }
    }
    ratings.sort_by_key(|row: &RatedRow| (row.assessment.recorded_at, row.assessment.id));
    supersede(&mut ratings);
    (ratings, interests)
}

fn rated(demo: &Demo, draft: &Draft<'_>, now: Timestamp) -> RatedRow {
    let key = format!(
        "{} {} {} {} {}",
        draft.person,
        draft.skill,
        draft.source.as_str(),
        draft.assessor.unwrap_or_default(),
        draft.recorded_day
    );
    let mut chance = Chance::of(&["words", &key]);
    let minute = chance.between(0, 480);
    let recorded_at = at_work(now, draft.recorded_day, minute);
    let observed_at = at_work(now, draft.observed_day, minute);
    let skill = demo.catalogue.skill(draft.skill);
    let level = Level::new(draft.level).unwrap_or(Level::ALL[0]);
    let words = words::of(draft.source, level, skill, &mut chance);
    let id = id_of(&key);
    let statuses = statuses(id, draft, recorded_at, now);
    RatedRow {
        assessment: SkillAssessment {
            id,
            person_id: id_of(draft.person),
            skill_id: skill_id(draft.skill),
            level,
            confidence: confidence(draft.source, &mut chance),
            source: draft.source,
            assessor_id: draft.assessor.map(id_of),
            certificate: words.certificate,
            observed_at,
            recorded_at,
            expires_at: expires_at(draft, skill, observed_at),
            evidence: words.evidence,
            note: words.note,
            response: words.response.clone(),
            status: statuses.last().map_or(draft.source.initial_status(), |last| last.status),
        },
        responded_at: words.response.map(|_| recorded_at + TimeDelta::minutes(55)),
        statuses,
    }
}

/// A certificate names its own end; other ratings leave it to the skill.
fn expires_at(draft: &Draft<'_>, skill: Option<&SkillRow>, observed_at: Timestamp) -> Option<Timestamp> {
    let days = skill.and_then(|skill| skill.expires_after_days.as_ref()).map(|days| i64::from(days.value));
    days.filter(|_| draft.source == AssessmentSource::Certificate)
        .map(|days| observed_at + TimeDelta::days(days))
}

fn confidence(source: AssessmentSource, chance: &mut Chance) -> Option<Confidence> {
    match source {
        AssessmentSource::Certificate => Some(Confidence::High),
        AssessmentSource::Import => Some(Confidence::Low),
        _ => chance
            .one_of(&[Confidence::Low, Confidence::Medium, Confidence::Medium, Confidence::High])
            .copied(),
    }
}

fn statuses(
    id: SkillAssessmentId,
    draft: &Draft<'_>,
    recorded_at: Timestamp,
    now: Timestamp,
) -> Vec<StatusChange> {
    let first = change(id, 1, draft.source.initial_status(), draft.assessor.map(id_of), recorded_at);
    let judged = |by: &str, day: i64, status, reason: Option<&str>| {
        let at = at_work(now, day, 500).max(recorded_at + TimeDelta::minutes(5));
        StatusChange { reason: reason.map(str::to_owned), ..change(id, 2, status, Some(id_of(by)), at) }
    };
    match draft.verdict {
        Verdict::Counted | Verdict::Waiting => vec![first],
        Verdict::Validated(by, day) => vec![first, judged(by, day, AssessmentStatus::Validated, None)],
        Verdict::Rejected(by, day) => {
            vec![first, judged(by, day, AssessmentStatus::Rejected, Some(words::REJECTED))]
        }
    }
}

fn change(
    assessment_id: SkillAssessmentId,
    seq: i32,
    status: AssessmentStatus,
    by: Option<PersonId>,
    at: Timestamp,
) -> StatusChange {
    let id = demo_id("skill_assessment_status", &format!("{assessment_id} {seq}"));
    StatusChange { id, assessment_id, seq, status, by, at, reason: None }
}

/// Of each party's ratings of one skill every VALIDATED one but the last is superseded by the next.
fn supersede(rows: &mut [RatedRow]) {
    let mut current: BTreeMap<(PersonId, SkillId, AssessmentSource, String), usize> = BTreeMap::new();
    for at in 0..rows.len() {
        let Some(row) = rows.get(at).filter(|row| row.assessment.status == AssessmentStatus::Validated)
        else {
            continue;
        };
        let rating = &row.assessment;
        let party = match Party::of(rating.source, rating.assessor_id, rating.certificate.as_deref()) {
            Party::Sole => String::new(),
            Party::Assessor(id) => id.to_string(),
            Party::Certificate(name) => name.to_string(),
        };
        let slot = (rating.person_id, rating.skill_id, rating.source, party);
        let cause = row.statuses.last().map(|last| (last.at, last.by));
        let replaced = current.insert(slot, at).and_then(|before| rows.get_mut(before));
        if let (Some(before), Some((at, by))) = (replaced, cause) {
            let seq = before.statuses.last().map_or(1, |last| last.seq + 1);
            before.statuses.push(change(before.assessment.id, seq, AssessmentStatus::Superseded, by, at));
            before.assessment.status = AssessmentStatus::Superseded;
        }
    }
}

/// Interest in what one does, in gaps nobody has rated, and in something new.
fn interested<'d>(
    demo: &'d Demo,
    person: &'d PersonRow,
    known: &BTreeSet<&'d str>,
    unrated: &BTreeSet<&'d str>,
    now: Timestamp,
) -> Vec<SkillInterest> {
    let mut chance = Chance::of(&["interest", &person.email]);
    let mut interests = Vec::new();
    let new: Vec<&str> = demo
        .catalogue
        .skills
        .iter()
        .filter(|skill| matches!(skill.kind, SkillKind::Technical | SkillKind::Practice | SkillKind::Domain))
        .map(|skill| skill.slug.as_str())
        .filter(|slug| !known.contains(slug))
        .collect();
    let learns: BTreeSet<&str> = (0..3).filter_map(|_| chance.one_of(&new).copied()).collect();
    for skill in known.iter().chain(&learns) {
        let eager = learns.contains(skill) || unrated.contains(skill);
        let stated = chance.percent(if eager { 70 } else { 30 });
        let interest = if eager { chance.between(3, 6) } else { chance.between(0, 6) };
        let day = chance.between(3, 400);
        if stated && stays(person, day).next().is_some() {
            interests.extend(Interest::new(interest).ok().map(|interest| SkillInterest {
                person_id: id_of(&person.email),
                skill_id: skill_id(skill),
                interest,
                since: at_work(now, day, 60),
            }));
        }
    }
    interests
}
