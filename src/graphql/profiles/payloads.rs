//! What a client gets back from changing role profiles: read again under its scope, after the change.

use async_graphql::{Context, Result, SimpleObject};
use uuid::Uuid;

use crate::{
    domain::{
        ids::{RoleProfileId, RoleProfileVersionId},
        text::fold,
    },
    graphql::{
        connection::Edge,
        mutation::{Outcome, UserError},
        paging::encode,
        profiles::{RoleProfile, RoleProfileVersion},
    },
    store::{Cursor, SortKey},
};

/// What came of beginning a role profile.
#[derive(Debug, SimpleObject)]
pub struct CreateRoleProfilePayload {
    /// The new role profile; null when nothing was written.
    role_profile: Option<RoleProfile>,
    /// The new role profile as it stands in `Query.roleProfiles`; null when nothing was written.
    edge: Option<Edge<RoleProfile>>,
    /// Why nothing was written, at most 100 reasons; empty when it is done.
    user_errors: Vec<UserError>,
}

impl CreateRoleProfilePayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome) -> Result<Self> {
        let role_profile = role_profile(ctx, outcome.ids.first().copied()).await?;
        let edge = role_profile.clone().map(|node| {
            let place = Cursor { key: SortKey::Text(fold(&node.0.title)), id: node.0.id.uuid() };
            Edge { cursor: encode(&place), node }
        });
        Ok(Self { role_profile, edge, user_errors: outcome.user_errors })
    }
}

/// Payloads that show one role profile that was there before.
macro_rules! changed {
    ($($(#[$doc:meta])* $payload:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $payload {
            /// The role profile after the change, or as it stands on CONFLICT; null when it was refused
            /// otherwise.
            role_profile: Option<RoleProfile>,
            /// Why nothing was written, at most 100 reasons; empty when it is done.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
                let role_profile = role_profile(ctx, outcome.shown(named)).await?;
                Ok(Self { role_profile, user_errors: outcome.user_errors })
            }
        }
    )*};
}

changed! {
    /// What came of changing a role profile.
    UpdateRoleProfilePayload;
    /// What came of archiving a role profile.
    ArchiveRoleProfilePayload;
}

/// Payloads that show a role profile and the version that was written.
macro_rules! versioned {
    ($($(#[$doc:meta])* $payload:ident { $(#[$vdoc:meta])* $version:ident })*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $payload {
            /// The role profile after the change, or as it stands on CONFLICT; null when it was refused
            /// otherwise.
            role_profile: Option<RoleProfile>,
            $(#[$vdoc])*
            $version: Option<RoleProfileVersion>,
            /// Why nothing was written, at most 100 reasons; empty when it is done.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
                let role_profile = role_profile(ctx, outcome.shown(named)).await?;
                let $version = match outcome.ids.get(1) {
                    Some(id) => RoleProfileVersion::find(ctx, RoleProfileVersionId::from_uuid(*id)).await?,
                    None => None,
                };
                Ok(Self { role_profile, $version, user_errors: outcome.user_errors })
            }
        }
    )*};
}

versioned! {
    /// What came of writing the next version of a role profile.
    SaveRoleProfileDraftPayload {
        /// The draft; null when nothing was written.
        draft
    }
    /// What came of publishing a role profile.
    PublishRoleProfilePayload {
        /// The version that holds from now on; null when nothing was written.
        version
    }
}

async fn role_profile(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<RoleProfile>> {
    match id {
        Some(id) => RoleProfile::find(ctx, RoleProfileId::from_uuid(id)).await,
        None => Ok(None),
    }
}
