//! What the bank holds of the questions that files name: entries by key, contents of their latest versions,
//! and what they are to each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    app::{
        Write,
        imports::{ImportError, Run, questions::Changed},
    },
    domain::{
        ids::{QuestionId, QuestionVersionId},
        questions::{
            MOST_RELATIONS, Question, QuestionRelation, QuestionVersion,
            content::{QuestionContent, Rubric},
        },
        revisions::{Aggregate, Root},
    },
    interchange::{
        questions::QuestionRow,
        sheet::{Placed, Remark},
    },
    store::StoreError,
};

/// The latest version of each entry with what it holds.
pub(super) type Contents = HashMap<QuestionId, (QuestionVersion, QuestionContent)>;

/// Entries by key: those of the bank that the files name, and those that the run adds.
pub(super) struct Known {
    pub(super) entries: BTreeMap<String, Question>,
}

impl Known {
    pub(super) async fn read(write: &Write, rows: &[Placed<QuestionRow>]) -> Result<Self, StoreError> {
        let named = rows.iter().filter_map(|placed| placed.row.as_ref().ok()).flat_map(|row| {
            let others = row.relations.iter().map(|relation| relation.question.value.clone());
            others.chain([row.key.value.clone()])
        });
        let keys: Vec<String> = named.collect::<BTreeSet<_>>().into_iter().collect();
        let mut entries = BTreeMap::new();
        for some in keys.chunks(super::BATCH) {
            let found = write.tx.questions_with_keys(&write.scope, some).await?;
            entries.extend(found.into_iter().map(|question| (question.key.clone(), question)));
        }
        Ok(Self { entries })
    }

    /// The latest versions of the entries that these rows name, with what they hold.
    pub(super) async fn contents(
        &self,
        write: &Write,
        rows: &[Placed<QuestionRow>],
    ) -> Result<Contents, StoreError> {
        let of = |placed: &Placed<QuestionRow>| {
            let row = placed.row.as_ref().ok()?;
            self.entries.get(row.key.as_str()).map(|question| question.latest_version_id)
        };
        let ids: Vec<QuestionVersionId> = rows.iter().filter_map(of).collect();
        let versions = write.tx.question_versions_by_id(&write.scope, &ids).await?;
        let mut skills = write.tx.skills_of_question_versions(&ids).await?;
        let mut criteria = write.tx.criteria_of(&ids).await?;
        let mut rationales = write.tx.weight_rationales_of(&ids).await?;
        let whole = versions.into_iter().map(|version| {
            let rubric = Rubric {
                criteria: criteria.remove(&version.id).unwrap_or_default(),
                weight_rationale: rationales.remove(&version.id),
            };
            let skills = skills.remove(&version.id).unwrap_or_default();
            let content = QuestionContent { body: version.body.clone(), skills, rubric };
            (version.question_id, (version, content))
        });
        Ok(whole.collect())
    }

    /// Adds what rows that were taken say their questions are to others, and is not known yet.
    pub(super) async fn relate(
        &self,
        run: &mut Run,
        taken: &[&Placed<QuestionRow>],
        changed: &mut Changed,
    ) -> Result<(), ImportError> {
        let ids: Vec<QuestionId> = self.entries.values().map(|question| question.id).collect();
        let mut there = BTreeSet::new();
        for some in ids.chunks(super::BATCH) {
            there.extend(run.write.tx.relations_of_questions(some).await?.into_values().flatten());
        }
        let mut related = Related::new(there);
        for placed in taken {
            let Ok(row) = &placed.row else { continue };
            let Some(question) = self.entries.get(row.key.as_str()) else { continue };
            for relation in &row.relations {
                let other =
                    self.entries.get(relation.question.as_str()).filter(|other| other.id != question.id);
                let added = other.map_or(Err("is no other question"), |other| {
                    related.add(QuestionRelation::of(question.id, relation.kind, other.id))
                });
                if let Err(why) = added {
                    let rule = format!("`{}` {why}: left out", relation.question.value);
                    let line = relation.question.line();
                    run.tally.part_at(placed, line, vec![Remark::new("relations", rule)]);
                }
            }
        }
        let missing = related.added;
        run.write.tx.insert_question_relations(&missing).await?;
        run.tally.count("relations added", missing.len() as u64);
        for relation in missing {
            let ends = [relation.from_id, relation.to_id];
            changed.raised.extend(ends.map(|end| Root::of(Aggregate::Question, end)));
        }
        Ok(())
    }
}

/// What entries are to each other, and what a run adds to it.
struct Related {
    all: BTreeSet<QuestionRelation>,
    counts: BTreeMap<QuestionId, usize>,
    added: Vec<QuestionRelation>,
}

impl Related {
    fn new(all: BTreeSet<QuestionRelation>) -> Self {
        let mut counts = BTreeMap::new();
        for end in all.iter().flat_map(|relation| [relation.from_id, relation.to_id]) {
            *counts.entry(end).or_default() += 1;
        }
        Self { all, counts, added: Vec::new() }
    }

    /// Adds a relation unless it is there, or says why it cannot be.
    fn add(&mut self, relation: QuestionRelation) -> Result<(), &'static str> {
        if self.all.contains(&relation) {
            return Ok(());
        }
        if relation.reversed().is_some_and(|reversed| self.all.contains(&reversed)) {
            return Err("is the question that this one follows");
        }
        let ends = [relation.from_id, relation.to_id];
        if ends.iter().any(|end| self.counts.get(end).is_some_and(|count| *count >= MOST_RELATIONS)) {
            return Err("would be one relation too many, of 100 at most");
        }
        for end in ends {
            *self.counts.entry(end).or_default() += 1;
        }
        self.all.insert(relation);
        self.added.push(relation);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{questions::QuestionRelationKind, sampling::id};

    #[test]
    fn what_is_one_relation_too_many_or_against_another_is_left_out() {
        let of = |from: u128, kind, to: u128| QuestionRelation::of(id(from), kind, id(to));
        let (follow, enemy) = (QuestionRelationKind::FollowUp, QuestionRelationKind::Enemy);
        let mut related = Related::new(BTreeSet::from([of(1, follow, 2)]));
        assert_eq!(related.add(of(1, follow, 2)), Ok(()), "it is there");
        assert_eq!(related.add(of(2, follow, 1)), Err("is the question that this one follows"));
        assert!(related.added.is_empty());
        for other in 3..102 {
            assert_eq!(related.add(of(1, enemy, other)), Ok(()), "{other}");
        }
        let rule = Err("would be one relation too many, of 100 at most");
        assert_eq!((related.add(of(1, enemy, 500)), related.add(of(500, follow, 1))), (rule, rule));
        assert_eq!((related.add(of(500, enemy, 501)), related.added.len()), (Ok(()), 100));
    }
}
