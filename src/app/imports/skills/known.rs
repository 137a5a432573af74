//! What the catalogue holds of the skills that a batch names, and what the batch makes of them. Judges no row.

use std::collections::{BTreeSet, HashMap};

use uuid::Uuid;

use crate::{
    app::{
        Write, ids,
        imports::skills::categories::{fitting_slug, unused},
    },
    domain::{
        ids::SkillId,
        revisions::{Aggregate, Root},
        skills::{
            ExternalMatch, ExternalRef, ExternalScheme, Skill, SkillAlias, SkillLevelDescriptor,
            is_older_release,
        },
        text::{fold, slug_of},
    },
    interchange::skills::{Reference, SkillRow},
    store::{HeldReference, StoreError},
};

/// How many numbered slugs are looked up beside the plain one.
const NUMBERED: u32 = 9;

/// A skill as it stands, with what the batch changes of it.
pub(super) struct Draft {
    pub(super) skill: Skill,
    pub(super) levels: Vec<SkillLevelDescriptor>,
    pub(super) new: bool,
    pub(super) columns_changed: bool,
    pub(super) renamed: bool,
    pub(super) levels_changed: bool,
    pub(super) more_aliases: Vec<String>,
    more_refs: Vec<(Uuid, ExternalRef)>,
    gone_refs: Vec<Uuid>,
}

impl Draft {
    fn of(skill: Skill, new: bool) -> Self {
        let (levels, more_aliases, more_refs, gone_refs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (columns_changed, renamed, levels_changed) = (false, false, false);
        Self {
            skill,
            levels,
            new,
            columns_changed,
            renamed,
            levels_changed,
            more_aliases,
            more_refs,
            gone_refs,
        }
    }

    fn changed(&self) -> bool {
        self.columns_changed
            || self.levels_changed
            || !self.more_aliases.is_empty()
            || !self.more_refs.is_empty()
            || !self.gone_refs.is_empty()
    }
}

/// What a batch knows.
pub(super) struct Known {
    pub(super) drafts: HashMap<SkillId, Draft>,
    slugs: HashMap<String, SkillId>,
    /// The skill that a name, folded, finds today.
    names: HashMap<String, SkillId>,
    refs: HashMap<(ExternalScheme, String), Vec<HeldReference>>,
}

impl Known {
    /// Looks up everything that `rows` name; ask under the catalogue's lock.
    pub(super) async fn read(write: &Write, rows: &[&SkillRow]) -> Result<Self, StoreError> {
        let mut known = Self {
            drafts: HashMap::new(),
            slugs: HashMap::new(),
            names: HashMap::new(),
            refs: HashMap::new(),
        };
        known.read_refs(write, rows).await?;
        let slugs: BTreeSet<String> = rows.iter().flat_map(|row| candidates(row)).collect();
        let slugs: Vec<&str> = slugs.iter().map(String::as_str).collect();
        for held in write.tx.skills_with_slugs(&slugs).await? {
            known.slugs.insert(held.slug, held.skill_id);
        }
        let names = rows.iter().flat_map(|row| std::iter::once(&row.name).chain(&row.aliases));
        let names: BTreeSet<&str> = names.map(String::as_str).collect();
        for held in write.tx.holders_of_names(&names.into_iter().collect::<Vec<_>>()).await? {
            known.names.insert(held.name_key, held.finds);
        }
        known.read_skills(write).await?;
        Ok(known)
    }

    async fn read_refs(&mut self, write: &Write, rows: &[&SkillRow]) -> Result<(), StoreError> {
        for scheme in ExternalScheme::ALL {
            let of_scheme =
                rows.iter().filter_map(|row| row.reference.as_ref()).filter(|given| given.scheme == *scheme);
            let uris: BTreeSet<&str> = of_scheme.map(|given| given.uri.as_str()).collect();
            if uris.is_empty() {
                continue;
            }
            for held in write.tx.references_held(*scheme, &uris.into_iter().collect::<Vec<_>>()).await? {
                self.refs.entry((*scheme, held.uri.clone())).or_default().push(held);
            }
        }
        Ok(())
    }

