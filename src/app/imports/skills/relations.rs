//! How the skills of a run relate, once all of them are there. Only adds; what leads nowhere is told.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    app::{
        Write,
        imports::{ImportError, Run, batch, skills::categories::fitting_slug},
    },
    domain::{
        ids::SkillId,
        revisions::{Aggregate, Root},
        skills::{ExternalScheme, SkillRelation, SkillRelationKind, is_older_release},
        text::fold,
        trees::would_close_circle,
    },
    interchange::{
        sheet::{Placed, Remark},
        skills::{Catalogue, CatalogueRow, SkillRow},
    },
    store::StoreError,
};

/// The most relations a skill is given.
const MOST: usize = 100;

/// Every relation there is, as it grows.
struct Graph {
    all: BTreeSet<(SkillId, SkillId, &'static str)>,
    broader: HashMap<SkillId, Vec<SkillId>>,
    degree: HashMap<SkillId, usize>,
}

/// Adds the relations of all rows of `catalogue`.
pub(super) async fn relate(
    run: &mut Run,
    catalogue: &Catalogue,
    raised: &mut BTreeSet<Root>,
    new: &BTreeSet<Root>,
) -> Result<(), ImportError> {
    let mut rows = catalogue.rows()?;
    let mut graph: Option<Graph> = None;
    let mut done = 0;
    loop {
        let some = batch(&mut rows)?;
        if some.is_empty() {
            return Ok(());
        }
        done += some.len() as u64;
        let relating: Vec<(&Placed<CatalogueRow>, &SkillRow)> = some.iter().filter_map(relating).collect();
        if relating.is_empty() {
            continue;
        }
        let graph = match &mut graph {
            Some(graph) => graph,
            None => graph.insert(Graph::read(&run.write).await?),
        };
        let ends = Ends::read(&run.write, relating.iter().map(|(_, row)| *row)).await?;
        let mut added = Vec::new();
        for (placed, row) in relating {
            let remarks = graph.row(&ends, row, &mut added);
            if !remarks.is_empty() {
                run.tally.part(placed, remarks);
            }
        }
        run.write.tx.insert_skill_relations(&added).await?;
        run.tally.count("relations added", added.len() as u64);
        let from = added.iter().map(|relation| Root::of(Aggregate::Skill, relation.from_id));
        raised.extend(from.filter(|root| !new.contains(root)));
        run.progress("relations of rows", done);
    }
}

fn relating(placed: &Placed<CatalogueRow>) -> Option<(&Placed<CatalogueRow>, &SkillRow)> {
    match &placed.row {
        Ok(CatalogueRow::Skill(row)) if !(row.related.is_empty() && row.broader.is_empty()) => {
            Some((placed, row))
        }
        _ => None,
    }
}

impl Graph {
    async fn read(write: &Write) -> Result<Self, StoreError> {
        let mut graph = Self { all: BTreeSet::new(), broader: HashMap::new(), degree: HashMap::new() };
        for relation in write.tx.every_relation().await? {
            graph.put(relation);
        }
        Ok(graph)
    }

    fn put(&mut self, relation: SkillRelation) {
        let SkillRelation { from_id, to_id, kind } = relation;
        self.all.insert((from_id, to_id, kind.as_str()));
        *self.degree.entry(from_id).or_default() += 1;
        if kind == SkillRelationKind::Broader {
            self.broader.entry(from_id).or_default().push(to_id);
        }
    }

    /// Adds what a row says, and tells what of it leads nowhere. A row that became no skill was told of before.
    fn row(&mut self, ends: &Ends, row: &SkillRow, added: &mut Vec<SkillRelation>) -> Vec<Remark> {
        let Some(from_id) = ends.of_row(row).filter(|_| !ends.knows_newer(row)) else { return Vec::new() };
        let scheme = row.reference.as_ref().map(|given| given.scheme);
        let mut remarks = Vec::new();
        for (field, kind, names) in [
            ("related", SkillRelationKind::Related, &row.related),
            ("broader", SkillRelationKind::Broader, &row.broader),
        ] {
            for name in names {
                let said = match ends.named(scheme, name) {
                    None => Some("there is no such skill"),
                    Some(to_id) => self.add(SkillRelation { from_id, to_id, kind }, added).err(),
                };
                remarks.extend(said.map(|why| Remark::new(field, format!("left out `{name}`: {why}"))));
            }
        }
        remarks
    }

