//! The published schema says what the reader does.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    domain::profiles::{
        CareerPathKind, CareerTrack, FigurePrecision, FigureUnit, Importance, MarketTopic, QualificationKind,
        SalaryBasis, SalaryPeriod, SalaryStatistic,
    },
    interchange::{demo::demo, profiles::schema},
};

fn at(pointer: &str) -> Value {
    schema().pointer(pointer).unwrap_or_else(|| panic!("no {pointer} in {:#}", schema())).clone()
}

#[test]
fn every_enum_of_the_schema_is_the_one_of_the_domain() {
    macro_rules! same {
        ($($at:literal $choices:ty;)*) => {$(
            let names: Vec<&str> = <$choices>::ALL.iter().map(|choice| choice.as_str()).collect();
            assert_eq!(at(concat!($at, "/enum")), serde_json::json!(names), $at);
        )*};
    }
    same! {
        "/properties/track" CareerTrack;
        "/$defs/Requirement/properties/importance" Importance;
        "/$defs/Qualification/properties/kind" QualificationKind;
        "/$defs/MarketInsight/properties/topic" MarketTopic;
        "/$defs/MarketFigure/properties/unit" FigureUnit;
        "/$defs/MarketFigure/properties/precision" FigurePrecision;
        "/$defs/SalaryBenchmark/properties/period" SalaryPeriod;
        "/$defs/SalaryBenchmark/properties/basis" SalaryBasis;
        "/$defs/SalaryBenchmark/properties/statistic" SalaryStatistic;
        "/$defs/CareerPath/properties/kind" CareerPathKind;
    }
}

#[test]
fn every_field_of_the_schema_is_described_and_no_other_is_admitted() {
    let schema = schema();
    let defs = schema["$defs"].as_object().unwrap();
    for object in defs.values().chain([&schema]) {
        assert_eq!(object["additionalProperties"], false, "{object:#}");
        for (name, field) in object["properties"].as_object().unwrap() {
            assert!(field["description"].as_str().is_some_and(|text| !text.is_empty()), "{name}");
        }
    }
    assert_eq!(defs.len(), 9);
}

#[test]
fn every_shipped_profile_is_valid_by_the_schema() {
    let validator = jsonschema::options().should_validate_formats(true).build(&schema()).unwrap();
    let profiles = demo().unwrap().profiles;
    for row in &profiles {
        let value = serde_json::to_value(row).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", row.key);
    }
    assert_eq!(profiles.iter().map(|row| &row.key).collect::<BTreeSet<_>>().len(), 12);
}
