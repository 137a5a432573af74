//! `createSkillCategory` and `moveSkillCategory`: the tree in which skills stand.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, RefusalCode, Write, Written, command, ids,
        skills::{category_for, hold_catalogue, taken},
    },
    domain::{
        ids::SkillCategoryId,
        policy::actions::{Action, Target},
        revisions::{Aggregate, Revision, Root},
        skills::SkillCategory,
        text,
        values::{self, Rule},
    },
    store::{Store, StoreError},
};

/// The last position among siblings.
const LAST: i32 = 9_999;

/// A category to create.
#[derive(Debug, Clone, Serialize)]
pub struct CreateSkillCategory {
    /// 1–200 characters.
    pub name: String,
    /// Unique; made from the name when absent.
    pub slug: Option<String>,
    /// The category above; at the top when absent.
    pub parent_id: Option<Uuid>,
    /// 0–9,999, lowest first among its siblings; after all of them when absent.
    pub position: Option<i32>,
}

/// Where a category goes.
#[derive(Debug, Clone, Serialize)]
pub struct MoveSkillCategory {
    /// The category.
    pub category_id: Uuid,
    /// The category above from now on; at the top when absent.
    pub parent_id: Option<Uuid>,
    /// 0–9,999; when absent as it was among the same siblings, and after all of others.
    pub position: Option<i32>,
    /// The revision the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Creates a category. The payload shows its id.
///
/// # Errors
/// FORBIDDEN; INVALID name, slug or position; TAKEN slug; NOT_FOUND parent.
pub async fn create_skill_category(
    store: &Store,
    command: Command,
    input: CreateSkillCategory,
) -> Result<Written, Failure> {
    command::run(store, command, Action::CreateSkillCategory.as_str(), input, |write, input| async move {
        if !write.scope.actor().may(Action::CreateSkillCategory, &Target::Organisation) {
            return Err(Refusal::forbidden("").into());
        }
        hold_catalogue(&write).await?;
        let category = checked(&write, &input).await?;
        write.tx.insert_skill_categories(std::slice::from_ref(&category)).await.map_err(taken)?;
        write.audit(Root::of(Aggregate::SkillCategory, category.id)).await?;
        Ok((write, Written { ids: vec![category.id.uuid()] }))
    })
    .await
}

/// Moves a category with everything below it. The payload shows its id.
///
/// # Errors
/// NOT_FOUND category or parent; FORBIDDEN; INVALID position; CYCLE; CONFLICT.
pub async fn move_skill_category(
    store: &Store,
    command: Command,
    input: MoveSkillCategory,
) -> Result<Written, Failure> {
    command::run(store, command, Action::MoveSkillCategory.as_str(), input, |write, input| async move {
        let id = SkillCategoryId::from_uuid(input.category_id);
        category_for(&write, id, "categoryId").await?;
        if !write.scope.actor().permits(Action::MoveSkillCategory, &Target::SkillCategory) {
            return Err(Refusal::forbidden("categoryId").into());
        }
        hold_catalogue(&write).await?;
        let moved = moved(&write, category_for(&write, id, "categoryId").await?, &input).await?;
        let root = Root::of(Aggregate::SkillCategory, id);
        write.raise(root, [], input.expected_revision).await?;
        write.tx.update_skill_category(&moved).await?;
        write.audit(root).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

async fn checked(write: &Write, input: &CreateSkillCategory) -> Result<SkillCategory, Failure> {
    let mut checks = Checks::default();
    let slug = input.slug.clone().unwrap_or_else(|| text::slug_of(&input.name));
    let name = checks.keep("name", values::name(&input.name)).unwrap_or_default();
    let slug = checks.keep("slug", values::slug(&slug)).unwrap_or_default();
    let position = checks.keep_some("position", input.position, place);
    checks.done()?;
    let parent_id = above(write, input.parent_id).await?;
    let position = match position {
        Some(position) => position,
        None => behind(write, parent_id).await?,
    };
    Ok(SkillCategory { id: ids::fresh(write.now()), name, slug, parent_id, position, revision: 1 })
}

/// The category in its new place.
async fn moved(
    write: &Write,
    category: SkillCategory,
    input: &MoveSkillCategory,
) -> Result<SkillCategory, Failure> {
    let mut checks = Checks::default();
    let position = checks.keep_some("position", input.position, place);
    checks.done()?;
    let parent_id = above(write, input.parent_id).await?;
    if let Some(parent) = parent_id
        && write.tx.is_in_category(category.id, parent).await?
    {
        let rule = "A category cannot be below itself or a category below it.";
        return Err(Refusal::new(RefusalCode::Cycle, "parentId", rule).into());
    }
    let position = match position {
        Some(position) => position,
        None if parent_id == category.parent_id => category.position,
        None => behind(write, parent_id).await?,
    };
    Ok(SkillCategory { parent_id, position, ..category })
}

async fn above(write: &Write, parent: Option<Uuid>) -> Result<Option<SkillCategoryId>, Failure> {
    let Some(parent) = parent else { return Ok(None) };
    Ok(Some(category_for(write, SkillCategoryId::from_uuid(parent), "parentId").await?.id))
}

fn place(position: i32) -> Result<i32, Rule> {
    if (0..=LAST).contains(&position) { Ok(position) } else { Err("must be 0 to 9999") }
}

/// The place after all siblings; the last one is shared, and then the name decides.
async fn behind(write: &Write, parent: Option<SkillCategoryId>) -> Result<i32, StoreError> {
    let last = write.tx.last_category_position(parent).await?;
    Ok(last.map_or(0, |last| last.saturating_add(1).min(LAST)))
}
