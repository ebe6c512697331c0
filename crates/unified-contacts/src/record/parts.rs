//! The parts of a record.

use super::object::object_only;
use client_runtime::{Json, UnknownFields, fmt_fields};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Declares a part: fields that are there or not, with a setter for each. `Debug` prints which are, and no value.
macro_rules! part {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident / $setter:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, remote = "Self")]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[$field_meta])*
                #[serde(
                    default,
                    skip_serializing_if = "Option::is_none",
                    deserialize_with = "optional::read"
                )]
                pub $field: Option<$type>,
            )*
            /// Fields that the API's document does not know, as they came.
            #[serde(default, skip_serializing_if = "UnknownFields::is_empty")]
            pub extra: UnknownFields,
        }

        object_only!($name);

        impl $name {
            /// Nothing set.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }

            $(
                #[doc = concat!("Sets [`", stringify!($field), "`](Self::", stringify!($field), ").")]
                #[must_use]
                pub fn $setter(mut self, value: impl Into<$type>) -> Self {
                    self.$field = Some(value.into());
                    self
                }
            )*
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let fields = [
                    $((stringify!($field), self.$field.is_some()),)*
                    ("extra", !self.extra.is_empty()),
                ];
                fmt_fields(formatter, stringify!($name), &fields)
            }
        }
    };
}

/// Reads a field that is there: null is none, except where the field holds any JSON.
mod optional {
    use client_runtime::Json;
    use serde::{Deserialize, Deserializer};

    pub(super) trait Readable: Sized {
        fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error>;
    }

    impl Readable for String {
        fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
            Option::deserialize(deserializer)
        }
    }

    impl Readable for Json {
        fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
            client_runtime::present(deserializer)
        }
    }

    pub(super) fn read<'de, T: Readable, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        T::read(deserializer)
    }
}

part! {
    /// An e-mail address.
    EmailRecord {
        /// The address.
        address / with_address: String,
        /// What it is for, in the API's own words.
        kind / with_kind: String,
        /// The id of the entry.
        id / with_id: String,
        /// The whole entry, where it is of a form that the API does not document.
        value / with_value: Json,
    }
}

part! {
    /// A phone or fax number.
    PhoneRecord {
        /// The number.
        number / with_number: String,
        /// The extension behind the number.
        extension / with_extension: String,
        /// What it is for, in the API's own words.
        kind / with_kind: String,
        /// The id of the entry.
        id / with_id: String,
        /// The whole entry, where it is of a form that the API does not document.
        value / with_value: Json,
    }
}

part! {
    /// A postal address.
    AddressRecord {
        /// The first line of the street.
        street_1 / with_street_1: String,
        /// The second line of the street.
        street_2 / with_street_2: String,
        /// The city.
        city / with_city: String,
        /// The state or region.
        state / with_state: String,
        /// The postal code.
        postal_code / with_postal_code: String,
        /// The country.
        country / with_country: String,
        /// What it is for, in the API's own words.
        kind / with_kind: String,
        /// The id of the entry.
        id / with_id: String,
    }
}

part! {
    /// A company.
    CompanyRecord {
        /// Its id.
        id / with_id: String,
        /// Its name.
        name / with_name: String,
    }
}

part! {
    /// Somebody who looks after contacts.
    OwnerRecord {
        /// The owner's id.
        id / with_id: String,
    }
}

part! {
    /// A label.
    TagRecord {
        /// Its id.
        id / with_id: String,
        /// Its name.
        name / with_name: String,
    }
}

part! {
    /// A web address.
    LinkRecord {
        /// The address.
        url / with_url: String,
        /// What it is for, in the API's own words.
        kind / with_kind: String,
    }
}

part! {
    /// The name of a contact in another system.
    ExternalReferenceRecord {
        /// The other system.
        system / with_system: String,
        /// The contact's id there.
        id / with_id: String,
        /// Where the contact is found there.
        url / with_url: String,
    }
}

/// Lets the text that matters most stand for the whole part.
macro_rules! from_text {
    ($($name:ident: $setter:ident),*) => {
        $(
            impl From<&str> for $name {
                fn from(text: &str) -> Self {
                    Self::new().$setter(text)
                }
            }

            impl From<String> for $name {
                fn from(text: String) -> Self {
                    Self::new().$setter(text)
                }
            }
        )*
    };
}

from_text! {
    EmailRecord: with_address,
    PhoneRecord: with_number,
    CompanyRecord: with_name,
    OwnerRecord: with_id,
    TagRecord: with_name,
    LinkRecord: with_url
}
