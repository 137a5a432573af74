//! The assessments' tables: ratings with what happened to them, interests, and the current levels. Rows as they are stored; no rule lives here.

/// One rating, never changed; `evidence` is a JSON array of strings.
pub mod skill_assessment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "skill_assessment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: Uuid,
        pub skill_id: Uuid,
        pub level: i32,
        pub confidence: Option<String>,
        pub source: String,
        pub party: String,
        pub assessor_id: Option<Uuid>,
        pub certificate: Option<String>,
        pub observed_at: DateTimeUtc,
        pub recorded_at: DateTimeUtc,
        pub expires_at: Option<DateTimeUtc>,
        pub evidence: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What happened to a rating; the greatest `seq` is its status.
pub mod skill_assessment_status {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "skill_assessment_status")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub assessment_id: Uuid,
        pub status: String,
        pub by_id: Option<Uuid>,
        pub at: DateTimeUtc,
        pub reason: Option<String>,
        pub seq: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What the assessor wrote, apart from the rating so that erasure can blank it.
pub mod skill_assessment_note {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "skill_assessment_note")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub assessment_id: Uuid,
        pub note: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What the assessed person answered.
pub mod skill_assessment_response {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "skill_assessment_response")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub assessment_id: Uuid,
        pub text: String,
        pub at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How much a person wants to work with a skill, since when.
pub mod skill_interest {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "skill_interest")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub skill_id: Uuid,
        pub interest: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub since: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What may count of a person now, by the canonical skill; derived, see the migration.
pub mod current_level {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "current_level")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub skill_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub assessment_id: Uuid,
        pub recorded_skill_id: Uuid,
        pub source: String,
        pub party: String,
        pub level: i32,
        pub confidence: Option<String>,
        pub observed_at: DateTimeUtc,
        pub recorded_at: DateTimeUtc,
        pub expires_at: Option<DateTimeUtc>,
        pub validated: bool,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
