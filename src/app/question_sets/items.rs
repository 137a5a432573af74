//! What a client writes into a set: which questions, in which order, with how much time. Each is pinned to a version
//! that may be asked now.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{Checks, Failure, Refusal, RefusalCode, Write},
    domain::{
        ids::{QuestionId, QuestionVersionId},
        questions::{
            QuestionVersion, QuestionVersionStatus,
            rules::MOST_MINUTES,
            sets::{MOST_ITEMS, PinnedItem, QuestionSetItem},
        },
        values,
    },
};

/// A question, named one way.
#[derive(Debug, Clone, Serialize)]
pub enum NamedQuestion {
    /// By its id: the version that may be asked now is pinned.
    Id(Uuid),
    /// By one of its versions.
    VersionId(Uuid),
}

impl NamedQuestion {
    /// Where the `at`th item names it.
    fn path(&self, at: usize) -> String {
        let way = match self {
            Self::Id(_) => "id",
            Self::VersionId(_) => "versionId",
        };
        format!("items.{at}.question.{way}")
    }
}

/// One place of a set, as it is written.
#[derive(Debug, Clone, Serialize)]
pub struct WrittenItem {
    /// What is asked.
    pub question: NamedQuestion,
    /// 1–200 characters.
    pub section: Option<String>,
    /// 1–180; as long as the question says when absent.
    pub minutes: Option<i32>,
    /// Whether it must be asked.
    pub required: bool,
}

/// Notes what breaks a rule whatever the questions are.
pub(super) fn check(checks: &mut Checks, items: &[WrittenItem]) {
    if items.len() > MOST_ITEMS {
        checks.refuse(RefusalCode::Limit, "items", "must have at most 50 entries");
    }
    for (at, item) in items.iter().enumerate() {
        let minutes = item.minutes.is_none_or(|minutes| (1..=MOST_MINUTES).contains(&minutes));
        checks.hold(&format!("items.{at}.minutes"), minutes, "must be 1 to 180");
        checks.keep_some(&format!("items.{at}.section"), item.section.as_deref(), values::name);
    }
}

/// The items with the versions they pin, which stay as they are until the transaction ends.
pub(super) async fn pinned(write: &Write, items: &[WrittenItem]) -> Result<Vec<QuestionSetItem>, Failure> {
    let meant = meant(write, items).await?;
    let ids: BTreeSet<QuestionVersionId> = meant.iter().filter_map(Meant::version).collect();
    let versions = held(write, ids).await?;
    let (mut refusals, mut pinned, mut asked) = (Vec::new(), Vec::new(), BTreeSet::new());
    for ((at, item), meant) in items.iter().enumerate().zip(meant) {
        let path = item.question.path(at);
        let Some(version) = meant.version().and_then(|id| versions.get(&id)) else {
            refusals.push(match meant {
                Meant::NoneApproved => Refusal::new(RefusalCode::IllegalState, &path, NONE_APPROVED),
                Meant::Version(_) | Meant::Unknown => Refusal::not_found(&path),
            });
            continue;
        };
        if version.status != QuestionVersionStatus::Approved {
            let rule =
                format!("Only an approved version enters a set; this one is {}.", version.status.as_str());
            refusals.push(Refusal::new(RefusalCode::IllegalState, &path, rule));
        } else if !asked.insert(version.question_id) {
            let rule = "The question was named before.";
            refusals.push(Refusal::new(RefusalCode::Invalid, &path, rule));
        }
        pinned.push(QuestionSetItem {
            position: place(at),
            section: item.section.as_deref().and_then(|section| values::name(section).ok()),
            question_version_id: version.id,
            minutes: item.minutes.unwrap_or(version.body.expected_minutes),
            required: item.required,
        });
    }
    if refusals.is_empty() { Ok(pinned) } else { Err(refusals.into()) }
}

/// What an item names.
enum Meant {
    Version(QuestionVersionId),
    /// A question that the viewer sees, of which there is nothing to ask.
    NoneApproved,
    /// Nothing that the viewer sees.
    Unknown,
}

const NONE_APPROVED: &str = "Only an approved version enters a set; no version of the question is.";

impl Meant {
    const fn version(&self) -> Option<QuestionVersionId> {
        match self {
            Self::Version(id) => Some(*id),
            Self::NoneApproved | Self::Unknown => None,
        }
    }
}

async fn meant(write: &Write, items: &[WrittenItem]) -> Result<Vec<Meant>, Failure> {
    let named = items.iter().filter_map(|item| match item.question {
        NamedQuestion::Id(id) => Some(QuestionId::from_uuid(id)),
        NamedQuestion::VersionId(_) => None,
    });
    let named: Vec<QuestionId> = named.collect();
    let found = write.tx.questions_by_id(&write.scope, &named).await?;
    let asked: BTreeMap<QuestionId, Option<QuestionVersionId>> =
        found.into_iter().map(|question| (question.id, question.approved_version_id)).collect();
    let meant = items.iter().map(|item| match item.question {
        NamedQuestion::Id(id) => match asked.get(&QuestionId::from_uuid(id)) {
            Some(Some(version)) => Meant::Version(*version),
            Some(None) => Meant::NoneApproved,
            None => Meant::Unknown,
        },
        NamedQuestion::VersionId(id) => Meant::Version(QuestionVersionId::from_uuid(id)),
    });
    Ok(meant.collect())
}

/// The versions that the viewer sees, held as they are.
async fn held(
    write: &Write,
    ids: BTreeSet<QuestionVersionId>,
) -> Result<BTreeMap<QuestionVersionId, QuestionVersion>, Failure> {
    let ids: Vec<QuestionVersionId> = ids.into_iter().collect();
    write.tx.hold_question_versions(&ids).await?;
    let versions = write.tx.question_versions_by_id(&write.scope, &ids).await?;
    Ok(versions.into_iter().map(|version| (version.id, version)).collect())
}

/// What another set holds, to begin with: of each question the version that may be asked now. What may not be asked
/// any more is left out.
pub(super) async fn copied(write: &Write, items: &[PinnedItem]) -> Result<Vec<QuestionSetItem>, Failure> {
    let ids: Vec<QuestionId> = items.iter().map(|pinned| pinned.question_id).collect();
    let questions = write.tx.questions_by_id(&write.scope, &ids).await?;
    let asked: BTreeMap<QuestionId, QuestionVersionId> = questions
        .into_iter()
        .filter_map(|question| Some((question.id, question.approved_version_id?)))
        .collect();
    let versions = held(write, asked.values().copied().collect()).await?;
    let kept = items.iter().filter_map(|pinned| {
        let version = versions.get(asked.get(&pinned.question_id)?)?;
        let approved = version.status == QuestionVersionStatus::Approved;
        approved.then(|| QuestionSetItem { question_version_id: version.id, ..pinned.item.clone() })
    });
    Ok(kept.enumerate().map(|(at, item)| QuestionSetItem { position: place(at), ..item }).collect())
}

/// There are few items: the index always fits.
fn place(at: usize) -> i32 {
    i32::try_from(at).unwrap_or(i32::MAX)
}