    async fn read_skills(&mut self, write: &Write) -> Result<(), StoreError> {
        let of_refs = self.refs.values().flatten().map(|held| held.skill_id);
        let found: BTreeSet<SkillId> =
            self.slugs.values().chain(self.names.values()).copied().chain(of_refs).collect();
        let found: Vec<SkillId> = found.into_iter().collect();
        if found.is_empty() {
            return Ok(());
        }
        for skill in write.tx.skills_by_id(&write.scope, &found).await? {
            self.drafts.insert(skill.id, Draft::of(skill, false));
        }
        for (skill, levels) in write.tx.level_descriptors_held(&found).await? {
            if let Some(draft) = self.drafts.get_mut(&skill) {
                draft.levels = levels;
            }
        }
        Ok(())
    }

    /// The skill that a taxonomy's name stands for, and whether it came from there.
    pub(super) fn by_reference(&self, scheme: ExternalScheme, uri: &str) -> Option<(SkillId, ExternalMatch)> {
        let held = self.refs.get(&(scheme, uri.to_owned()))?.first()?;
        Some((held.skill_id, held.match_kind))
    }

    /// The release in which a taxonomy's name was imported before, when that is newer than this one.
    pub(super) fn newer_release(&self, given: &Reference) -> Option<&str> {
        let held = self.refs.get(&(given.scheme, given.uri.clone()))?;
        let newer = held.iter().find(|held| is_older_release(&given.version, &held.version));
        newer.map(|held| held.version.as_str())
    }

    pub(super) fn by_slug(&self, slug: &str) -> Option<SkillId> {
        self.slugs.get(slug).copied()
    }

    pub(super) fn by_name(&self, name: &str) -> Option<SkillId> {
        self.names.get(&fold(name)).copied()
    }

    /// Takes in a new skill.
    pub(super) fn add(&mut self, skill: Skill) {
        self.slugs.insert(skill.slug.clone(), skill.id);
        self.names.insert(fold(&skill.name), skill.id);
        self.drafts.insert(skill.id, Draft::of(skill, true));
    }

    /// A slug for a new skill of this name that none has.
    pub(super) fn free_slug(&self, name: &str, id: SkillId) -> String {
        let slug = unused(name, "skill", |slug| self.slugs.contains_key(slug));
        let looked_up = candidates_of(name).any(|candidate| candidate == slug);
        if looked_up {
            return slug;
        }
        // So many of one name: the id tells them apart.
        let digits = id.uuid().simple().to_string();
        let stem: String = slug.chars().take(40).collect();
        format!("{}-{}", stem.trim_end_matches('-'), digits.get(20..).unwrap_or(&digits))
    }

    /// Gives a skill another name to be found by; `false` when it finds another one.
    pub(super) fn add_alias(&mut self, id: SkillId, alias: &str) -> bool {
        match self.names.get(&fold(alias)) {
            Some(holder) => *holder == id,
            None => {
                self.names.insert(fold(alias), id);
                if let Some(draft) = self.drafts.get_mut(&id) {
                    draft.more_aliases.push(alias.to_owned());
                }
                true
            }
        }
    }

    /// Gives a skill another name of its own; `false` when it finds another one.
    pub(super) fn rename(&mut self, id: SkillId, name: &str) -> bool {
        if self.names.get(&fold(name)).is_some_and(|holder| *holder != id) {
            return false;
        }
        if let Some(draft) = self.drafts.get_mut(&id) {
            self.names.insert(fold(name), id);
            name.clone_into(&mut draft.skill.name);
            draft.columns_changed = true;
            draft.renamed = true;
        }
        true
    }

