//! The market in figures: a market insight can hold the figure it states, and a salary figure can be the
//! MAXIMUM that is paid or a source's ESTIMATE.

use crate::{
    change::{Change, Dialect},
    m0007_published_versions::guard,
};

pub(crate) const CHANGE: Change = Change { name: "m0010_market_figures", up, down };

fn up(dialect: Dialect) -> String {
    let statistics = "MEAN MEDIAN PERCENTILE RANGE MAXIMUM ESTIMATE";
    dialect.render(FIGURE) + &change_statistics(dialect, statistics)
}

fn down(dialect: Dialect) -> String {
    change_statistics(dialect, "MEAN MEDIAN PERCENTILE RANGE") + DROP_FIGURE
}

/// A figure is whole or not there; its value is in hundredths of its unit, so that it is exact.
const FIGURE: &str = "
ALTER TABLE market_insight ADD COLUMN
figure_hundredths <bigint>;
ALTER TABLE market_insight ADD COLUMN
figure_unit <one of PERCENT COUNT>;
ALTER TABLE market_insight ADD COLUMN
figure_precision <one of EXACT ABOUT AT_MOST AT_LEAST>;
ALTER TABLE market_insight ADD COLUMN
figure_from_year integer CHECK (figure_from_year BETWEEN 1900 AND 2200);
ALTER TABLE market_insight ADD COLUMN
figure_to_year integer CHECK (figure_to_year BETWEEN 1900 AND 2200 AND figure_to_year >= figure_from_year)
CHECK ((figure_hundredths IS NULL) = (figure_unit IS NULL) AND (figure_unit IS NULL) = (figure_precision IS NULL))
CHECK ((figure_from_year IS NULL) = (figure_to_year IS NULL) AND (figure_to_year IS NULL OR figure_unit IS NOT NULL));
";

/// The last column first: its checks name the others.
const DROP_FIGURE: &str = "
ALTER TABLE market_insight DROP COLUMN figure_to_year;
ALTER TABLE market_insight DROP COLUMN figure_from_year;
ALTER TABLE market_insight DROP COLUMN figure_precision;
ALTER TABLE market_insight DROP COLUMN figure_unit;
ALTER TABLE market_insight DROP COLUMN figure_hundredths;
";

/// Lets `salary_benchmark.statistic` be one of `statistics`; rows of another one are lost.
fn change_statistics(dialect: Dialect, statistics: &str) -> String {
    let list = statistics.split(' ').map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
    match dialect {
        Dialect::Postgres => format!(
            "ALTER TABLE salary_benchmark DISABLE TRIGGER USER;
             DELETE FROM salary_benchmark WHERE statistic NOT IN ({list});
             ALTER TABLE salary_benchmark ENABLE TRIGGER USER;
             ALTER TABLE salary_benchmark DROP CONSTRAINT salary_benchmark_statistic_check;
             ALTER TABLE salary_benchmark ADD CONSTRAINT salary_benchmark_statistic_check
                 CHECK (statistic IN ({list}));\n"
        ),
        // A check of SQLite is part of its table, so the table is made anew, its triggers too.
        Dialect::Sqlite => {
            let table = dialect.render(&TABLE.replace("{statistics}", statistics));
            format!(
                "{table}
                 INSERT INTO salary_benchmark_next SELECT * FROM salary_benchmark WHERE statistic IN ({list});
                 DROP TABLE salary_benchmark;
                 ALTER TABLE salary_benchmark_next RENAME TO salary_benchmark;
                 CREATE INDEX salary_benchmark_version_position_idx
                     ON salary_benchmark (role_profile_version_id, position);\n"
            ) + &guard("salary_benchmark", dialect)
        }
    }
}

const TABLE: &str = "
CREATE TABLE salary_benchmark_next (
    id <uuid> NOT NULL PRIMARY KEY,
    role_profile_version_id <uuid> NOT NULL REFERENCES role_profile_version (id),
    position integer NOT NULL CHECK (position >= 0),
    region text NOT NULL CHECK (length(region) BETWEEN 1 AND 100),
    currency text NOT NULL CHECK (length(currency) = 3 AND currency = upper(currency)),
    period <one of YEAR HOUR> NOT NULL,
    basis <one of BASE TOTAL> NOT NULL,
    statistic <one of {statistics}> NOT NULL,
    percentile integer CHECK (percentile BETWEEN 1 AND 99),
    low_minor <bigint> NOT NULL CHECK (low_minor >= 0),
    high_minor <bigint> NOT NULL,
    source text NOT NULL CHECK (length(source) BETWEEN 1 AND 2000),
    as_of <day> NOT NULL,
    CHECK ((percentile IS NOT NULL) = (statistic = 'PERCENTILE')),
    CHECK (high_minor >= low_minor AND (statistic = 'RANGE' OR high_minor = low_minor))
) <end>;
";
