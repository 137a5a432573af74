//! Writes the demo's world into an empty database, in one transaction. Never adds to what is there.

use std::collections::BTreeSet;

use crate::{
    app::demo::{ApprovedQuestion, PublishedProfile, PublishedSet, RatedRow, Skills, World, ids::demo_id},
    auth::Job,
    domain::{questions::sets::QuestionSetStatus, revisions::Root, time::Timestamp},
    store::{AssessmentResponse, AuditEntry, DigestKey, Rebuild, Store, StoreError, Tx},
};

/// What was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded {
    /// Teams.
    pub teams: usize,
    /// People.
    pub people: usize,
    /// Skills.
    pub skills: usize,
    /// Role profiles.
    pub role_profiles: usize,
    /// Questions.
    pub questions: usize,
    /// Sets of questions.
    pub question_sets: usize,
    /// Assessments, of all statuses.
    pub assessments: usize,
}

/// Why nothing was loaded.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LoadError {
    /// The demo never mixes with data of others.
    #[error(
        "the database already holds teams, people or skills; an organisation is loaded into an empty one \
         only: name another database"
    )]
    NotEmpty,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Loads `world`; everything in it is written, or nothing is.
///
/// # Errors
/// [`LoadError::NotEmpty`] when the database holds anything, or the store's failure.
pub async fn load(store: &Store, world: World, now: Timestamp) -> Result<Loaded, LoadError> {
    let loaded = Loaded {
        teams: world.teams.teams.len(),
        people: world.teams.people.len(),
        skills: world.skills.skills.len(),
        role_profiles: world.profiles.len(),
        questions: world.questions.len(),
        question_sets: world.question_sets.len(),
        assessments: world.ratings.len(),
    };
    let digests = store.digest_key().await?;
    store
        .begin(move |tx| async move {
            claim(&tx).await?;
            write(&tx, &world).await?;
            tx.record_audit(&[audit(&digests, now, Job::Demo, "loadDemo")]).await?;
            Ok(loaded)
        })
        .await
}

/// Makes sure that the database is empty and stays so for everybody else until the transaction ends.
pub(in crate::app) async fn claim(tx: &Tx) -> Result<(), LoadError> {
    tx.raise(&BTreeSet::from([Root::SKILL_CATALOGUE, Root::TEAM_TREE])).await?;
    if tx.holds_anything().await? { Err(LoadError::NotEmpty) } else { Ok(()) }
}

/// In the order of the references: people before the skills they own, skills before what requires them.
async fn write(tx: &Tx, world: &World) -> Result<(), StoreError> {
    tx.insert_teams(&world.teams.teams).await?;
    tx.insert_team_links(&world.teams.parents).await?;
    tx.insert_people(&world.teams.people).await?;
    tx.insert_memberships(&world.teams.memberships).await?;
    write_skills(tx, &world.skills).await?;
    tx.insert_skill_targets(&world.teams.targets).await?;
    write_profiles(tx, &world.profiles).await?;
    write_questions(tx, &world.questions).await?;
    write_question_sets(tx, &world.question_sets).await?;
    tx.insert_person_role_profiles(&world.teams.held).await?;
    write_ratings(tx, &world.ratings).await?;
    tx.insert_skill_interests(&world.interests).await?;
    tx.insert_exemptions(&world.exemptions).await?;
    tx.rebuild_current_levels(Rebuild::All).await
}

/// The catalogue, once the owners of its skills are there.
pub(in crate::app) async fn write_skills(tx: &Tx, skills: &Skills) -> Result<(), StoreError> {
    tx.insert_skill_categories(&skills.categories).await?;
    tx.insert_skills(&skills.skills).await?;
    let aliases: Vec<_> = skills
        .aliases
        .iter()
        .map(|alias| (demo_id("skill_alias", &format!("{} {}", alias.skill_id, alias.alias)), alias.clone()))
        .collect();
    tx.insert_skill_aliases(&aliases).await?;
    tx.insert_skill_relations(&skills.relations).await?;
    let refs: Vec<_> = skills
        .external_refs
        .iter()
        .map(|known| {
            (demo_id("external_ref", &format!("{} {}", known.uri, known.scheme_version)), known.clone())
        })
        .collect();
    tx.insert_external_refs(&refs).await?;
    tx.insert_skill_level_descriptors(&skills.descriptors).await
}

