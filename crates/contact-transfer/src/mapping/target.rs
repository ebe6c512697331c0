//! What a column of a file becomes.

use std::fmt;
use std::str::FromStr;
use unified_contacts::Field;

/// What a column of a file becomes. As text, it is a path into a contact: `first_name`, `company.name`,
/// `emails.1.address`, `tags`, `custom.NAME`, or `ignore`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Target {
    /// Nothing.
    Ignore,
    /// A field that holds one value.
    Value(Field),
    /// The company's name.
    CompanyName,
    /// The company's id.
    CompanyId,
    /// The owner's id.
    OwnerId,
    /// Labels, several in one cell.
    Tags,
    /// A part of an entry of a list.
    Entry {
        /// The list: one of [`Target::lists`].
        list: Field,
        /// Which entry, from 1.
        number: usize,
        /// Which part of it.
        part: Part,
    },
    /// One of the account's own fields.
    Custom(String),
}

/// A part of an entry of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Part {
    /// The e-mail address.
    Address,
    /// The telephone number.
    Number,
    /// The extension behind the number.
    Extension,
    /// The first line of the street.
    Street1,
    /// The second line of the street.
    Street2,
    /// The city.
    City,
    /// The state or region.
    State,
    /// The postal code.
    PostalCode,
    /// The country.
    Country,
    /// The web address.
    Url,
    /// The other system.
    System,
    /// The contact's id in the other system.
    Id,
    /// What the entry is for.
    Kind,
}

/// The fields that hold one value that a cell can give.
const VALUES: &[Field] = &[
    Field::Name,
    Field::FirstName,
    Field::LastName,
    Field::SecondLastName,
    Field::Title,
    Field::EmailMarketing,
    Field::EmailTransactional,
    Field::WhatsappMarketing,
    Field::WhatsappTransactional,
    Field::Language,
    Field::Country,
    Field::Priority,
    Field::Source,
];

const LISTS: &[(Field, &[Part])] = &[
    (Field::Emails, &[Part::Address, Part::Kind]),
    (Field::Phones, &[Part::Number, Part::Extension, Part::Kind]),
    (
        Field::Addresses,
        &[
            Part::Street1,
            Part::Street2,
            Part::City,
            Part::State,
            Part::PostalCode,
            Part::Country,
            Part::Kind,
        ],
    ),
    (Field::Links, &[Part::Url, Part::Kind]),
    (
        Field::ExternalReferences,
        &[Part::System, Part::Id, Part::Url],
    ),
];

impl Part {
    const ALL: &'static [Self] = &[
        Self::Address,
        Self::Number,
        Self::Extension,
        Self::Street1,
        Self::Street2,
        Self::City,
        Self::State,
        Self::PostalCode,
        Self::Country,
        Self::Url,
        Self::System,
        Self::Id,
        Self::Kind,
    ];

    /// The name in a path.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Number => "number",
            Self::Extension => "extension",
            Self::Street1 => "street_1",
            Self::Street2 => "street_2",
            Self::City => "city",
            Self::State => "state",
            Self::PostalCode => "postal_code",
            Self::Country => "country",
            Self::Url => "url",
            Self::System => "system",
            Self::Id => "id",
            Self::Kind => "kind",
        }
    }
}

impl Target {
    /// How many entries of a list a file can fill.
    pub const MAX_ENTRIES: usize = 20;

    /// The fields that hold one value that a cell can give.
    #[must_use]
    pub fn values() -> &'static [Field] {
        VALUES
    }

    /// The lists whose entries a file can fill, and the parts that their entries have.
    #[must_use]
    pub fn lists() -> &'static [(Field, &'static [Part])] {
        LISTS
    }

    /// The field of a contact that it stands for.
    #[must_use]
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Ignore => None,
            Self::Value(field) => Some(*field),
            Self::CompanyName | Self::CompanyId => Some(Field::Company),
            Self::OwnerId => Some(Field::Owner),
            Self::Tags => Some(Field::Tags),
            Self::Entry { list, .. } => Some(*list),
            Self::Custom(_) => Some(Field::CustomFields),
        }
    }

    /// Whether several columns may become it.
    #[must_use]
    pub fn takes_several_columns(&self) -> bool {
        matches!(self, Self::Ignore | Self::Tags)
    }

    /// Whether a cell for it may hold several lines.
    pub(crate) fn takes_lines(&self) -> bool {
        let is_street = matches!(
            self,
            Self::Entry {
                part: Part::Street1 | Part::Street2,
                ..
            }
        );
        is_street || matches!(self, Self::Custom(_) | Self::Ignore)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ignore => formatter.write_str("ignore"),
            Self::Value(field) => formatter.write_str(field.name()),
            Self::CompanyName => formatter.write_str("company.name"),
            Self::CompanyId => formatter.write_str("company.id"),
            Self::OwnerId => formatter.write_str("owner.id"),
            Self::Tags => formatter.write_str("tags"),
            Self::Entry { list, number, part } => {
                write!(formatter, "{list}.{number}.{}", part.name())
            }
            Self::Custom(name) => write!(formatter, "custom.{name}"),
        }
    }
}

/// Says that a text names nothing that a column can become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTarget(String);

impl fmt::Display for UnknownTarget {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for UnknownTarget {}

impl FromStr for Target {
    type Err = UnknownTarget;

    fn from_str(text: &str) -> Result<Self, UnknownTarget> {
        match text {
            "ignore" => return Ok(Self::Ignore),
            "company.name" => return Ok(Self::CompanyName),
            "company.id" => return Ok(Self::CompanyId),
            "owner.id" => return Ok(Self::OwnerId),
            "tags" => return Ok(Self::Tags),
            _ => {}
        }
        if let Some(name) = text.strip_prefix("custom.") {
            return if name.is_empty() {
                Err(UnknownTarget("expected a name after `custom.`".to_owned()))
            } else {
                Ok(Self::Custom(name.to_owned()))
            };
        }
        if let Some(field) = VALUES.iter().find(|field| field.name() == text) {
            return Ok(Self::Value(*field));
        }
        entry_of(text)
    }
}

fn entry_of(text: &str) -> Result<Target, UnknownTarget> {
    let mut steps = text.splitn(3, '.');
    let first = steps.next().unwrap_or_default();
    let Some((list, parts)) = LISTS.iter().find(|(list, _)| list.name() == first) else {
        return Err(UnknownTarget(
            "expected a field such as `first_name`, `emails.1.address`, `company.name`, `tags`, `custom.NAME`, or `ignore`"
                .to_owned(),
        ));
    };
    let number = steps.next().and_then(|number| number.parse().ok());
    let number = number.filter(|number| (1..=Target::MAX_ENTRIES).contains(number));
    let part = steps.next().unwrap_or_default();
    let part = Part::ALL.iter().find(|known| known.name() == part);
    match (number, part) {
        (Some(number), Some(part)) if parts.contains(part) => Ok(Target::Entry {
            list: *list,
            number,
            part: *part,
        }),
        _ => {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| format!("`{list}.1.{}`", part.name()))
                .collect();
            Err(UnknownTarget(format!(
                "expected one of {} or the same with a number up to {}",
                parts.join(", "),
                Target::MAX_ENTRIES
            )))
        }
    }
}
