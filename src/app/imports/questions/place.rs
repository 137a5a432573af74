//! What becomes of one question file: a new entry, a draft of its next version, or nothing. Never touches
//! what was approved, nor a draft that somebody else is writing.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{
        Write, ids,
        imports::questions::{
            Changed, at_line,
            known::{Contents, Known},
        },
    },
    domain::{
        ids::{PersonId, QuestionVersionId, SkillId},
        questions::{
            Question, QuestionVersion, QuestionVersionStatus,
            content::{QuestionContent, brought_together},
        },
        revisions::{Aggregate, Root},
    },
    interchange::{
        questions::QuestionRow,
        sheet::{Placed, Remark},
    },
    store::{StoreError, WrittenVersion},
};

/// What is new in a version that came from a file.
const NOTE: &str = "Imported from a file.";

/// What a file is held against.
pub(super) struct Board<'a> {
    pub(super) author: PersonId,
    pub(super) skills: &'a BTreeMap<String, SkillId>,
    pub(super) known: &'a mut Known,
    pub(super) contents: Contents,
    pub(super) write: &'a Write,
}

/// What becomes of a file.
pub(super) enum Placing {
    /// A new entry with its first draft.
    New(Box<(Question, WrittenVersion)>),
    /// What the entry says from now on.
    Other(Box<Correction>),
    /// All of it was there.
    Same,
    /// It breaks a rule.
    Refused(Vec<Remark>),
}

/// What a file says otherwise than the bank.
pub(super) struct Correction {
    /// The entry, with the version that is its latest from now on.
    question: Question,
    described: bool,
    draft: Option<Draft>,
}

enum Draft {
    Begun(WrittenVersion),
    Rewritten(WrittenVersion),
}

impl Board<'_> {
    pub(super) fn place(&mut self, placed: &Placed<QuestionRow>) -> Placing {
        let row = match &placed.row {
            Ok(row) => row,
            Err(broken) => return Placing::Refused(broken.clone()),
        };
        // Every slug was held against the skills there are.
        let nowhere = SkillId::from_uuid(uuid::Uuid::nil());
        let content = row.content().map_skills(|slug| self.skills.get(&slug).copied().unwrap_or(nowhere));
        let there = self.known.entries.get(row.key.as_str()).cloned();
        let merged = merged(row, &content);
        match there {
            Some(question) if merged.is_empty() || self.says(&question, &content) => {
                self.correct(row, question, content)
            }
            None if merged.is_empty() => self.begin(row, content),
            _ => Placing::Refused(merged),
        }
    }

    /// Whether the latest version says this, read as of today: two skills that a merge brought together are
    /// one on either side.
    fn says(&self, question: &Question, content: &QuestionContent) -> bool {
        let mut content = content.clone();
        content.skills = brought_together(content.skills);
        self.contents.get(&question.id).is_some_and(|(_, held)| *held == content)
    }

    fn begin(&mut self, row: &QuestionRow, content: QuestionContent) -> Placing {
        let now = self.write.now();
        let version_id: QuestionVersionId = ids::fresh(now);
        let question = Question {
            id: ids::fresh(now),
            key: row.key.value.clone(),
            category: row.category.value.clone(),
            tags: tags(row),
            owner_id: None,
            licence: row.licence.clone(),
            source_url: row.source_url.clone(),
            created_at: now,
            latest_version_id: version_id,
            approved_version_id: None,
            asked_count: 0,
            last_used_at: None,
            revision: 1,
        };
        let written = self.draft(&question, version_id, 1, content);
        self.known.entries.insert(question.key.clone(), question.clone());
        Placing::New(Box::new((question, written)))
    }

    fn correct(&self, row: &QuestionRow, before: Question, content: QuestionContent) -> Placing {
        let mut question = before.clone();
        question.category.clone_from(&row.category.value);
        question.tags = tags(row);
        question.licence.clone_from(&row.licence);
        question.source_url.clone_from(&row.source_url);
        let described = question != before;
        let Some((latest, _)) = self.contents.get(&before.id) else { return Placing::Same };
        let same = self.says(&before, &content);
        if same && !described {
            return Placing::Same;
        }
        if let Some(rule) = self.reserved(latest) {
            return Placing::Refused(vec![Remark::new("key", rule)]);
        }
        let draft = (!same).then(|| self.next(&question, latest, content));
        if let Some(Draft::Begun(written)) = &draft {
            question.latest_version_id = written.version.id;
        }
        Placing::Other(Box::new(Correction { question, described, draft }))
    }

    /// Why no file changes anything of a question now, its entry included: somebody is at work on it.
    fn reserved(&self, latest: &QuestionVersion) -> Option<&'static str> {
        match latest.status {
            QuestionVersionStatus::InReview => Some("is in review: its reviewer decides first"),
            QuestionVersionStatus::Draft if latest.author_id != Some(self.author) => {
                Some("has a draft that somebody else is writing")
            }
            _ => None,
        }
    }

    /// The draft that holds the content: the one that is being written, or one of the next version.
    fn next(&self, question: &Question, latest: &QuestionVersion, content: QuestionContent) -> Draft {
        if latest.status == QuestionVersionStatus::Draft {
            let mut written = self.draft(question, latest.id, latest.number, content);
            written.version.created_at = latest.created_at;
            return Draft::Rewritten(written);
        }
        let id = ids::fresh(self.write.now());
        Draft::Begun(self.draft(question, id, latest.number + 1, content))
    }

    fn draft(
        &self,
        question: &Question,
        id: QuestionVersionId,
        number: i32,
        content: QuestionContent,
    ) -> WrittenVersion {
        let version = QuestionVersion {
            id,
            question_id: question.id,
            number,
            status: QuestionVersionStatus::Draft,
            author_id: Some(self.author),
            change_note: NOTE.to_owned(),
            body: content.body.clone(),
            created_at: self.write.now(),
            approved_at: None,
            retired_at: None,
        };
        WrittenVersion { version, content }
    }
}

