//! A matrix as a file: `Team.matrixDownload` hands out a signed link, and `/downloads/matrix` follows it. Reads no
//! matrix itself.

use async_graphql::{Context, Enum, Result, SimpleObject};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    domain::{ids::TeamId, matrix},
    graphql::{context::Reading, matrix::SkillMatrixArguments, scalars::DateTime},
    views::{links::link_key, matrix::MatrixOrder},
};

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "matrix::MatrixFormat")]
pub enum MatrixFormat {
    /// CSV. One line a person, one column a skill, the levels.
    Csv,
    /// XLSX. A spreadsheet with a sheet of levels and one of what is required.
    Xlsx,
    /// JSON. Levels, requirements, sources and staleness, for programs.
    Json,
}

/// A link to a file. Whoever follows it gets what you may see when it is followed.
#[derive(Debug, SimpleObject)]
pub struct MatrixDownload {
    /// Where the file is, below the address of this service. It needs no token: pass it on to nobody.
    url: String,
    /// Until when the link is good: for five minutes, or as long as your token.
    expires_at: DateTime,
}

/// A link to the matrix of a team the viewer sees; `None` when it names a role profile they do not see.
///
/// # Errors
/// `BAD_USER_INPUT` for arguments, or what the store returns.
pub async fn download_of(
    ctx: &Context<'_>,
    team_id: TeamId,
    format: MatrixFormat,
    arguments: SkillMatrixArguments,
) -> Result<Option<MatrixDownload>> {
    let Some(question) = arguments.question(ctx, team_id).await? else { return Ok(None) };
    let reads = ctx.reads()?;
    let order = MatrixOrder::of(&question, format.into());
    let signed = link_key(&reads.store).await?.sign(reads.scope.viewer(), reads.scope.now(), order);
    Ok(signed.map(|(link, until)| MatrixDownload {
        url: format!("/downloads/matrix?link={}", utf8_percent_encode(&link, NON_ALPHANUMERIC)),
        expires_at: DateTime(until),
    }))
}
