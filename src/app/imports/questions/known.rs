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
            Question, QuestionRelation, QuestionVersion,
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

    /// Adds what the rows say their questions are to others, and is not known yet.
    pub(super) async fn relate(
        &self,
        run: &mut Run,
        rows: &[Placed<QuestionRow>],
        changed: &mut Changed,
    ) -> Result<(), ImportError> {
        let ids: Vec<QuestionId> = self.entries.values().map(|question| question.id).collect();
        let mut there = BTreeSet::new();
        for some in ids.chunks(super::BATCH) {
            there.extend(run.write.tx.relations_of_questions(some).await?.into_values().flatten());
        }
        let mut missing = BTreeSet::new();
        for placed in rows {
            let Ok(row) = &placed.row else { continue };
            let Some(question) = self.entries.get(row.key.as_str()) else { continue };
            for relation in &row.relations {
                match self.entries.get(relation.question.as_str()) {
                    Some(other) if other.id != question.id => {
                        missing.insert(QuestionRelation::of(question.id, relation.kind, other.id));
                    }
                    _ => {
                        let rule = format!("`{}` is no other question: left out", relation.question.value);
                        run.tally.part(placed, vec![Remark::new("relations", rule)]);
                    }
                }
            }
        }
        let missing: Vec<QuestionRelation> = missing.difference(&there).copied().collect();
        run.write.tx.insert_question_relations(&missing).await?;
        run.tally.count("relations added", missing.len() as u64);
        for relation in missing {
            let ends = [relation.from_id, relation.to_id];
            changed.raised.extend(ends.map(|end| Root::of(Aggregate::Question, end)));
        }
        Ok(())
    }
}
