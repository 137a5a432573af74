//! Which relations of a skill go and which come.
//!
//! Compared by what they lead to today: a relation that was recorded to a skill merged since is the same
//! relation, and stays recorded as it was.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{
        Failure, Refusal, RefusalCode, Write,
        skills::{circles::ORDERED, update::Relation},
    },
    domain::{
        ids::SkillId,
        skills::{SkillRelation, SkillRelationKind},
    },
};

/// The most relations a skill is given.
const MOST: usize = 100;

/// What changes among the relations recorded of a skill.
pub(super) struct RelationChanges {
    /// Taken away, as recorded.
    pub gone: Vec<SkillRelation>,
    /// New.
    pub come: Vec<SkillRelation>,
}

/// The changes that make `wanted` the relations of `skill`. Those to skills the viewer does not see
/// stay: nobody takes away what they cannot name.
pub(super) async fn changes(
    write: &Write,
    skill: SkillId,
    wanted: &[Relation],
) -> Result<RelationChanges, Failure> {
    let wanted = resolved(write, skill, wanted).await?;
    let recorded = write.tx.recorded_relations(&write.scope, skill).await?;
    let gone = recorded.iter().filter(|now| !wanted.contains(&(now.leads_to, now.recorded.kind)));
    let gone = gone.map(|now| now.recorded).collect();
    let there: BTreeSet<_> = recorded.iter().map(|now| (now.leads_to, now.recorded.kind)).collect();
    let come = wanted.difference(&there);
    let come = come.map(|(to_id, kind)| SkillRelation { from_id: skill, to_id: *to_id, kind: *kind });
    Ok(RelationChanges { gone, come: come.collect() })
}

/// The far ends as they read today, or every one that is not there or is the skill itself.
async fn resolved(
    write: &Write,
    skill: SkillId,
    wanted: &[Relation],
) -> Result<BTreeSet<(SkillId, SkillRelationKind)>, Failure> {
    if wanted.len() > MOST {
        return Err(Refusal::new(RefusalCode::Limit, "relations", "relations must be at most 100.").into());
    }
    let ids: Vec<SkillId> = wanted.iter().map(|relation| SkillId::from_uuid(relation.skill_id)).collect();
    let seen = write.tx.skills_by_id(&write.scope, &ids).await?;
    let reads_as: BTreeMap<SkillId, SkillId> =
        seen.into_iter().map(|other| (other.id, other.merged_into.unwrap_or(other.id))).collect();
    let mut refused = Vec::new();
    let mut resolved = BTreeSet::new();
    for (n, (relation, id)) in wanted.iter().zip(ids).enumerate() {
        match reads_as.get(&id) {
            None => refused.push(Refusal::not_found("skillId").at("relations", n)),
            Some(other) if *other == skill => refused.push(to_itself(relation.kind).at("relations", n)),
            Some(other) => drop(resolved.insert((*other, relation.kind))),
        }
    }
    if refused.is_empty() { Ok(resolved) } else { Err(refused.into()) }
}

fn to_itself(kind: SkillRelationKind) -> Refusal {
    let code = if ORDERED.contains(&kind) { RefusalCode::Cycle } else { RefusalCode::Invalid };
    Refusal::new(code, "skillId", "A skill does not relate to itself.")
}
