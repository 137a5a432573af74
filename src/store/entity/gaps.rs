//! The tables around gaps: exemptions from requirements. Rows as they are stored; no rule lives here.

/// Somebody excused from what is required of a skill; ends at `valid_until`, or at `ended_at` before it.
pub mod requirement_exemption {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "requirement_exemption")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: Uuid,
        pub skill_id: Uuid,
        pub reason: String,
        pub granted_by_id: Option<Uuid>,
        pub valid_from: DateTimeUtc,
        pub valid_until: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
        pub ended_by_id: Option<Uuid>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
