//! What one row makes of the catalogue: a new skill, a change of the one it stands for, or more names for one
//! that is somebody else's. Writes nothing itself.

use std::{collections::HashMap, sync::Arc};

use crate::{
    app::{
        Write, ids,
        imports::{
            Outcome,
            skills::{SameName, categories::Categories, checked::Checked, known::Known},
        },
    },
    domain::{
        ids::SkillId,
        skills::{ExternalMatch, ExternalRef, Skill, SkillKind, SkillLevelDescriptor, SkillStatus},
        text::fold,
    },
    interchange::{
        sheet::{Placed, Remark},
        skills::{CategoryPath, SkillRow},
    },
};

/// Which rows of the run spoke of a skill first.
pub(super) type Spoken = HashMap<SkillId, (Arc<str>, u64)>;

/// What rows are held against.
pub(super) struct Board<'r> {
    pub(super) write: &'r Write,
    pub(super) known: &'r mut Known,
    pub(super) categories: &'r mut Categories,
    pub(super) spoken: &'r mut Spoken,
    pub(super) same_name: SameName,
    pub(super) usual_category: &'r CategoryPath,
}

/// How the row found its skill.
enum Found {
    /// It is the one that this very taxonomy, slug or name made.
    Own(SkillId),
    /// It is somebody else's of the same name.
    Others(SkillId),
    None,
}

type Came = Result<(Outcome, Vec<Remark>), Vec<Remark>>;

