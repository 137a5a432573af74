//! What a set is read with: its coverage of a role, its relations and its kit, each loaded for many sets at once;
//! and the link to a kit.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, Result, SimpleObject, dataloader::Loader};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    domain::{ids::QuestionSetId, questions::QuestionRelation},
    graphql::{
        context::{Reading, Reads},
        scalars::DateTime,
    },
    store::StoreError,
    views::{
        links::link_key,
        question_sets::{CoverageQuestion, Kit, KitOrder, SetCoverageView, coverages_of, kits_of},
    },
};

/// What a set that was found under the scope covers of a version that was found so too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CoverageOf(pub CoverageQuestion);

impl Loader<CoverageOf> for Reads {
    type Value = Arc<SetCoverageView>;
    type Error = StoreError;

    async fn load(&self, keys: &[CoverageOf]) -> Result<HashMap<CoverageOf, Self::Value>, StoreError> {
        let questions: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = coverages_of(&self.store, &questions).await?;
        Ok(found.into_iter().map(|(question, view)| (CoverageOf(question), Arc::new(view))).collect())
    }
}

/// The kit of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KitOf(pub QuestionSetId);

impl Loader<KitOf> for Reads {
    type Value = Arc<Kit>;
    type Error = StoreError;

    async fn load(&self, keys: &[KitOf]) -> Result<HashMap<KitOf, Self::Value>, StoreError> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = kits_of(&self.store, &self.scope, &ids).await?;
        Ok(found.into_iter().map(|(id, kit)| (KitOf(id), Arc::new(kit))).collect())
    }
}

/// What the questions of a set that was found under the scope are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RelationsWithinSet(pub QuestionSetId);

impl Loader<RelationsWithinSet> for Reads {
    type Value = Arc<Vec<QuestionRelation>>;
    type Error = StoreError;

    async fn load(
        &self,
        keys: &[RelationsWithinSet],
    ) -> Result<HashMap<RelationsWithinSet, Self::Value>, StoreError> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = self.store.relations_within_question_sets(&ids).await?;
        Ok(found.into_iter().map(|(id, all)| (RelationsWithinSet(id), Arc::new(all))).collect())
    }
}

/// A link to the kit of a set: a page to print. Whoever follows it sees what you may see when it is followed.
#[derive(Debug, SimpleObject)]
pub struct QuestionSetKitLink {
    /// Where the page is, below the address of this service. It needs no token: pass it on to nobody.
    url: String,
    /// Until when the link is good: for five minutes, or as long as your token.
    expires_at: DateTime,
}

/// A link to the kit of a set that the viewer sees.
///
/// # Errors
/// What the store returns.
pub(super) async fn link_of(ctx: &Context<'_>, id: QuestionSetId) -> Result<Option<QuestionSetKitLink>> {
    let reads = ctx.reads()?;
    let order = KitOrder { question_set_id: id };
    let signed = link_key(&reads.store).await?.sign(reads.scope.viewer(), reads.scope.now(), order);
    Ok(signed.map(|(link, until)| QuestionSetKitLink {
        url: format!("/downloads/kit?link={}", utf8_percent_encode(&link, NON_ALPHANUMERIC)),
        expires_at: DateTime(until),
    }))
}