    /// Makes a taxonomy's name in this release stand for the skill, in the place of that in other releases;
    /// tells whether that is new.
    pub(super) fn refer(&mut self, now: &Write, external: ExternalRef) -> bool {
        let held = self.refs.entry((external.scheme, external.uri.clone())).or_default();
        if held.iter().any(|held| held.version == external.scheme_version) {
            return false;
        }
        let Some(draft) = self.drafts.get_mut(&external.skill_id) else { return false };
        let id = ids::fresh_uuid(now.now());
        let stored = held.drain(..).map(|old| old.id).filter(|old| {
            let pending = draft.more_refs.iter().position(|(pending, _)| pending == old);
            pending.map(|n| draft.more_refs.remove(n)).is_none()
        });
        draft.gone_refs.extend(stored.collect::<Vec<_>>());
        held.push(HeldReference {
            id,
            uri: external.uri.clone(),
            version: external.scheme_version.clone(),
            match_kind: external.match_kind,
            skill_id: external.skill_id,
        });
        draft.more_refs.push((id, external));
        true
    }

    /// Writes what the batch changed, and adds the roots to `raised` and `new`.
    pub(super) async fn flush(
        self,
        write: &Write,
        raised: &mut BTreeSet<Root>,
        new: &mut BTreeSet<Root>,
    ) -> Result<(), StoreError> {
        let mut drafts: Vec<Draft> =
            self.drafts.into_values().filter(|draft| draft.new || draft.changed()).collect();
        drafts.sort_by_key(|draft| draft.skill.id);
        let skills = |which: fn(&Draft) -> bool| -> Vec<Skill> {
            drafts.iter().filter(|draft| which(draft)).map(|draft| draft.skill.clone()).collect()
        };
        write.tx.insert_skills(&skills(|draft| draft.new)).await?;
        write.tx.update_skills(&skills(|draft| !draft.new && draft.columns_changed)).await?;
        let gone: Vec<Uuid> = drafts.iter().flat_map(|draft| draft.gone_refs.iter().copied()).collect();
        write.tx.delete_external_refs(&gone).await?;
        for draft in &drafts {
            let root = Root::of(Aggregate::Skill, draft.skill.id);
            if draft.new {
                new.insert(root)
            } else {
                raised.insert(root)
            };
            rename(write, draft).await?;
        }
        let alias = |draft: &Draft| {
            let row = |alias: &String| {
                (ids::fresh_uuid(write.now()), SkillAlias { skill_id: draft.skill.id, alias: alias.clone() })
            };
            draft.more_aliases.iter().map(row).collect::<Vec<_>>()
        };
        let aliases: Vec<_> = drafts.iter().flat_map(alias).collect();
        write.tx.insert_skill_aliases(&aliases).await?;
        let levels = |draft: &&Draft| draft.levels_changed;
        let described: Vec<SkillId> = drafts.iter().filter(levels).map(|draft| draft.skill.id).collect();
        write.tx.delete_level_descriptors(&described).await?;
        let levels: Vec<_> =
            drafts.iter().filter(levels).flat_map(|draft| draft.levels.iter().cloned()).collect();
        write.tx.insert_skill_level_descriptors(&levels).await?;
        let refs: Vec<_> = drafts.into_iter().flat_map(|draft| draft.more_refs).collect();
        write.tx.insert_external_refs(&refs).await
    }
}

/// The name that a skill is found by from now on, in the place of the one before.
async fn rename(write: &Write, draft: &Draft) -> Result<(), StoreError> {
    if draft.new || !draft.renamed {
        return Ok(());
    }
    let aliases = write.tx.recorded_aliases(draft.skill.id).await?;
    let names: Vec<&str> = std::iter::once(&draft.skill.name).chain(&aliases).map(String::as_str).collect();
    write.tx.replace_skill_names(draft.skill.id, &names).await
}

/// The slugs that a row may come to have.
fn candidates(row: &SkillRow) -> Vec<String> {
    row.slug.as_deref().map(fitting_slug).into_iter().chain(candidates_of(&row.name)).collect()
}

fn candidates_of(name: &str) -> impl Iterator<Item = String> + use<> {
    let stem = slug_of(name);
    let stem = if stem.is_empty() { "skill".to_owned() } else { stem };
    let short: String = stem.chars().take(54).collect();
    let short = short.trim_end_matches('-').to_owned();
    std::iter::once(stem).chain((2..=NUMBERED).map(move |n| format!("{short}-{n}")))
}