impl Board<'_> {
    /// Places a row: what became of it and what was left out, or every rule it breaks.
    pub(super) fn place<T>(&mut self, placed: &Placed<T>, row: &SkillRow) -> Came {
        let (checked, notes) = Checked::of(row)?;
        if let Some(given) = &checked.reference
            && let Some(newer) = self.known.newer_release(given)
        {
            let (scheme, version) = (given.scheme.as_str(), &given.version);
            let why = format!("{scheme} {newer} was imported before, and {version} is older");
            return Ok((Outcome::Skipped, vec![Remark::new("uri", why)]));
        }
        match self.find(&checked) {
            Found::None => self.create(placed, row, checked, notes),
            Found::Own(id) | Found::Others(id) if !self.is_open(id) => {
                let status = self.known.drafts.get(&id).map_or("gone", |draft| draft.skill.status.as_str());
                Ok((
                    Outcome::Skipped,
                    vec![Remark::new("name", format!("the skill is {status} here and stays as it is"))],
                ))
            }
            Found::Own(id) => match self.spoken.get(&id).cloned() {
                Some(first) => Ok(self.repeat(id, row, checked, notes, &first)),
                None => self.update(placed, id, row, checked, notes),
            },
            Found::Others(id) => self.merge(placed, id, checked, notes),
        }
    }

    fn find(&self, checked: &Checked) -> Found {
        if let Some(given) = &checked.reference {
            match self.known.by_reference(given.scheme, &given.uri) {
                Some((id, ExternalMatch::Exact)) => return Found::Own(id),
                Some((id, _)) => return Found::Others(id),
                None => {}
            }
        }
        let by_slug = checked.slug.as_deref().and_then(|slug| self.known.by_slug(slug));
        let id = by_slug.or_else(|| self.known.by_name(&checked.name));
        match id {
            None => Found::None,
            Some(id) if checked.reference.is_some() => Found::Others(id),
            Some(id) if by_slug.is_some() || self.is_called(id, &checked.name) => Found::Own(id),
            Some(id) => Found::Others(id),
        }
    }

    fn is_called(&self, id: SkillId, name: &str) -> bool {
        self.known.drafts.get(&id).is_some_and(|draft| fold(&draft.skill.name) == fold(name))
    }

    fn is_open(&self, id: SkillId) -> bool {
        self.known.drafts.get(&id).is_some_and(|draft| draft.skill.status == SkillStatus::Active)
    }

    fn create<T>(
        &mut self,
        placed: &Placed<T>,
        row: &SkillRow,
        checked: Checked,
        mut notes: Vec<Remark>,
    ) -> Came {
        let category = row.category.as_ref().unwrap_or(self.usual_category);
        let broken = |rule| vec![Remark::new("category", rule)];
        let category_id = self.categories.place(category).map_err(broken)?;
        let id: SkillId = ids::fresh(self.write.now());
        self.known.add(Skill {
            id,
            slug: checked.slug.clone().unwrap_or_else(|| self.known.free_slug(&checked.name, id)),
            name: checked.name.clone(),
            description: checked.description.clone().unwrap_or_default(),
            kind: row.kind.unwrap_or(SkillKind::Technical),
            category_id,
            owner_id: None,
            proposed_by: None,
            status: SkillStatus::Active,
            merged_into: None,
            review_interval_days: row.review_interval_days,
            expires_after_days: row.expires_after_days,
            revision: 1,
        });
        self.spoken.insert(id, (Arc::clone(&placed.file), placed.line));
        self.add_names(id, &checked.aliases, &mut notes);
        self.refer(id, &checked, ExternalMatch::Exact);
        self.describe(id, &checked);
        Ok((Outcome::Created, notes))
    }

    fn update<T>(
        &mut self,
        placed: &Placed<T>,
        id: SkillId,
        row: &SkillRow,
        checked: Checked,
        mut notes: Vec<Remark>,
    ) -> Came {
        let category = match &row.category {
            Some(path) => {
                Some(self.categories.place(path).map_err(|rule| vec![Remark::new("category", rule)])?)
            }
            None => None,
        };
        self.spoken.insert(id, (Arc::clone(&placed.file), placed.line));
        let mut changed = false;
        let other_name = self.known.drafts.get(&id).is_some_and(|draft| draft.skill.name != checked.name);
        if other_name {
            if self.known.rename(id, &checked.name) {
                changed = true;
            } else {
                notes.push(Remark::new("name", "left out: it is the name of another skill"));
            }
        }
        if let Some(draft) = self.known.drafts.get_mut(&id) {
            let before = draft.skill.clone();
            let skill = &mut draft.skill;
            skill.description = checked.description.clone().unwrap_or_else(|| before.description.clone());
            skill.kind = row.kind.unwrap_or(before.kind);
            skill.category_id = category.unwrap_or(before.category_id);
            skill.review_interval_days = row.review_interval_days.or(before.review_interval_days);
            skill.expires_after_days = row.expires_after_days.or(before.expires_after_days);
            if *skill != before {
                draft.columns_changed = true;
                changed = true;
            }
        }
        changed |= self.add_names(id, &checked.aliases, &mut notes);
        changed |= self.refer(id, &checked, ExternalMatch::Exact);
        changed |= self.describe(id, &checked);
        Ok((if changed { Outcome::Updated } else { Outcome::Unchanged }, notes))
    }

    /// A second row of the run about one skill: only names are added, for which of two texts holds could change
    /// with every run.
    fn repeat(
        &mut self,
        id: SkillId,
        row: &SkillRow,
        checked: Checked,
        mut notes: Vec<Remark>,
        (file, line): &(Arc<str>, u64),
    ) -> (Outcome, Vec<Remark>) {
        let says_otherwise = self.known.drafts.get(&id).is_some_and(|draft| {
            let skill = &draft.skill;
            skill.name != checked.name
                || checked.description.as_ref().is_some_and(|text| *text != skill.description)
                || row.kind.is_some_and(|kind| kind != skill.kind)
        });
        let more = self.add_names(id, &checked.aliases, &mut notes);
        if says_otherwise {
            notes.push(Remark::new(
                "name",
                format!("line {line} of {file} says otherwise of this skill: that stays"),
            ));
        }
        let outcome = if says_otherwise || more { Outcome::Merged } else { Outcome::Unchanged };
        (outcome, notes)
    }

    /// A skill of that name is there already and not of this taxonomy: its own texts stay.
    fn merge<T>(
        &mut self,
        placed: &Placed<T>,
        id: SkillId,
        checked: Checked,
        mut notes: Vec<Remark>,
    ) -> Came {
        let name = self.known.drafts.get(&id).map(|draft| draft.skill.name.clone()).unwrap_or_default();
        let known = checked.reference.as_ref().is_some_and(|given| {
            self.known.by_reference(given.scheme, &given.uri).is_some_and(|(held, _)| held == id)
        });
        if !known && self.same_name == SameName::Refuse {
            return Err(vec![Remark::new("name", format!("is a name of the skill `{name}` already"))]);
        }
        self.spoken.entry(id).or_insert((Arc::clone(&placed.file), placed.line));
        let mut changed = self.add_names(id, &checked.aliases, &mut notes);
        changed |= self.refer(id, &checked, ExternalMatch::Close);
        if known && !changed {
            return Ok((Outcome::Unchanged, notes));
        }
        notes.push(Remark::new(
            "name",
            format!("the skill `{name}` has this name already: its own texts stay"),
        ));
        Ok((Outcome::Merged, notes))
    }

    /// Gives a skill other names; tells whether any was new.
    fn add_names(&mut self, id: SkillId, aliases: &[String], notes: &mut Vec<Remark>) -> bool {
        let before = self.known.drafts.get(&id).map_or(0, |draft| draft.more_aliases.len());
        for alias in aliases {
            if !self.known.add_alias(id, alias) {
                notes.push(Remark::new(
                    "aliases",
                    format!("left out `{alias}`: it is a name of another skill"),
                ));
            }
        }
        self.known.drafts.get(&id).map_or(0, |draft| draft.more_aliases.len()) > before
    }

    fn refer(&mut self, skill_id: SkillId, checked: &Checked, match_kind: ExternalMatch) -> bool {
        let Some(given) = &checked.reference else { return false };
        let (scheme, uri, scheme_version) = (given.scheme, given.uri.clone(), given.version.clone());
        let external = ExternalRef { skill_id, scheme, uri, scheme_version, match_kind };
        self.known.refer(self.write, external)
    }

    /// What levels look like; tells whether anything of it is new. Examples stay.
    fn describe(&mut self, skill_id: SkillId, checked: &Checked) -> bool {
        let Some(draft) = self.known.drafts.get_mut(&skill_id) else { return false };
        let mut changed = false;
        for (level, looks) in &checked.levels {
            match draft.levels.iter_mut().find(|held| held.level == *level) {
                Some(held) if held.behaviour == *looks => continue,
                Some(held) => held.behaviour.clone_from(looks),
                None => {
                    let (level, behaviour, examples) = (*level, looks.clone(), Vec::new());
                    draft.levels.push(SkillLevelDescriptor { skill_id, level, behaviour, examples });
                }
            }
            changed = true;
        }
        draft.levels_changed |= changed;
        changed
    }
}
