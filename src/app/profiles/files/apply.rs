//! Makes the role profiles what files say. A profile that says the same gets no new version; one that changed gets
//! one, and the version before is SUPERSEDED.

use std::collections::BTreeMap;

use crate::{
    app::{
        Command, Progress, Watch, Write, command, ids,
        profiles::files::{
            File, FilesError,
            current::{Current, keys_of},
            parsed,
        },
    },
    domain::{
        ids::RoleProfileId,
        profiles::{RoleProfile, RoleProfileStatus, RoleProfileVersion, RoleProfileVersionStatus},
        revisions::{Aggregate, Root},
    },
    interchange::profiles::{Parsed, ProfileRow},
    store::{Store, StoreError},
};

/// How files are applied.
#[derive(Debug, Clone, Copy, Default)]
pub struct Apply {
    /// Archive the profiles that have no file.
    pub prune: bool,
    /// Let files take the place of drafts that somebody is writing.
    pub discard_drafts: bool,
    /// Do it all, tell it, and take it back.
    pub dry_run: bool,
}

/// What was done with one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Its key.
    pub key: String,
    /// What was done.
    pub done: Done,
}

/// What can be done with a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// It is new, with its first version.
    Created,
    /// It has a new version of this number.
    NewVersion(i32),
    /// What it is called or where it leads has changed, which makes no version.
    Updated,
    /// It said so already.
    Unchanged,
    /// It has no file and is out of use.
    Archived,
}

/// Ends the transaction: for good with an error, or without a trace after a dry run.
enum End {
    DryRun(Vec<Applied>),
    Error(FilesError),
}

impl From<FilesError> for End {
    fn from(error: FilesError) -> Self {
        Self::Error(error)
    }
}

impl From<StoreError> for End {
    fn from(error: StoreError) -> Self {
        Self::Error(error.into())
    }
}

/// Applies `files`; tells what was done with each profile, by key.
///
/// # Errors
/// [`FilesError`]; then nothing was written.
pub async fn apply(
    store: &Store,
    command: Command,
    files: Vec<File>,
    how: Apply,
    watch: Watch,
) -> Result<Vec<Applied>, FilesError> {
    // Before the transaction begins: the database does not wait for files.
    let parsed = parsed(&files);
    let done = command::run_job(store, command, "applyRoleProfiles", files, move |write, _| async move {
        let mut work = Work { current: Current::read(&write.tx).await?, write, how, watch };
        let done = work.apply(parsed).await?;
        if how.dry_run { Err(End::DryRun(done)) } else { Ok((work.write, done)) }
    });
    match done.await {
        Ok(done) | Err(End::DryRun(done)) => Ok(done),
        Err(End::Error(error)) => Err(error),
    }
}

struct Work {
    write: Write,
    current: Current,
    how: Apply,
    watch: Watch,
}

impl Work {
    async fn apply(&mut self, parsed: Parsed) -> Result<Vec<Applied>, FilesError> {
        let rows = parsed.rows(&self.current.known(self.how.prune))?;
        let mut plan: BTreeMap<&str, Done> = rows.iter().map(|row| (&*row.key, self.plan(row))).collect();
        if self.how.prune {
            let keys = keys_of(&rows);
            let gone = self.current.rows.keys().filter(|key| !keys.contains(key.as_str()));
            plan.extend(gone.map(|key| (&**key, Done::Archived)));
        }
        let plan: BTreeMap<String, Done> =
            plan.into_iter().map(|(key, done)| (key.to_owned(), done)).collect();
        self.spare_drafts(&plan)?;
        self.raise(&plan).await?;
        self.write_profiles(&rows, &plan).await?;
        for (key, _) in plan.iter().filter(|(_, done)| **done == Done::Archived) {
            self.archive(key).await?;
        }
        let changed = plan.iter().filter(|(_, done)| **done != Done::Unchanged);
        let roots: Vec<Root> =
            changed.filter_map(|(key, _)| Some(root(self.current.profiles.get(key)?.id))).collect();
        self.write.audit_each(roots).await?;
        Ok(plan.into_iter().map(|(key, done)| Applied { key, done }).collect())
    }

    fn plan(&self, row: &ProfileRow) -> Done {
        let Some(profile) = self.current.profiles.get(&row.key) else { return Done::Created };
        match self.current.rows.get(&row.key) {
            Some(now) if now == row => Done::Unchanged,
            Some(now) if now.content_is_that_of(row) => Done::Updated,
            _ => Done::NewVersion(match self.current.drafts.get(&profile.id) {
                Some(draft) => draft.number,
                None => self.current.next_number(profile.id),
            }),
        }
    }

