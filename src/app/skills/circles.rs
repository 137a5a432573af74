//! PREREQUISITE and BROADER run in no circle, also when a merge makes two skills one.

use std::collections::BTreeMap;

use crate::{
    app::{Failure, Refusal, RefusalCode, Write},
    domain::{
        ids::SkillId,
        skills::{SkillRelation, SkillRelationKind},
        trees::would_close_circle,
    },
};

/// The kinds that have an order.
pub(super) const ORDERED: [SkillRelationKind; 2] =
    [SkillRelationKind::Prerequisite, SkillRelationKind::Broader];

/// Refuses, at `field`, what this write has done so far if it closed a circle through `skill`. Ask
/// under the catalogue's lock, after writing.
pub(super) async fn refuse_circles(write: &Write, skill: SkillId, field: &str) -> Result<(), Failure> {
    let all = write.tx.relations_among_all(&ORDERED).await?;
    match ORDERED.into_iter().find(|kind| is_in_circle(&all, *kind, skill)) {
        None => Ok(()),
        Some(kind) => {
            let rule = format!("The skill would come before itself by {}.", kind.as_str());
            Err(Refusal::new(RefusalCode::Cycle, field, rule).into())
        }
    }
}

fn is_in_circle(all: &[SkillRelation], kind: SkillRelationKind, skill: SkillId) -> bool {
    let mut next: BTreeMap<SkillId, Vec<SkillId>> = BTreeMap::new();
    for relation in all.iter().filter(|relation| relation.kind == kind) {
        next.entry(relation.from_id).or_default().push(relation.to_id);
    }
    let after = |skill: SkillId| next.get(&skill).cloned().unwrap_or_default();
    after(skill).into_iter().any(|first| would_close_circle(after, skill, first))
}
