//! Limits of values: bounds, patterns, multiples.

use serde_json::Value;

use crate::aspect::Aspect;
use crate::compare::Comparing;
use crate::compare::schemas::Both;
use crate::rust::Levels;

/// A bound: its keyword, and what is reported when it is stated, dropped, lowered and raised.
struct Bound(&'static str, Aspect, Aspect, Aspect, Aspect);

const BOUNDS: [Bound; 10] = {
    use Aspect as A;
    [
        Bound(
            "maximum",
            A::MaximumStated,
            A::MaximumDropped,
            A::MaximumLowered,
            A::MaximumRaised,
        ),
        Bound(
            "minimum",
            A::MinimumStated,
            A::MinimumDropped,
            A::MinimumLowered,
            A::MinimumRaised,
        ),
        Bound(
            "exclusiveMaximum",
            A::ExclusiveMaximumStated,
            A::ExclusiveMaximumDropped,
            A::ExclusiveMaximumLowered,
            A::ExclusiveMaximumRaised,
        ),
        Bound(
            "exclusiveMinimum",
            A::ExclusiveMinimumStated,
            A::ExclusiveMinimumDropped,
            A::ExclusiveMinimumLowered,
            A::ExclusiveMinimumRaised,
        ),
        Bound(
            "maxLength",
            A::MaxLengthStated,
            A::MaxLengthDropped,
            A::MaxLengthLowered,
            A::MaxLengthRaised,
        ),
        Bound(
            "minLength",
            A::MinLengthStated,
            A::MinLengthDropped,
            A::MinLengthLowered,
            A::MinLengthRaised,
        ),
        Bound(
            "maxItems",
            A::MaxItemsStated,
            A::MaxItemsDropped,
            A::MaxItemsLowered,
            A::MaxItemsRaised,
        ),
        Bound(
            "minItems",
            A::MinItemsStated,
            A::MinItemsDropped,
            A::MinItemsLowered,
            A::MinItemsRaised,
        ),
        Bound(
            "maxProperties",
            A::MaxPropertiesStated,
            A::MaxPropertiesDropped,
            A::MaxPropertiesLowered,
            A::MaxPropertiesRaised,
        ),
        Bound(
            "minProperties",
            A::MinPropertiesStated,
            A::MinPropertiesDropped,
            A::MinPropertiesLowered,
            A::MinPropertiesRaised,
        ),
    ]
};

/// Keywords that this module compares.
pub(crate) const KEYWORDS: [&str; 14] = [
    "maximum",
    "minimum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "maxItems",
    "minItems",
    "maxProperties",
    "minProperties",
    "multipleOf",
    "pattern",
    "uniqueItems",
    "not",
];

impl<'d> Comparing<'d> {
    pub(crate) fn limits(&mut self, both: &Both<'_, 'd>) {
        for Bound(key, stated, dropped, lowered, raised) in BOUNDS {
            let number = |value: Option<&Value>| value.and_then(Value::as_f64);
            let (was, is) = (number(both.was.keyword(key)), number(both.is.keyword(key)));
            let aspect = match (was, is) {
                (None, Some(_)) => stated,
                (Some(_), None) => dropped,
                (Some(was), Some(is)) if is < was => lowered,
                (Some(was), Some(is)) if is > was => raised,
                _ => continue,
            };
            self.note(both.place, aspect, both.keyword(key), Levels::PATCH);
        }
        let flags = [
            (
                "exclusiveMaximum",
                Aspect::MaximumMadeExclusive,
                Aspect::MaximumMadeInclusive,
            ),
            (
                "exclusiveMinimum",
                Aspect::MinimumMadeExclusive,
                Aspect::MinimumMadeInclusive,
            ),
            (
                "uniqueItems",
                Aspect::UniqueItemsStated,
                Aspect::UniqueItemsDropped,
            ),
        ];
        for (key, set, unset) in flags {
            let aspect = match (both.was.is(key), both.is.is(key)) {
                (false, true) => set,
                (true, false) => unset,
                _ => continue,
            };
            self.note(both.place, aspect, both.keyword(key), Levels::PATCH);
        }
        let others = [
            (
                "multipleOf",
                Aspect::MultipleOfStated,
                Aspect::MultipleOfDropped,
                Aspect::MultipleOfChanged,
            ),
            (
                "pattern",
                Aspect::PatternStated,
                Aspect::PatternDropped,
                Aspect::PatternChanged,
            ),
            (
                "not",
                Aspect::NotStated,
                Aspect::NotDropped,
                Aspect::NotChanged,
            ),
        ];
        for (key, stated, dropped, changed) in others {
            let aspect = match (both.was.keyword(key), both.is.keyword(key)) {
                (None, Some(_)) => stated,
                (Some(_), None) => dropped,
                (Some(was), Some(is)) if was != is => changed,
                _ => continue,
            };
            self.note(both.place, aspect, both.keyword(key), Levels::PATCH);
        }
    }
}