    /// There is one draft a profile, so that a new version takes the place of one that somebody writes.
    fn spare_drafts(&self, plan: &BTreeMap<String, Done>) -> Result<(), FilesError> {
        let drafted = |key: &String| {
            self.current
                .profiles
                .get(key)
                .is_some_and(|profile| self.current.drafts.contains_key(&profile.id))
        };
        let renewed = plan.iter().filter(|(_, done)| matches!(done, Done::NewVersion(_)));
        let lost: Vec<&str> = renewed.filter(|(key, _)| drafted(key)).map(|(key, _)| key.as_str()).collect();
        if lost.is_empty() || self.how.discard_drafts {
            return Ok(());
        }
        Err(FilesError::Drafts(lost.join(", ")))
    }

    async fn raise(&self, plan: &BTreeMap<String, Done>) -> Result<(), StoreError> {
        let changed = plan.iter().filter(|(_, done)| !matches!(done, Done::Unchanged | Done::Created));
        let roots = changed.filter_map(|(key, _)| Some(root(self.current.profiles.get(key)?.id)));
        self.write.tx.raise(&roots.collect()).await.map(drop)
    }

    /// Profiles first and the ways between them last, so that each finds the other end.
    async fn write_profiles(
        &mut self,
        rows: &[ProfileRow],
        plan: &BTreeMap<String, Done>,
    ) -> Result<(), StoreError> {
        let changed: Vec<(&ProfileRow, Done)> = rows
            .iter()
            .filter_map(|row| Some((row, *plan.get(&row.key)?)))
            .filter(|(_, done)| *done != Done::Unchanged)
            .collect();
        let of = changed.len() as u64;
        for (done, (row, what)) in (1..).zip(&changed) {
            match what {
                Done::Created => self.create(row).await?,
                Done::NewVersion(number) => self.renew(row, *number).await?,
                Done::Updated | Done::Unchanged | Done::Archived => self.update(row).await?,
            }
            (self.watch)(Progress { what: "role profiles", done, of });
        }
        for (row, _) in changed {
            let Some(profile) = self.current.profiles.get(&row.key) else { continue };
            let known = |key: &str| self.current.profiles.get(key).map(|profile| profile.id);
            let paths = row.paths(profile.id, |key| known(key).unwrap_or(profile.id));
            self.write.tx.replace_career_paths(profile.id, &paths).await?;
        }
        Ok(())
    }

    async fn create(&mut self, row: &ProfileRow) -> Result<(), StoreError> {
        let profile = RoleProfile {
            id: ids::fresh(self.write.now()),
            key: row.key.clone(),
            title: row.title.clone(),
            family: row.family.clone(),
            track: row.track,
            seniority: row.seniority,
            status: RoleProfileStatus::Active,
            published_version_id: None,
            revision: 1,
        };
        self.write.tx.insert_role_profiles(std::slice::from_ref(&profile)).await?;
        self.publish(&profile, row, 1).await?;
        self.current.profiles.insert(row.key.clone(), profile);
        Ok(())
    }

    async fn renew(&self, row: &ProfileRow, number: i32) -> Result<(), StoreError> {
        self.update(row).await?;
        match self.current.profiles.get(&row.key) {
            Some(profile) => self.publish(profile, row, number).await,
            None => Ok(()),
        }
    }

    async fn update(&self, row: &ProfileRow) -> Result<(), StoreError> {
        let Some(profile) = self.current.profiles.get(&row.key) else { return Ok(()) };
        let changed = RoleProfile {
            title: row.title.clone(),
            family: row.family.clone(),
            track: row.track,
            seniority: row.seniority,
            status: RoleProfileStatus::Active,
            ..profile.clone()
        };
        self.write.tx.update_role_profile(&changed).await
    }

    async fn publish(&self, profile: &RoleProfile, row: &ProfileRow, number: i32) -> Result<(), StoreError> {
        let (tx, now) = (&self.write.tx, self.write.now());
        let content = row.content(|slug| self.current.skill(slug));
        let mut fresh = || ids::fresh_uuid(now);
        let version = match self.current.drafts.get(&profile.id) {
            Some(draft) => {
                tx.rewrite_draft(draft.id, &row.summary, &content, &mut fresh).await?;
                draft.id
            }
            None => {
                let version = RoleProfileVersion {
                    id: ids::fresh(now),
                    role_profile_id: profile.id,
                    number,
                    summary: row.summary.clone(),
                    status: RoleProfileVersionStatus::Draft,
                    published_at: None,
                    retired_at: None,
                };
                tx.insert_role_profile_version(&version, &content, &mut fresh).await?;
                version.id
            }
        };
        tx.publish_role_profile_version(version, now).await
    }

    async fn archive(&self, key: &str) -> Result<(), StoreError> {
        let Some(profile) = self.current.profiles.get(key) else { return Ok(()) };
        self.write.tx.withdraw_published_version(profile.id, self.write.now()).await?;
        let archived = RoleProfile { status: RoleProfileStatus::Archived, ..profile.clone() };
        self.write.tx.update_role_profile(&archived).await
    }
}

fn root(profile: RoleProfileId) -> Root {
    Root::of(Aggregate::RoleProfile, profile)
}
