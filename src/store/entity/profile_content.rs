//! The tables a role profile version's content is in; written only while the version is DRAFT. Rows as they are stored; no rule lives here.

/// Something the role answers for.
pub mod responsibility {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "responsibility")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub role_profile_version_id: Uuid,
        pub position: i32,
        pub area: String,
        pub statement: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A level of a skill the role needs.
pub mod role_skill_requirement {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "role_skill_requirement")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub role_profile_version_id: Uuid,
        pub position: i32,
        pub skill_id: Uuid,
        pub required_level: i32,
        pub importance: String,
        pub weight: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A degree, experience, certificate or preference.
pub mod qualification {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "qualification")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub role_profile_version_id: Uuid,
        pub position: i32,
        pub kind: String,
        pub statement: String,
        pub min_years: Option<i32>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A way of working the role keeps.
pub mod practice {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "practice")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub role_profile_version_id: Uuid,
        pub position: i32,
        pub topic: String,
        pub statement: String,
        pub skill_id: Option<Uuid>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A difficulty the role meets.
pub mod challenge {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "challenge")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub role_profile_version_id: Uuid,
        pub position: i32,
        pub title: String,
        pub problem: String,
        pub resolution: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A skill that helps with a challenge.
pub mod challenge_skill {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "challenge_skill")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub challenge_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub skill_id: Uuid,
        pub position: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A statement about the market for the role.
pub mod market_insight {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "market_insight")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub role_profile_version_id: Uuid,
        pub position: i32,
        pub topic: String,
        pub statement: String,
        pub figure_hundredths: Option<i64>,
        pub figure_unit: Option<String>,
        pub figure_precision: Option<String>,
        pub figure_from_year: Option<i32>,
        pub figure_to_year: Option<i32>,
        pub source: String,
        pub as_of: Date,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A figure for what the role is paid.
pub mod salary_benchmark {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "salary_benchmark")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub role_profile_version_id: Uuid,
        pub position: i32,
        pub region: String,
        pub currency: String,
        pub period: String,
        pub basis: String,
        pub statistic: String,
        pub percentile: Option<i32>,
        pub low_minor: i64,
        pub high_minor: i64,
        pub source: String,
        pub as_of: Date,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
