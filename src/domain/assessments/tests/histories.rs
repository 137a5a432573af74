//! Histories of one (person, canonical skill), drawn as the events that make them: ratings recorded
//! in any order of observation, for any of three merged skills, validated, refused and withdrawn.

use std::collections::BTreeMap;

use proptest::{collection::vec, prelude::*};

use crate::domain::{
    assessments::{
        AssessmentSource, AssessmentStatus,
        effective::{LevelView, Party, Question, Rating},
        projection::{HistoryRow, Slot, superseded},
        staleness::ReviewPolicy,
    },
    sampling::{day, id, levels, now},
    skills::SkillKind,
    time::Timestamp,
};

/// What becomes of a rating that was recorded.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Counted,
    LeftPending,
    Rejected,
    RevokedLater,
}

#[derive(Debug, Clone)]
struct Event {
    rating: Rating,
    skill: u128,
    fate: Fate,
}

fn fates() -> impl Strategy<Value = Fate> {
    prop_oneof![
        6 => Just(Fate::Counted),
        1 => Just(Fate::LeftPending),
        1 => Just(Fate::Rejected),
        2 => Just(Fate::RevokedLater),
    ]
}

prop_compose! {
    fn events()(
        source in prop::sample::select(AssessmentSource::ALL),
        (party, skill) in (1_u128..4, 1_u128..4),
        level in levels(),
        (observed, delay) in (0_i64..900, 0_i64..400),
        ends_after in prop::option::of(1_i64..1_500),
        fate in fates(),
    ) -> Event {
        let assessor = Some(id(party));
        let certificate = format!("certificate {party}");
        let rating = Rating {
            assessment_id: id(0),
            source,
            party: Party::of(source, assessor, Some(&certificate)),
            level,
            observed_at: day(-observed),
            recorded_at: day(-observed + delay).min(now()),
            expires_at: ends_after.map(|days| day(days - observed)),
        };
        Event { rating, skill, fate }
    }
}

/// Plays the events as the service would, one VALIDATED row per slot at a time.
fn play(mut events: Vec<Event>) -> Vec<HistoryRow> {
    events.sort_by_key(|event| event.rating.recorded_at);
    let mut rows: Vec<HistoryRow> = Vec::new();
    let mut current: BTreeMap<Slot, usize> = BTreeMap::new();
    for (n, mut event) in events.into_iter().enumerate() {
        event.rating.assessment_id = id(n as u128 + 1);
        let Event { rating, skill, fate } = event;
        let (recorded_skill_id, source, party) = (id(skill), rating.source, rating.party.clone());
        let slot = Slot { recorded_skill_id, source, party };
        let status = match fate {
            Fate::LeftPending => AssessmentStatus::Pending,
            Fate::Rejected => AssessmentStatus::Rejected,
            Fate::Counted | Fate::RevokedLater => AssessmentStatus::Validated,
        };
        rows.push(HistoryRow { rating, recorded_skill_id, status });
        if status != AssessmentStatus::Validated {
            continue;
        }
        let standing = current.get(&slot).copied();
        let past = superseded(standing.map(|i| &rows[i].rating), &rows[n].rating);
        if let Some(past) = past {
            let loser = rows.iter_mut().find(|row| row.rating.assessment_id == past).unwrap();
            loser.status = AssessmentStatus::Superseded;
        }
        if rows[n].status == AssessmentStatus::Validated {
            current.insert(slot.clone(), n);
        }
        if let Fate::RevokedLater = fate
            && let Some(standing) = current.remove(&slot)
        {
            rows[standing].status = AssessmentStatus::Revoked;
        }
    }
    rows
}

/// Up to sixteen rows of history.
pub fn histories() -> impl Strategy<Value = Vec<HistoryRow>> {
    vec(events(), 0..16).prop_map(play)
}

/// The ratings of a history that count.
pub fn counting(history: &[HistoryRow]) -> Vec<Rating> {
    history.iter().filter(|row| row.status.counts()).map(|row| row.rating.clone()).collect()
}

prop_compose! {
    /// Any question about the drawn histories.
    pub fn questions()(
        certification in prop::bool::weighted(0.2),
        review_interval_days in prop::option::of(1_i32..600),
        expires_after_days in prop::option::of(1_i32..900),
        view in prop::sample::select(LevelView::ALL),
        offset in -900_i64..1_500,
    ) -> Question {
        let kind = if certification { SkillKind::Certification } else { SkillKind::Technical };
        let policy = ReviewPolicy { review_interval_days, expires_after_days };
        Question { kind, policy, at: day(offset), view }
    }
}

/// The same question at another instant.
pub fn asked_at(question: &Question, at: Timestamp) -> Question {
    Question { at, ..*question }
}