/// Role profiles, each with its version published.
pub(in crate::app) async fn write_profiles(
    tx: &Tx,
    published: &[PublishedProfile],
) -> Result<(), StoreError> {
    let profiles: Vec<_> = published.iter().map(|published| published.profile.clone()).collect();
    tx.insert_role_profiles(&profiles).await?;
    for published in published {
        let (version, mut rows) = (&published.version, 0_u32);
        let mut row_id = || {
            rows += 1;
            demo_id("role_profile_content", &format!("{} {rows}", version.id))
        };
        tx.insert_role_profile_version(version, &published.content, &mut row_id).await?;
        if let Some(at) = version.published_at {
            tx.publish_role_profile_version(version.id, at).await?;
        }
    }
    for published in published {
        tx.insert_career_paths(&published.paths).await?;
    }
    Ok(())
}

/// Questions, each with its version approved.
pub(in crate::app) async fn write_questions(
    tx: &Tx,
    approved: &[ApprovedQuestion],
) -> Result<(), StoreError> {
    let questions: Vec<_> = approved.iter().map(|one| one.question.clone()).collect();
    tx.insert_questions(&questions).await?;
    let versions: Vec<_> = approved.iter().map(|one| one.written.clone()).collect();
    let mut rows = 0_u32;
    let first = versions.first().map(|written| written.version.id.to_string()).unwrap_or_default();
    let mut row_id = || {
        rows += 1;
        demo_id("question_content", &format!("{first} {rows}"))
    };
    tx.insert_question_versions(&versions, &mut row_id).await?;
    let editions: Vec<_> = versions.iter().map(|written| &written.version).collect();
    if let Some(at) = editions.iter().filter_map(|version| version.approved_at).max() {
        tx.approve_imported_versions(&editions.iter().map(|version| version.id).collect::<Vec<_>>(), at)
            .await?;
    }
    let relations: BTreeSet<_> = approved.iter().flat_map(|one| one.relations.iter().copied()).collect();
    tx.insert_question_relations(&relations.into_iter().collect::<Vec<_>>()).await
}

/// Sets, each published with what it holds.
pub(in crate::app) async fn write_question_sets(
    tx: &Tx,
    published: &[PublishedSet],
) -> Result<(), StoreError> {
    let sets: Vec<_> = published.iter().map(|one| one.set.clone()).collect();
    tx.insert_question_sets(&sets).await?;
    for PublishedSet { set, items } in published {
        tx.replace_question_set_items(set.id, items).await?;
        if let Some(at) = set.published_at {
            tx.move_question_set(set.id, QuestionSetStatus::Published, at).await?;
        }
    }
    Ok(())
}

/// Ratings with all that happened to them; the caller makes the projection say so.
pub(in crate::app) async fn write_ratings(tx: &Tx, ratings: &[RatedRow]) -> Result<(), StoreError> {
    let assessments: Vec<_> = ratings.iter().map(|row| row.assessment.clone()).collect();
    tx.insert_assessments(&assessments).await?;
    let statuses: Vec<_> = ratings.iter().flat_map(|row| row.statuses.iter().cloned()).collect();
    tx.insert_assessment_statuses(&statuses).await?;
    let responses: Vec<_> = ratings
        .iter()
        .filter_map(|row| {
            Some(AssessmentResponse {
                id: demo_id("skill_assessment_response", &row.assessment.id.to_string()),
                assessment_id: row.assessment.id,
                text: row.assessment.response.clone()?,
                at: row.responded_at?,
            })
        })
        .collect();
    tx.insert_assessment_responses(&responses).await
}

/// One event stands for the whole load: nobody of the organisation did it.
pub(in crate::app) fn audit(
    digests: &DigestKey,
    now: Timestamp,
    job: Job,
    action: &'static str,
) -> AuditEntry {
    let name = job.as_str().to_lowercase();
    AuditEntry {
        id: demo_id("audit_event", &name),
        actor_id: None,
        actor_digest: digests.digest(format!("job\n{}", job.as_str()).as_bytes()),
        on_behalf_of: None,
        action,
        object: Root::SKILL_CATALOGUE,
        input_digest: digests.digest(name.as_bytes()),
        request_id: name,
        at: now,
    }
}
