//! The category tree as an import knows it: what is there, and what the run adds to it.

use std::collections::{BTreeSet, HashMap};

use crate::{
    app::{Write, ids},
    domain::{
        ids::SkillCategoryId,
        revisions::{Aggregate, Root},
        skills::SkillCategory,
        text::{fold, is_slug, slug_of},
        time::Timestamp,
        trees::would_cycle,
        values,
    },
    interchange::{
        sheet::Remark,
        skills::{CategoryPath, CategoryRow},
    },
    store::StoreError,
};

/// Where a category stands: below which, and its name folded.
type Place = (Option<SkillCategoryId>, String);

/// Every category, with what changed.
pub(super) struct Categories {
    all: HashMap<SkillCategoryId, SkillCategory>,
    at: HashMap<Place, SkillCategoryId>,
    slugs: HashMap<String, SkillCategoryId>,
    last: HashMap<Option<SkillCategoryId>, i32>,
    added: Vec<SkillCategoryId>,
    changed: BTreeSet<SkillCategoryId>,
    now: Timestamp,
}

impl Categories {
    /// Reads the tree; ask under the catalogue's lock.
    pub(super) async fn read(write: &Write) -> Result<Self, StoreError> {
        let (all, at, slugs, last) = (HashMap::new(), HashMap::new(), HashMap::new(), HashMap::new());
        let (added, changed, now) = (Vec::new(), BTreeSet::new(), write.now());
        let mut tree = Self { all, at, slugs, last, added, changed, now };
        for category in write.tx.every_category().await? {
            tree.put(category);
        }
        Ok(tree)
    }

    fn put(&mut self, category: SkillCategory) {
        let (id, parent) = (category.id, category.parent_id);
        self.at.insert((parent, fold(&category.name)), id);
        self.slugs.insert(category.slug.clone(), id);
        let last = self.last.entry(parent).or_insert(-1);
        *last = category.position.max(*last);
        self.all.insert(id, category);
    }

    fn remove(&mut self, id: SkillCategoryId) -> Option<SkillCategory> {
        let category = self.all.remove(&id)?;
        self.at.remove(&(category.parent_id, fold(&category.name)));
        self.slugs.remove(&category.slug);
        Some(category)
    }

    /// The category at `path`, made with all above it when it is not there; a single name may be a slug.
    pub(super) fn place(&mut self, path: &CategoryPath) -> Result<SkillCategoryId, String> {
        if let [one] = path.as_slice()
            && is_slug(one)
            && let Some(id) = self.slugs.get(one)
        {
            return Ok(*id);
        }
        let mut at = None;
        for name in path {
            let name = values::name(name).map_err(|rule| format!("`{name}` {rule}"))?;
            at = Some(match self.at.get(&(at, fold(&name))) {
                Some(id) => *id,
                None => self.make(name, None, at, None),
            });
        }
        at.ok_or_else(|| "must name a category".to_owned())
    }

    fn make(
        &mut self,
        name: String,
        slug: Option<String>,
        parent_id: Option<SkillCategoryId>,
        position: Option<i32>,
    ) -> SkillCategoryId {
        let id = ids::fresh(self.now);
        let slug = slug.unwrap_or_else(|| self.free_slug(&name));
        let position =
            position.unwrap_or_else(|| self.last.get(&parent_id).map_or(0, |last| last.saturating_add(1)));
        self.put(SkillCategory { id, name, slug, parent_id, position, revision: 1 });
        self.added.push(id);
        id
    }

    fn free_slug(&self, name: &str) -> String {
        unused(name, "category", |slug| self.slugs.contains_key(slug))
    }

    /// Makes or changes the category of a row: whether it was new, and whether anything changed.
    pub(super) fn row(&mut self, row: &CategoryRow) -> Result<(bool, bool), Vec<Remark>> {
        let mut broken = Vec::new();
        let name = values::name(&row.name)
            .map_err(|rule| broken.push(Remark::new("name", rule)))
            .unwrap_or_default();
        let parent = match &row.parent {
            Some(path) if !path.is_empty() => {
                self.place(path).map_err(|rule| broken.push(Remark::new("parent", rule))).ok()
            }
            _ => None,
        };
        let slug = row.slug.as_deref().map(fitting_slug);
        if slug.as_deref() == Some("") {
            broken.push(Remark::new("slug", "must hold lower-case letters or digits"));
        }
        if !broken.is_empty() {
            return Err(broken);
        }
        let by_slug = slug.as_ref().and_then(|slug| self.slugs.get(slug)).copied();
        let known = by_slug.or_else(|| self.at.get(&(parent, fold(&name))).copied());
        let Some(id) = known else {
            self.make(name, slug, parent, row.position);
            return Ok((true, true));
        };
        self.change(id, name, row.parent.is_some().then_some(parent), row.position)
    }

    fn change(
        &mut self,
        id: SkillCategoryId,
        name: String,
        parent: Option<Option<SkillCategoryId>>,
        position: Option<i32>,
    ) -> Result<(bool, bool), Vec<Remark>> {
        let Some(before) = self.all.get(&id).cloned() else { return Ok((false, false)) };
        let parent_id = parent.unwrap_or(before.parent_id);
        if let Some(above) = parent_id
            && would_cycle(|at| self.all.get(&at).and_then(|category| category.parent_id), id, above)
        {
            return Err(vec![Remark::new("parent", "stands below the category itself")]);
        }
        if self.at.get(&(parent_id, fold(&name))).is_some_and(|other| *other != id) {
            return Err(vec![Remark::new("name", "is the name of another category there")]);
        }
        let after = SkillCategory {
            name,
            parent_id,
            position: position.unwrap_or(before.position),
            ..before.clone()
        };
        if after == before {
            return Ok((false, false));
        }
        self.remove(id);
        self.put(after);
        self.changed.insert(id);
        Ok((false, true))
    }

    /// Writes what changed since the last time, and adds the roots to `raised` and `new`.
    pub(super) async fn flush(
        &mut self,
        write: &Write,
        raised: &mut BTreeSet<Root>,
        new: &mut BTreeSet<Root>,
    ) -> Result<(), StoreError> {
        let added = std::mem::take(&mut self.added);
        let rows: Vec<SkillCategory> = added.iter().filter_map(|id| self.all.get(id)).cloned().collect();
        write.tx.insert_skill_categories(&rows).await?;
        new.extend(added.iter().map(|id| Root::of(Aggregate::SkillCategory, *id)));
        for id in std::mem::take(&mut self.changed) {
            let Some(category) = self.all.get(&id) else { continue };
            write.tx.update_skill_category(category).await?;
            let root = Root::of(Aggregate::SkillCategory, id);
            if !new.contains(&root) {
                raised.insert(root);
            }
        }
        Ok(())
    }
}

/// A slug that is one already, or the nearest to what the file has.
pub(super) fn fitting_slug(text: &str) -> String {
    if is_slug(text) { text.to_owned() } else { slug_of(text) }
}

/// A slug for `name` that is not in use: numbered when it has to be, `kind` when the name suggests none.
pub(super) fn unused(name: &str, kind: &str, taken: impl Fn(&str) -> bool) -> String {
    let stem = slug_of(name);
    let stem = if stem.is_empty() { kind } else { &stem };
    if !taken(stem) {
        return stem.to_owned();
    }
    let short: String = stem.chars().take(54).collect();
    let short = short.trim_end_matches('-');
    (2_u32..).map(|n| format!("{short}-{n}")).find(|slug| !taken(slug)).unwrap_or_default()
}
