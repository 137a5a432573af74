//! `saveRoleProfileDraft`: the next version of a role profile is written, whole. What is published stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, RefusalCode, Write, Written,
        command::{self, seen},
        ids,
        profiles::{judge, lock, refuse_breaches, root_of, visible},
    },
    domain::{
        ids::{RoleProfileId, RoleProfileVersionId, SkillId},
        policy::actions::Action,
        profiles::{
            RoleProfileContent, RoleProfileVersion, RoleProfileVersionStatus, SalaryBenchmark, rules,
        },
        revisions::Revision,
        skills::SkillStatus,
    },
    store::{Store, StoreError},
};

/// What the next version is to say.
#[derive(Debug, Clone, Serialize)]
pub struct SaveRoleProfileDraft {
    /// The profile.
    pub role_profile_id: Uuid,
    /// What the role is, Markdown.
    pub summary: String,
    /// Everything it holds; without salary figures where those of the version it replaces stay.
    pub content: RoleProfileContent,
    /// Whether the salary figures of the version it replaces stay: who writes may not know them.
    pub keeps_salaries: bool,
    /// The revision of the profile that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Where in the input what is written stands.
const WITHIN: &str = "content";
const REQUIREMENTS: &str = "content.requirements";

/// Writes the draft of a role profile anew, or begins one. The payload shows the profile's id and the draft's.
///
/// # Errors
/// NOT_FOUND of the profile or a skill; FORBIDDEN, also to take away salary figures unseen; ILLEGAL_STATE when it
/// is archived; INVALID values; CONFLICT.
pub async fn save_role_profile_draft(
    store: &Store,
    command: Command,
    input: SaveRoleProfileDraft,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::SaveRoleProfileDraft;
    command::run(store, command, ACTION.as_str(), input, |write, mut input| async move {
        let id = RoleProfileId::from_uuid(input.role_profile_id);
        let raised = lock(&write, id).await?;
        let profile = visible(&write, id).await?;
        let skills = skills(&write, &input.content).await?;
        judge(&write, id, ACTION).await?;
        refuse_to_empty_unseen(&write, &input)?;
        let mut checks = Checks::default();
        refuse_breaches(&mut checks, Some(WITHIN), rules::of_content(&input.summary, &input.content));
        for (field, skill) in named(&input.content) {
            let proposed = skills.get(&skill) == Some(&SkillStatus::Proposed);
            checks.hold(&field, !proposed, "must not be a skill that is only proposed");
            let retired = skills.get(&skill) == Some(&SkillStatus::Deprecated);
            let required = field.starts_with(REQUIREMENTS);
            checks.hold(&field, !(required && retired), "must not require a skill that is deprecated");
        }
        checks.done()?;
        seen(&raised, root_of(id), input.expected_revision)?;
        let draft = write.tx.draft_of(id).await?;
        if input.keeps_salaries {
            let replaced = draft.or(profile.published_version_id);
            input.content.salary_benchmarks = salaries_of(&write, replaced).await?;
        }
        let draft = store_draft(&write, id, draft, &input).await?;
        write.audit(root_of(id)).await?;
        Ok((write, Written { ids: vec![input.role_profile_id, draft.uuid()] }))
    })
    .await
}

/// Who may not read salary figures cannot mean to take away those that are there.
fn refuse_to_empty_unseen(write: &Write, input: &SaveRoleProfileDraft) -> Result<(), Refusal> {
    let empties = !input.keeps_salaries && input.content.salary_benchmarks.is_empty();
    if !empties || write.scope.actor().sees_salaries() {
        return Ok(());
    }
    let field = format!("{WITHIN}.salaryBenchmarks");
    let rule = "Only who may read salary figures can empty this list. Leave it out to keep what there is.";
    Err(Refusal::new(RefusalCode::Forbidden, &field, rule))
}

async fn salaries_of(
    write: &Write,
    version: Option<RoleProfileVersionId>,
) -> Result<Vec<SalaryBenchmark>, StoreError> {
    let Some(version) = version else { return Ok(Vec::new()) };
    let content = write.tx.role_profile_contents(&[version]).await?.remove(&version);
    Ok(content.unwrap_or_default().salary_benchmarks)
}

/// The skills that the content names, each with its place.
fn named(content: &RoleProfileContent) -> Vec<(String, SkillId)> {
    let requirements = content.requirements.iter().enumerate();
    let requirements = requirements.map(|(at, item)| (format!("{REQUIREMENTS}.{at}.skillId"), item.skill_id));
    let practices = content.practices.iter().enumerate();
    let practices =
        practices.filter_map(|(at, item)| Some((format!("{WITHIN}.practices.{at}.skillId"), item.skill_id?)));
    let challenges = content.challenges.iter().enumerate().flat_map(|(at, item)| {
        let skills = item.skill_ids.iter().enumerate();
        skills.map(move |(place, skill)| (format!("{WITHIN}.challenges.{at}.skillIds.{place}"), *skill))
    });
    requirements.chain(practices).chain(challenges).collect()
}

/// Where each named skill stands; NOT_FOUND for those that the viewer does not see.
async fn skills(
    write: &Write,
    content: &RoleProfileContent,
) -> Result<BTreeMap<SkillId, SkillStatus>, Failure> {
    let named = named(content);
    let ids: BTreeSet<SkillId> = named.iter().map(|(_, skill)| *skill).collect();
    let seen = write.tx.skills_by_id(&write.scope, &ids.into_iter().collect::<Vec<_>>()).await?;
    let seen: BTreeMap<SkillId, SkillStatus> =
        seen.into_iter().map(|skill| (skill.id, skill.status)).collect();
    let unseen = named.iter().filter(|(_, skill)| !seen.contains_key(skill));
    let refusals: Vec<Refusal> = unseen.map(|(field, _)| Refusal::not_found(field)).collect();
    if refusals.is_empty() { Ok(seen) } else { Err(refusals.into()) }
}

async fn store_draft(
    write: &Write,
    profile: RoleProfileId,
    draft: Option<RoleProfileVersionId>,
    input: &SaveRoleProfileDraft,
) -> Result<RoleProfileVersionId, StoreError> {
    let now = write.now();
    let mut fresh = || ids::fresh_uuid(now);
    let summary = input.summary.trim_end();
    if let Some(draft) = draft {
        write.tx.rewrite_draft(draft, summary, &input.content, &mut fresh).await?;
        return Ok(draft);
    }
    let version = RoleProfileVersion {
        id: ids::fresh(now),
        role_profile_id: profile,
        number: write.tx.newest_version_number(profile).await? + 1,
        summary: summary.to_owned(),
        status: RoleProfileVersionStatus::Draft,
        published_at: None,
        retired_at: None,
    };
    write.tx.insert_role_profile_version(&version, &input.content, &mut fresh).await?;
    Ok(version.id)
}
