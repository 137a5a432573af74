//! The salary figures of published role profiles, page by page. Asks for its permission each time, and is remembered
//! nowhere.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{RoleProfileId, RoleProfileVersionId},
        policy::reach,
        profiles::{SalaryBasis, SalaryBenchmark, SalaryPeriod, SalaryStatistic},
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        paging::Keyset,
        profile_content::{BENCHMARK_COLUMNS, BenchmarkRow, benchmark},
        profiles,
        rows::uuids,
        sql::Sql,
    },
};

/// Which salary figures a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct SalaryFilter {
    /// Of these role profiles; of all when absent.
    pub role_profiles: Option<Vec<RoleProfileId>>,
    /// Of these regions; any when empty.
    pub regions: Vec<String>,
    /// In this currency.
    pub currency: Option<String>,
    /// Paid for this.
    pub period: Option<SalaryPeriod>,
    /// Containing this.
    pub basis: Option<SalaryBasis>,
    /// One of these; any when empty.
    pub statistics: Vec<SalaryStatistic>,
    /// Of these sources; any when empty.
    pub sources: Vec<String>,
}

/// How a list of salary figures is ordered: by their lower end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct SalaryOrder {
    /// Greatest first.
    pub descending: bool,
}

/// A salary figure and the role profile whose published version states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedSalary {
    /// Of which role.
    pub role_profile_id: RoleProfileId,
    /// By which version.
    pub version_id: RoleProfileVersionId,
    /// The figure.
    pub benchmark: SalaryBenchmark,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    role_profile_id: Uuid,
    #[sea_orm(nested)]
    figure: BenchmarkRow,
}

impl Reader {
    /// A page of the figures of role profiles the viewer sees; `None` without the permission to know.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn salary_benchmarks_page(
        &self,
        scope: &Scope,
        filter: &SalaryFilter,
        order: SalaryOrder,
        page: &PageRequest,
    ) -> Result<Option<Page<StatedSalary>>, StoreError> {
        if !reach::salaries(scope.claims()) {
            return Ok(None);
        }
        let mut sql = self.sql(&format!(
            "SELECT c.id, v.role_profile_id, c.role_profile_version_id AS version_id, {BENCHMARK_COLUMNS} \
             FROM salary_benchmark c JOIN role_profile_version v ON v.id = c.role_profile_version_id \
             JOIN role_profile f ON f.id = v.role_profile_id WHERE v.status = 'PUBLISHED'"
        ));
        profiles::seen(&mut sql, scope);
        narrow(&mut sql, filter);
        Keyset { column: "c.low_minor", id: "c.id", descending: order.descending }.window(&mut sql, page);
        let place = |row: &Row| Cursor { key: SortKey::Number(row.figure.low_minor), id: row.id };
        Page::of(self.all(sql).await?, page, place).try_map(stated).map(Some)
    }
}

fn narrow(sql: &mut Sql, filter: &SalaryFilter) {
    if let Some(profiles) = &filter.role_profiles {
        sql.push(" AND ").one_of("v.role_profile_id", uuids(profiles));
    }
    let texts = [
        ("c.currency", filter.currency.as_deref()),
        ("c.period", filter.period.map(SalaryPeriod::as_str)),
        ("c.basis", filter.basis.map(SalaryBasis::as_str)),
    ];
    for (column, text) in texts {
        if let Some(text) = text {
            sql.push(&format!(" AND {column} = ")).bind(text);
        }
    }
    for (column, texts) in [("c.region", &filter.regions), ("c.source", &filter.sources)] {
        if !texts.is_empty() {
            sql.push(" AND ").one_of_text(column, texts.iter().map(String::as_str));
        }
    }
    if !filter.statistics.is_empty() {
        sql.push(" AND ").one_of_text("c.statistic", filter.statistics.iter().map(|one| one.as_str()));
    }
}

fn stated(row: Row) -> Result<StatedSalary, StoreError> {
    let (version_id, benchmark) = benchmark(row.figure)?;
    Ok(StatedSalary { role_profile_id: RoleProfileId::from_uuid(row.role_profile_id), version_id, benchmark })
}
