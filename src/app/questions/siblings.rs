//! Questions that ask the same as another one, or nearly: told when it is submitted, and when it is approved by
//! somebody who may see more. Never says what is done about them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    app::{Failure, Refusal, RefusalCode, Write, questions::Entry},
    domain::{
        ids::QuestionId,
        questions::similarity::{Fingerprint, content_hash},
    },
    store::StoreError,
};

/// The most siblings that a refusal names.
const MOST_NAMED: usize = 5;

/// What is held against near duplicates.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Likeness {
    /// From which resemblance on two questions are near duplicates, 0 to 1; a setting.
    pub threshold: f64,
    /// Whether it goes on although others resemble it.
    pub despite_siblings: bool,
}

/// Another entry that asks nearly the same.
struct Sibling {
    key: String,
    resemblance: f64,
    exact: bool,
}

impl Sibling {
    fn refusal(&self) -> Refusal {
        let how = if self.exact { "It is the same question as" } else { "It asks nearly the same as" };
        let message = format!(
            "{how} `{}` (resemblance {:.2}). Relate the two, or go on with `despiteSiblings`.",
            self.key, self.resemblance
        );
        Refusal::new(RefusalCode::Duplicate, "questionId", message)
    }
}

/// Refuses the latest version with the names of its siblings, unless it goes on despite them.
pub(super) async fn refuse(write: &Write, entry: &Entry, likeness: Likeness) -> Result<(), Failure> {
    if likeness.despite_siblings {
        return Ok(());
    }
    let siblings = siblings(write, entry, likeness.threshold).await?;
    if siblings.is_empty() {
        return Ok(());
    }
    Err(siblings.iter().take(MOST_NAMED).map(Sibling::refusal).collect::<Vec<_>>().into())
}

/// Those of which the viewer sees the words that are alike and that are not known to be related, each once and
/// the most alike first.
async fn siblings(write: &Write, entry: &Entry, threshold: f64) -> Result<Vec<Sibling>, StoreError> {
    let stem = &entry.latest()?.body.stem;
    let (own, hash) = (Fingerprint::of(stem), content_hash(stem));
    let id = entry.question.id;
    let related = write.tx.relations_of_questions(&[id]).await?.remove(&id).unwrap_or_default();
    let mut found: BTreeMap<QuestionId, Sibling> = BTreeMap::new();
    for other in write.tx.resembling(&write.scope, &own, id).await? {
        let resemblance = own.resemblance(&Fingerprint::of(&other.stem));
        let known = related.iter().any(|one| [one.from_id, one.to_id].contains(&other.question_id));
        if known || resemblance < threshold {
            continue;
        }
        let exact = content_hash(&other.stem) == hash;
        let told = found.get(&other.question_id).map(|one| (one.exact, one.resemblance));
        if told.is_none_or(|told| told < (exact, resemblance)) {
            found.insert(other.question_id, Sibling { key: other.key, resemblance, exact });
        }
    }
    let mut siblings: Vec<Sibling> = found.into_values().collect();
    siblings.sort_by(|one, next| {
        next.exact
            .cmp(&one.exact)
            .then(next.resemblance.total_cmp(&one.resemblance))
            .then(one.key.cmp(&next.key))
    });
    Ok(siblings)
}
