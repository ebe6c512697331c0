//! The parts of a contact, borrowed from it.

use client_runtime::{Json, JsonRef, UnknownFields, fmt_fields};
use std::borrow::Cow;
use std::fmt;

/// Declares a borrowed part. `Debug` prints which fields are set, and no value.
macro_rules! part {
    ($(#[$meta:meta])* $([$derive:ident])? $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, $($derive,)? Default, PartialEq)]
        pub struct $name<'a> {
            $($(#[$field_meta])* pub $field: Option<$type>,)*
            /// Fields of this part that the API's document does not know.
            pub extra: Option<&'a UnknownFields>,
        }

        impl fmt::Debug for $name<'_> {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let fields = [$((stringify!($field), self.$field.is_some()),)* ("extra", self.extra.is_some())];
                fmt_fields(formatter, stringify!($name), &fields)
            }
        }
    };
}

part! {
    /// An e-mail address.
    Email {
        /// The address.
        address: Cow<'a, str>,
        /// What it is for.
        kind: Kind<'a>,
        /// The id of the entry.
        id: &'a str,
        /// The whole entry, where it is of a form that the API does not document.
        value: JsonRef<'a>,
    }
}

part! {
    /// A phone or fax number.
    Phone {
        /// The number, as the API has it.
        number: Cow<'a, str>,
        /// The extension behind the number.
        extension: &'a str,
        /// What it is for.
        kind: Kind<'a>,
        /// The id of the entry.
        id: &'a str,
        /// The whole entry, where it is of a form that the API does not document.
        value: JsonRef<'a>,
    }
}

part! {
    /// A postal address.
    [Copy] Address {
        /// The first line of the street.
        street_1: &'a str,
        /// The second line of the street.
        street_2: &'a str,
        /// The city.
        city: &'a str,
        /// The state or region.
        state: &'a str,
        /// The postal code.
        postal_code: &'a str,
        /// The country, as the API has it.
        country: &'a str,
        /// What it is for.
        kind: Kind<'a>,
        /// The id of the entry.
        id: &'a str,
    }
}

part! {
    /// A company.
    [Copy] Company {
        /// Its id.
        id: &'a str,
        /// Its name.
        name: &'a str,
    }
}

part! {
    /// Somebody who looks after contacts.
    [Copy] Owner {
        /// The owner's id.
        id: &'a str,
    }
}

part! {
    /// A label.
    [Copy] Tag {
        /// Its id.
        id: &'a str,
        /// Its name.
        name: &'a str,
    }
}

part! {
    /// A web address.
    [Copy] Link {
        /// The address.
        url: &'a str,
        /// What it is for.
        kind: Kind<'a>,
    }
}

part! {
    /// The name of a contact in another system.
    [Copy] ExternalReference {
        /// The other system.
        system: &'a str,
        /// The contact's id there.
        id: &'a str,
        /// Where the contact is found there.
        url: &'a str,
    }
}

/// What an entry is for, in the API's own words: no kind is unknown, and none is changed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kind<'a>(&'a str);

impl<'a> Kind<'a> {
    /// A kind of this name.
    #[must_use]
    pub fn new(name: &'a str) -> Self {
        Self(name)
    }

    /// The name, as the API has it.
    #[must_use]
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// Whether it is the kind of that name, in upper or lower case.
    #[must_use]
    pub fn is(self, name: &str) -> bool {
        self.0.eq_ignore_ascii_case(name)
    }

    /// Whether it says that the entry is the primary one.
    #[must_use]
    pub fn is_primary(self) -> bool {
        self.is("primary")
    }
}

impl fmt::Debug for Kind<'_> {
    /// Prints the kind only where it is one of a few common ones: in others a person may have written anything.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const COMMON: [&str; 8] = [
            "primary",
            "secondary",
            "work",
            "home",
            "mobile",
            "phone",
            "fax",
            "other",
        ];
        let common = COMMON.iter().find(|name| self.is(name));
        write!(formatter, "Kind({})", common.unwrap_or(&"…"))
    }
}

