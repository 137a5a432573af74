//! Storing what changes of a skill, once it is checked.

use uuid::Uuid;

use crate::{
    app::{
        Failure, Write,
        skills::{circles::refuse_circles, names, taken, update::relations::RelationChanges},
    },
    domain::skills::{ExternalRef, Skill, SkillLevelDescriptor, SkillStatus},
};

/// The skill as it stands from now on, and the lists that take the place of its own.
pub(super) struct Changes {
    /// Every column.
    pub skill: Skill,
    /// All its own aliases from now on.
    pub aliases: Vec<String>,
    /// Whether the name or the aliases change.
    pub renamed: bool,
    /// What its levels look like.
    pub level_descriptors: Option<Vec<SkillLevelDescriptor>>,
    /// Relations that go and come.
    pub relations: Option<RelationChanges>,
    /// References, each row with its id.
    pub external_refs: Option<Vec<(Uuid, ExternalRef)>>,
}

impl Changes {
    /// Writes them, and refuses relations that run in a circle.
    pub(super) async fn store(&self, write: &Write) -> Result<(), Failure> {
        let (tx, id) = (&write.tx, self.skill.id);
        tx.update_skill(&self.skill).await.map_err(taken)?;
        if self.renamed {
            self.rename(write).await?;
        }
        if let Some(descriptors) = &self.level_descriptors {
            tx.clear_skill_level_descriptors(id).await?;
            tx.insert_skill_level_descriptors(descriptors).await?;
        }
        if let Some(refs) = &self.external_refs {
            tx.clear_external_refs(id).await?;
            tx.insert_external_refs(refs).await.map_err(taken)?;
        }
        if let Some(relations) = &self.relations {
            tx.delete_skill_relations(&relations.gone).await?;
            tx.insert_skill_relations(&relations.come).await?;
            refuse_circles(write, id, "relations").await?;
        }
        Ok(())
    }

    /// A proposal reserves no names until it is approved.
    async fn rename(&self, write: &Write) -> Result<(), Failure> {
        let id = self.skill.id;
        write.tx.clear_skill_aliases(id).await?;
        write.tx.insert_unreserved_aliases(&names::rows(write, id, &self.aliases)).await?;
        if self.skill.status != SkillStatus::Proposed {
            let own = std::iter::once(&self.skill.name).chain(&self.aliases);
            let own: Vec<&str> = own.map(String::as_str).collect();
            write.tx.replace_skill_names(id, &own).await.map_err(taken)?;
        }
        Ok(())
    }
}