/// The skills of a file that a merge has made one with a skill before them.
fn merged(row: &QuestionRow, content: &QuestionContent) -> Vec<Remark> {
    let mut before: BTreeMap<SkillId, &str> = BTreeMap::new();
    let twice = row.skills.iter().zip(&content.skills).filter_map(|(named, shown)| {
        let slug = &named.skill;
        let first = before.get(&shown.skill).copied();
        before.entry(shown.skill).or_insert(slug.as_str());
        let rule = format!("`{}` is the same skill as `{}` since a merge: name it once", slug.value, first?);
        Some(at_line("skill", &rule, slug.line()))
    });
    twice.collect()
}

fn tags(row: &QuestionRow) -> Vec<String> {
    let tags: BTreeSet<String> = row.tags.iter().map(|tag| tag.value.clone()).collect();
    tags.into_iter().collect()
}

impl Placing {
    /// Writes it, and notes whose revision moves.
    pub(super) async fn write(self, write: &Write, changed: &mut Changed) -> Result<(), StoreError> {
        let now = write.now();
        let mut fresh = || ids::fresh_uuid(now);
        match self {
            Self::New(new) => {
                let (question, written) = *new;
                changed.new.insert(Root::of(Aggregate::Question, question.id));
                write.tx.insert_questions(std::slice::from_ref(&question)).await?;
                write.tx.insert_question_versions(&[written], &mut fresh).await
            }
            Self::Other(correction) => {
                let Correction { question, described, draft } = *correction;
                changed.raised.insert(Root::of(Aggregate::Question, question.id));
                if described {
                    write.tx.update_question(&question).await?;
                }
                match draft {
                    None => Ok(()),
                    Some(Draft::Rewritten(written)) => {
                        write.tx.rewrite_question_version(&written, now, &mut fresh).await
                    }
                    Some(Draft::Begun(written)) => {
                        let id = written.version.id;
                        write.tx.insert_question_versions(&[written], &mut fresh).await?;
                        write.tx.set_latest_version(question.id, id).await
                    }
                }
            }
            Self::Same | Self::Refused(_) => Ok(()),
        }
    }
}