    fn add(&mut self, relation: SkillRelation, added: &mut Vec<SkillRelation>) -> Result<(), &'static str> {
        let SkillRelation { from_id, to_id, kind } = relation;
        let there = |from, to| self.all.contains(&(from, to, kind.as_str()));
        if there(from_id, to_id) || (kind == SkillRelationKind::Related && there(to_id, from_id)) {
            return Ok(());
        }
        if from_id == to_id {
            return Err("a skill does not relate to itself");
        }
        if self.degree.get(&from_id).is_some_and(|degree| *degree >= MOST) {
            return Err("a skill has at most 100 relations");
        }
        let wider = |skill| self.broader.get(&skill).cloned().unwrap_or_default();
        if kind == SkillRelationKind::Broader && would_close_circle(wider, from_id, to_id) {
            return Err("the skill would come before itself by BROADER");
        }
        self.put(relation);
        added.push(relation);
        Ok(())
    }
}

/// The skills that the rows of a batch name.
struct Ends {
    refs: BTreeMap<(ExternalScheme, String), SkillId>,
    releases: BTreeMap<(ExternalScheme, String), String>,
    slugs: HashMap<String, SkillId>,
    names: HashMap<String, SkillId>,
}

impl Ends {
    async fn read<'r>(
        write: &Write,
        rows: impl Iterator<Item = &'r SkillRow> + Clone,
    ) -> Result<Self, StoreError> {
        let mut ends = Self {
            refs: BTreeMap::new(),
            releases: BTreeMap::new(),
            slugs: HashMap::new(),
            names: HashMap::new(),
        };
        let targets = rows.clone().flat_map(|row| row.related.iter().chain(&row.broader));
        let targets: BTreeSet<&str> = targets.map(String::as_str).collect();
        for scheme in ExternalScheme::ALL {
            let of = |row: &'r SkillRow| row.reference.as_ref().filter(|given| given.scheme == *scheme);
            let mut uris: BTreeSet<&str> =
                rows.clone().filter_map(of).map(|given| given.uri.as_str()).collect();
            if uris.is_empty() {
                continue;
            }
            uris.extend(&targets);
            for held in write.tx.references_held(*scheme, &uris.into_iter().collect::<Vec<_>>()).await? {
                ends.releases.insert((*scheme, held.uri.clone()), held.version);
                ends.refs.insert((*scheme, held.uri), held.skill_id);
            }
        }
        let own = rows.clone().filter_map(|row| row.slug.as_deref());
        let slugs: BTreeSet<String> = targets.iter().copied().chain(own).map(fitting_slug).collect();
        let slugs: Vec<&str> = slugs.iter().map(String::as_str).filter(|slug| !slug.is_empty()).collect();
        for held in write.tx.skills_with_slugs(&slugs).await? {
            ends.slugs.insert(held.slug, held.skill_id);
        }
        let names: BTreeSet<&str> = targets.into_iter().chain(rows.map(|row| row.name.as_str())).collect();
        for held in write.tx.holders_of_names(&names.into_iter().collect::<Vec<_>>()).await? {
            ends.names.insert(held.name_key, held.finds);
        }
        Ok(ends)
    }

    fn of_row(&self, row: &SkillRow) -> Option<SkillId> {
        let by_reference =
            row.reference.as_ref().and_then(|given| self.refs.get(&(given.scheme, given.uri.clone())));
        let by_slug = || row.slug.as_deref().and_then(|slug| self.slugs.get(&fitting_slug(slug)));
        by_reference.or_else(by_slug).or_else(|| self.names.get(&fold(&row.name))).copied()
    }

    /// Whether the skill of a row is that of a later release: the row was skipped.
    fn knows_newer(&self, row: &SkillRow) -> bool {
        row.reference.as_ref().is_some_and(|given| {
            let held = self.releases.get(&(given.scheme, given.uri.clone()));
            held.is_some_and(|held| is_older_release(&given.version, held))
        })
    }

    fn named(&self, scheme: Option<ExternalScheme>, name: &str) -> Option<SkillId> {
        let by_reference = scheme.and_then(|scheme| self.refs.get(&(scheme, name.to_owned())));
        let by_slug = || self.slugs.get(&fitting_slug(name));
        by_reference.or_else(|| self.names.get(&fold(name))).or_else(by_slug).copied()
    }
}