/// What a contact agreed to; `None` where the API does not say.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Consent {
    /// Advertising by e-mail.
    pub email_marketing: Option<bool>,
    /// Messages about a business in hand, by e-mail.
    pub email_transactional: Option<bool>,
    /// Advertising by WhatsApp.
    pub whatsapp_marketing: Option<bool>,
    /// Messages about a business in hand, by WhatsApp.
    pub whatsapp_transactional: Option<bool>,
}

impl fmt::Debug for Consent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = [
            ("email_marketing", self.email_marketing.is_some()),
            ("email_transactional", self.email_transactional.is_some()),
            ("whatsapp_marketing", self.whatsapp_marketing.is_some()),
            (
                "whatsapp_transactional",
                self.whatsapp_transactional.is_some(),
            ),
        ];
        fmt_fields(formatter, "Consent", &fields)
    }
}

/// A point in time, as the API has it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Time<'a>(&'a str);

impl<'a> Time<'a> {
    /// The time of this text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The text, as the API has it. Most are of RFC 3339, and none has to be.
    #[must_use]
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// The point in time, if the text is a date and time of RFC 3339.
    #[cfg(feature = "chrono")]
    #[must_use]
    pub fn to_chrono(self) -> Option<chrono::DateTime<chrono::Utc>> {
        client_runtime::Timestamp::parse(self.0).ok()?.to_utc()
    }

    /// The point in time, if the text is a date and time of RFC 3339.
    #[cfg(feature = "time")]
    #[must_use]
    pub fn to_time(self) -> Option<time::OffsetDateTime> {
        time::OffsetDateTime::parse(self.0, &time::format_description::well_known::Rfc3339).ok()
    }
}

impl fmt::Debug for Time<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Time(..)")
    }
}

/// A field that only one kind of contact has.
#[derive(Clone, Copy)]
pub struct RawField<'a> {
    place: Place<'a>,
    /// What is in it.
    pub value: RawValue<'a>,
}

#[derive(Clone, Copy)]
enum Place<'a> {
    Top(&'a str),
    Within(&'a str, &'a str),
    Pointer(&'a str),
}

impl<'a> RawField<'a> {
    /// A field of the contact itself, by its name on the wire.
    #[must_use]
    pub fn new(name: &'a str, value: RawValue<'a>) -> Self {
        Self {
            place: Place::Top(name),
            value,
        }
    }

    /// A field of the object called `parent`.
    #[must_use]
    pub fn within(parent: &'a str, name: &'a str, value: RawValue<'a>) -> Self {
        Self {
            place: Place::Within(parent, name),
            value,
        }
    }

    /// A field at a JSON pointer.
    #[must_use]
    pub fn at(pointer: &'a str, value: RawValue<'a>) -> Self {
        Self {
            place: Place::Pointer(pointer),
            value,
        }
    }

    /// Where the field is, as a JSON pointer into the API's own JSON.
    #[must_use]
    pub fn pointer(&self) -> String {
        match self.place {
            Place::Top(name) => format!("/{}", escaped(name)),
            Place::Within(parent, name) => format!("/{}/{}", escaped(parent), escaped(name)),
            Place::Pointer(pointer) => pointer.to_owned(),
        }
    }
}

/// A name as a JSON pointer has it (RFC 6901).
pub(crate) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

impl fmt::Debug for RawField<'_> {
    /// Prints neither the name nor the value: the API's document may know neither.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RawField(..)")
    }
}

/// The value of a field that only one kind of contact has.
#[derive(Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum RawValue<'a> {
    /// Text.
    Text(&'a str),
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// Any JSON.
    Json(JsonRef<'a>),
    /// A list of any JSON.
    List(&'a [Json]),
    /// An object of which no field is set.
    Empty,
}

impl RawValue<'_> {
    /// The value as JSON.
    #[must_use]
    pub fn to_json(self) -> Json {
        match self {
            Self::Text(text) => Json::from(serde_json::Value::from(text)),
            Self::Flag(flag) => Json::from(serde_json::Value::from(flag)),
            Self::Integer(number) => Json::from(serde_json::Value::from(number)),
            Self::Json(json) => json.to_json(),
            Self::List(list) => Json::from_value(list).unwrap_or_default(),
            Self::Empty => Json::from(serde_json::Value::Object(serde_json::Map::new())),
        }
    }
}

impl fmt::Debug for RawValue<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RawValue(..)")
    }
}
