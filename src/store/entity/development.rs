//! The tables of development: plans, their goals, check-ins, and what to learn from. Rows as they are stored; no rule lives here.

/// A plan.
pub mod development_plan {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "development_plan")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: Uuid,
        pub target_role_profile_id: Option<Uuid>,
        pub starts_on: Date,
        pub ends_on: Date,
        pub status: String,
        pub created_at: DateTimeUtc,
        pub agreed_by_id: Option<Uuid>,
        pub agreed_at: Option<DateTimeUtc>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A goal; `plan_status` repeats its plan's, and the metric is in thousandths.
pub mod development_goal {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "development_goal")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub plan_id: Uuid,
        pub plan_status: String,
        pub position: i32,
        pub skill_id: Uuid,
        pub gap_version_id: Option<Uuid>,
        pub gap_importance: Option<String>,
        pub gap_required_level: Option<i32>,
        pub gap_actual_level: Option<i32>,
        pub gap_status: Option<String>,
        pub specific: String,
        pub metric_kind: Option<String>,
        pub metric_baseline: Option<i64>,
        pub metric_target: Option<i64>,
        pub metric_unit: Option<String>,
        pub achievable_because: String,
        pub relevance: String,
        pub starts_on: Date,
        pub due_on: Option<Date>,
        pub status: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What was measured, never changed; in thousandths.
pub mod goal_check_in {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "goal_check_in")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub goal_id: Uuid,
        pub seq: i32,
        pub at: DateTimeUtc,
        pub value: i64,
        pub note: Option<String>,
        pub by_id: Uuid,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Something to learn a skill from.
pub mod learning_resource {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "learning_resource")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub skill_id: Uuid,
        pub level: i32,
        pub title: String,
        pub title_key: String,
        pub url: String,
        pub licence: String,
        pub language: Option<String>,
        pub minutes: Option<i32>,
        pub status: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
