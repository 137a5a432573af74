//! F1 told a second time, as the formula reads, with lists and maps and no thought for speed.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    assessments::{
        AssessmentSource,
        effective::{LevelView, Party, Question, Rating},
        staleness::{Observation, Staleness},
    },
    levels::Level,
    skills::SkillKind,
};

/// The effective level alone.
pub fn level(ratings: &[Rating], question: &Question) -> Option<Level> {
    let seen: Vec<&Rating> = ratings.iter().filter(|r| r.observed_at <= question.at).collect();
    let sources: BTreeSet<AssessmentSource> = seen.iter().map(|r| r.source).collect();
    sources
        .into_iter()
        .filter(|source| asks_for(question, *source))
        .filter_map(|source| {
            let rows: Vec<&Rating> = seen.iter().filter(|r| r.source == source).copied().collect();
            let (level, age) = speak(source, &rows, question)?;
            Some((order(source, age), level))
        })
        .min_by_key(|(order, _)| *order)
        .map(|(_, level)| level)
}

fn asks_for(question: &Question, source: AssessmentSource) -> bool {
    let by_kind = question.kind != SkillKind::Certification
        || [AssessmentSource::Certificate, AssessmentSource::Import].contains(&source);
    by_kind
        && match question.view {
            LevelView::Effective => true,
            LevelView::SelfRating => source == AssessmentSource::SelfRating,
            LevelView::Manager => source == AssessmentSource::Manager,
        }
}

fn age(rating: &Rating, question: &Question) -> Staleness {
    Observation { observed_at: rating.observed_at, expires_at: rating.expires_at }
        .staleness(&question.policy, question.at)
}

fn speak(source: AssessmentSource, rows: &[&Rating], question: &Question) -> Option<(Level, Staleness)> {
    let mut sorted = rows.to_vec();
    sorted.sort_by_key(|r| (r.observed_at, r.recorded_at, r.assessment_id));
    let latest_living: BTreeMap<&Party, &Rating> =
        sorted.iter().filter(|r| age(r, question) != Staleness::Expired).map(|r| (&r.party, *r)).collect();
    match source {
        AssessmentSource::Peer if latest_living.len() < 2 => None,
        AssessmentSource::Peer => {
            let mut levels: Vec<Level> = latest_living.values().map(|r| r.level).collect();
            levels.sort();
            // Any used row is unexpired, so that the oldest observation alone decides its tier.
            let oldest = latest_living.values().min_by_key(|r| r.observed_at)?;
            Some((levels[(levels.len() - 1) / 2], age(oldest, question)))
        }
        AssessmentSource::Certificate => {
            let best = latest_living
                .values()
                .max_by_key(|r| (r.level, r.observed_at, r.recorded_at, r.assessment_id))?;
            Some((best.level, age(best, question)))
        }
        _ => {
            let last = sorted.last()?;
            (age(last, question) != Staleness::Expired).then(|| (last.level, age(last, question)))
        }
    }
}

fn order(source: AssessmentSource, age: Staleness) -> (usize, bool, usize) {
    use AssessmentSource::{Certificate, Import, Interview, Manager, Peer, SelfRating};
    let third = [Manager, Peer, Interview, Certificate].iter().position(|s| *s == source);
    let group = match source {
        Import => 1,
        SelfRating => 2,
        _ => 0,
    };
    (group, age == Staleness::Stale, third.unwrap_or_default())
}
