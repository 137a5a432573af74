//! What the database holds, in the words of files: each role profile that is in use with its published version.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    app::{Command, Write, command, profiles::files::FilesError},
    domain::{
        ids::{RoleProfileId, SkillId},
        profiles::{
            CareerPath, RoleProfile, RoleProfileStatus, RoleProfileVersion, RoleProfileVersionStatus,
        },
        skills::SkillStatus,
    },
    interchange::profiles::{Known, ProfileRow},
    store::{SkillSlug, Store, StoreError, Tx},
};

/// The role profiles as they are, kept from changing until the transaction ends.
pub(super) struct Current {
    /// Every profile by key, archived ones and those never published too.
    pub(super) profiles: BTreeMap<String, RoleProfile>,
    /// What a file of it says, of each that is in use and published.
    pub(super) rows: BTreeMap<String, ProfileRow>,
    /// The versions being written.
    pub(super) drafts: HashMap<RoleProfileId, RoleProfileVersion>,
    newest: HashMap<RoleProfileId, i32>,
    skills: Vec<SkillSlug>,
    by_slug: BTreeMap<String, SkillId>,
}

impl Current {
    pub(super) async fn read(tx: &Tx) -> Result<Self, StoreError> {
        tx.lock_role_profiles().await?;
        let (profiles, paths) = (tx.every_role_profile().await?, tx.every_career_path().await?);
        let open = tx.every_open_version().await?;
        let (published, drafts): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|version| version.status == RoleProfileVersionStatus::Published);
        let skills = tx.every_skill_slug().await?;
        let rows = rows(tx, &profiles, &published, &paths, &skills).await?;
        Ok(Self {
            by_slug: skills.iter().map(|skill| (skill.slug.clone(), skill.id)).collect(),
            profiles: profiles.into_iter().map(|profile| (profile.key.clone(), profile)).collect(),
            rows,
            drafts: drafts.into_iter().map(|draft| (draft.role_profile_id, draft)).collect(),
            newest: tx.newest_version_numbers().await?.into_iter().collect(),
            skills,
        })
    }

    /// What files can name. Profiles without a file can be led to unless they are `pruned`.
    pub(super) fn known(&self, pruned: bool) -> Known {
        let usable =
            |skill: &&SkillSlug| matches!(skill.status, SkillStatus::Active | SkillStatus::Deprecated);
        let mut known = Known::skills(self.skills.iter().filter(usable).map(|skill| skill.slug.as_str()));
        let slugs: HashMap<SkillId, &str> =
            self.skills.iter().map(|skill| (skill.id, skill.slug.as_str())).collect();
        for skill in self.skills.iter().filter(|skill| !usable(skill)) {
            let into = skill.merged_into.and_then(|into| slugs.get(&into));
            let why = into.map_or_else(
                || "is only proposed".to_owned(),
                |into| format!("was merged into `{into}`: name that one"),
            );
            known.unusable_skill(&skill.slug, why);
        }
        if !pruned {
            self.rows.values().for_each(|row| known.profile(row));
        }
        known
    }

    /// The skill of a slug that [`known`](Self::known) admits.
    pub(super) fn skill(&self, slug: &str) -> SkillId {
        self.by_slug.get(slug).copied().unwrap_or(SkillId::from_uuid(uuid::Uuid::nil()))
    }

    /// The number that the next version of a profile gets.
    pub(super) fn next_number(&self, profile: RoleProfileId) -> i32 {
        self.newest.get(&profile).copied().unwrap_or_default() + 1
    }
}

async fn rows(
    tx: &Tx,
    profiles: &[RoleProfile],
    published: &[RoleProfileVersion],
    paths: &[CareerPath],
    skills: &[SkillSlug],
) -> Result<BTreeMap<String, ProfileRow>, StoreError> {
    let slugs: HashMap<SkillId, &str> = skills.iter().map(|skill| (skill.id, skill.slug.as_str())).collect();
    let today: HashMap<SkillId, SkillId> =
        skills.iter().map(|skill| (skill.id, skill.merged_into.unwrap_or(skill.id))).collect();
    let slug = |skill: SkillId| slugs.get(today.get(&skill)?).copied();
    let versions: HashMap<RoleProfileId, &RoleProfileVersion> =
        published.iter().map(|version| (version.role_profile_id, version)).collect();
    let in_use = |profile: &&RoleProfile| {
        profile.status == RoleProfileStatus::Active && versions.contains_key(&profile.id)
    };
    let keys: HashMap<RoleProfileId, &str> =
        profiles.iter().filter(in_use).map(|profile| (profile.id, profile.key.as_str())).collect();
    let mut contents =
        tx.role_profile_contents(&published.iter().map(|version| version.id).collect::<Vec<_>>()).await?;
    let mut rows = BTreeMap::new();
    for profile in profiles.iter().filter(in_use) {
        let Some(version) = versions.get(&profile.id) else { continue };
        let content = contents.remove(&version.id).unwrap_or_default();
        let onward: Vec<CareerPath> =
            paths.iter().filter(|path| path.from_id == profile.id).cloned().collect();
        let key = |role: RoleProfileId| keys.get(&role).copied();
        let row = ProfileRow::of(profile, &version.summary, &content, &onward, slug, key);
        rows.insert(profile.key.clone(), row);
    }
    Ok(rows)
}

/// Every role profile that is in use and published, by key, as files say it.
///
/// # Errors
/// [`FilesError::Store`].
pub async fn export(store: &Store, command: Command) -> Result<Vec<ProfileRow>, FilesError> {
    command::run_job(store, command, "exportRoleProfiles", (), |write: Write, ()| async move {
        let rows = Current::read(&write.tx).await?.rows.into_values().collect();
        Ok((write, rows))
    })
    .await
}

/// The keys of some rows.
pub(super) fn keys_of(rows: &[ProfileRow]) -> BTreeSet<&str> {
    rows.iter().map(|row| row.key.as_str()).collect()
}
