//! The names that other programs give to columns.

use super::target::{Part, Target};
use unified_contacts::Field;

/// What a column's name says without its number and its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Value(Field),
    CompanyName,
    CompanyId,
    OwnerId,
    Tags,
    Entry(Field, Part),
    /// A telephone number of the kind that the name says.
    Phone(&'static str),
}

impl Meaning {
    /// What a column with this meaning becomes, as entry `number` of its list.
    pub(crate) fn target(self, number: usize) -> Target {
        let entry = |list, part| Target::Entry { list, number, part };
        match self {
            Self::Value(field) => Target::Value(field),
            Self::CompanyName => Target::CompanyName,
            Self::CompanyId => Target::CompanyId,
            Self::OwnerId => Target::OwnerId,
            Self::Tags => Target::Tags,
            Self::Entry(list, part) => entry(list, part),
            Self::Phone(_) => entry(Field::Phones, Part::Number),
        }
    }

    /// The list of which the column is part of an entry.
    pub(crate) fn list(self) -> Option<Field> {
        self.target(1)
            .field()
            .filter(|_| matches!(self, Self::Entry(..) | Self::Phone(_)))
    }
}

/// Names in lower case, letters and digits only, and what they mean.
const NAMES: &[(&[&str], Meaning)] = &[
    (
        &[
            "name",
            "fullname",
            "contactname",
            "displayname",
            "contact",
            "completename",
            "personname",
        ],
        Meaning::Value(Field::Name),
    ),
    (
        &[
            "firstname",
            "givenname",
            "forename",
            "fname",
            "first",
            "contactfirstname",
            "personfirstname",
        ],
        Meaning::Value(Field::FirstName),
    ),
    (
        &[
            "lastname",
            "familyname",
            "surname",
            "lname",
            "last",
            "contactlastname",
            "personlastname",
        ],
        Meaning::Value(Field::LastName),
    ),
    (
        &[
            "secondlastname",
            "secondfamilyname",
            "secondsurname",
            "maternalname",
        ],
        Meaning::Value(Field::SecondLastName),
    ),
    (
        &[
            "title",
            "jobtitle",
            "position",
            "role",
            "jobposition",
            "jobrole",
            "organizationtitle",
            "occupation",
            "designation",
        ],
        Meaning::Value(Field::Title),
    ),
    (
        &[
            "company",
            "companyname",
            "organization",
            "organisation",
            "organizationname",
            "organisationname",
            "account",
            "accountname",
            "employer",
            "associatedcompany",
            "org",
        ],
        Meaning::CompanyName,
    ),
    (
        &["companyid", "accountid", "organizationid", "organisationid"],
        Meaning::CompanyId,
    ),
    (&["ownerid", "contactownerid"], Meaning::OwnerId),
    (
        &[
            "tags",
            "tag",
            "labels",
            "label",
            "categories",
            "category",
            "groupmembership",
            "groups",
        ],
        Meaning::Tags,
    ),
    (
        &[
            "email",
            "emailaddress",
            "mail",
            "emails",
            "emailvalue",
            "emailaddressvalue",
            "mailaddress",
            "contactemail",
        ],
        Meaning::Entry(Field::Emails, Part::Address),
    ),
    (
        &["emailtype", "emaillabel", "emailkind", "emailaddresstype"],
        Meaning::Entry(Field::Emails, Part::Kind),
    ),
    (
        &[
            "phone",
            "phonenumber",
            "telephone",
            "tel",
            "phonevalue",
            "telephonenumber",
            "phones",
            "phonenumbers",
            "landline",
            "phoneno",
            "contactphone",
            "contactnumber",
        ],
        Meaning::Entry(Field::Phones, Part::Number),
    ),
    (
        &["phoneextension", "extension", "phoneext", "ext"],
        Meaning::Entry(Field::Phones, Part::Extension),
    ),
    (
        &["phonetype", "phonelabel", "phonekind"],
        Meaning::Entry(Field::Phones, Part::Kind),
    ),
    (
        &[
            "mobile",
            "mobilephone",
            "mobilenumber",
            "mobilephonenumber",
            "cell",
            "cellphone",
            "cellnumber",
            "cellphonenumber",
            "handy",
        ],
        Meaning::Phone("mobile"),
    ),
    (&["fax", "faxnumber", "faxphone"], Meaning::Phone("fax")),
    (
        &[
            "street",
            "streetaddress",
            "address",
            "addressstreet",
            "street1",
            "addressline1",
            "address1",
            "streetline1",
            "streetaddress1",
            "addresslineone",
            "line1",
            "addressstreet1",
        ],
        Meaning::Entry(Field::Addresses, Part::Street1),
    ),
    (
        &[
            "street2",
            "addressline2",
            "address2",
            "streetline2",
            "streetaddress2",
            "line2",
            "extendedaddress",
            "addressextendedaddress",
            "addressstreet2",
            "apartment",
            "suite",
        ],
        Meaning::Entry(Field::Addresses, Part::Street2),
    ),
    (
        &[
            "city",
            "town",
            "locality",
            "addresscity",
            "citytown",
            "cityname",
        ],
        Meaning::Entry(Field::Addresses, Part::City),
    ),
    (
        &[
            "state",
            "region",
            "province",
            "county",
            "stateprovince",
            "stateregion",
            "addressstate",
            "addressregion",
            "provincestate",
        ],
        Meaning::Entry(Field::Addresses, Part::State),
    ),
    (
        &[
            "zip",
            "zipcode",
            "postalcode",
            "postcode",
            "zippostalcode",
            "addresszip",
            "addresspostalcode",
            "addresszipcode",
            "plz",
        ],
        Meaning::Entry(Field::Addresses, Part::PostalCode),
    ),
    (
        &[
            "country",
            "countryregion",
            "addresscountry",
            "countryname",
            "countrycode",
        ],
        Meaning::Entry(Field::Addresses, Part::Country),
    ),
    (
        &["addresstype", "addresslabel", "addresskind"],
        Meaning::Entry(Field::Addresses, Part::Kind),
    ),
    (
        &[
            "website",
            "url",
            "webpage",
            "homepage",
            "web",
            "websiteurl",
            "websitevalue",
            "websiteaddress",
            "site",
        ],
        Meaning::Entry(Field::Links, Part::Url),
    ),
    (
        &["websitetype", "websitelabel", "urltype"],
        Meaning::Entry(Field::Links, Part::Kind),
    ),
    (
        &["language", "preferredlanguage", "locale", "lang"],
        Meaning::Value(Field::Language),
    ),
    (&["priority"], Meaning::Value(Field::Priority)),
    (
        &["source", "leadsource", "originalsource", "contactsource"],
        Meaning::Value(Field::Source),
    ),
    (
        &[
            "emailmarketing",
            "emailoptin",
            "marketingemails",
            "newsletter",
            "acceptsmarketing",
            "acceptsemailmarketing",
        ],
        Meaning::Value(Field::EmailMarketing),
    ),
    (
        &["emailtransactional"],
        Meaning::Value(Field::EmailTransactional),
    ),
    (
        &["whatsappmarketing"],
        Meaning::Value(Field::WhatsappMarketing),
    ),
    (
        &["whatsapptransactional"],
        Meaning::Value(Field::WhatsappTransactional),
    ),
];

/// Words that say what an entry is for.
const KINDS: &[(&str, &str)] = &[
    ("work", "work"),
    ("business", "work"),
    ("office", "work"),
    ("company", "work"),
    ("home", "home"),
    ("personal", "personal"),
    ("private", "personal"),
    ("primary", "primary"),
    ("main", "primary"),
    ("secondary", "secondary"),
    ("other", "other"),
    ("alternate", "other"),
    ("mailing", "mailing"),
    ("billing", "billing"),
    ("shipping", "shipping"),
    ("mobile", "mobile"),
];

/// What a column's name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) meaning: Meaning,
    pub(crate) kind: Option<&'static str>,
    pub(crate) number: Option<usize>,
}

fn meaning_of(words: &[&str]) -> Option<Meaning> {
    let joined = words.concat();
    let known = NAMES
        .iter()
        .find(|(names, _)| names.contains(&joined.as_str()));
    known.map(|(_, meaning)| *meaning)
}

/// Reads a column's name: as a whole first, then without a number, then without a word for the kind.
pub(crate) fn read(column: &str) -> Option<Reading> {
    let lower = spaced(column);
    let all: Vec<&str> = lower.split_whitespace().collect();
    let whole = |meaning| Reading {
        meaning,
        kind: match meaning {
            Meaning::Phone(kind) => Some(kind),
            _ => None,
        },
        number: None,
    };
    if let Some(meaning) = meaning_of(&all) {
        return Some(whole(meaning));
    }
    let number = all.iter().find_map(|word| word.parse::<usize>().ok());
    let words: Vec<&str> = all
        .iter()
        .copied()
        .filter(|word| word.parse::<usize>().is_err())
        .collect();
    if let Some(meaning) = meaning_of(&words) {
        let of_entry = meaning.list().is_some();
        return of_entry.then_some(Reading {
            number,
            ..whole(meaning)
        });
    }
    let (index, kind) = words.iter().enumerate().find_map(|(index, word)| {
        let kind = KINDS.iter().find(|(known, _)| known == word);
        kind.map(|(_, kind)| (index, *kind))
    })?;
    let mut rest = words;
    rest.remove(index);
    let meaning = meaning_of(&rest)?;
    meaning.list()?;
    Some(Reading {
        meaning,
        kind: Some(match meaning {
            Meaning::Phone(own) => own,
            _ => kind,
        }),
        number,
    })
}

/// A name in lower case with a space between its words: `firstName` and `First_Name` are both `first name`, and
/// `Phone2` is `phone 2`.
fn spaced(name: &str) -> String {
    let mut spaced = String::with_capacity(name.len() + 4);
    let mut last = ' ';
    for char in name.chars() {
        if char.is_alphanumeric() {
            let is_new_word = (last.is_lowercase() && char.is_uppercase())
                || (last.is_alphabetic() && char.is_numeric())
                || (last.is_numeric() && char.is_alphabetic());
            if is_new_word {
                spaced.push(' ');
            }
            spaced.extend(char.to_lowercase());
        } else {
            spaced.push(' ');
        }
        last = char;
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(column: &str) -> String {
        match read(column) {
            Some(reading) => format!(
                "{} {} {}",
                reading.meaning.target(1),
                reading.kind.unwrap_or("-"),
                reading
                    .number
                    .map_or("-".to_owned(), |number| number.to_string())
            ),
            None => "?".to_owned(),
        }
    }

    #[test]
    fn names_of_other_programs_are_known() {
        for (column, expected) in [
            ("First Name", "first_name - -"),
            ("first_name", "first_name - -"),
            ("firstName", "first_name - -"),
            ("Given name", "first_name - -"),
            ("E-mail 1 - Value", "emails.1.address - 1"),
            ("E-mail 2 - Type", "emails.1.kind - 2"),
            ("Work Email", "emails.1.address work -"),
            ("E-mail Address", "emails.1.address - -"),
            ("Phone", "phones.1.number - -"),
            ("Business Phone 2", "phones.1.number work 2"),
            ("Mobile", "phones.1.number mobile -"),
            ("Mobile Phone", "phones.1.number mobile -"),
            ("Home Fax", "phones.1.number fax -"),
            ("Company", "company.name - -"),
            ("Job title", "title - -"),
            ("Street", "addresses.1.street_1 - -"),
            ("Address Line 2", "addresses.1.street_2 - -"),
            ("Mailing City", "addresses.1.city mailing -"),
            ("Business Postal Code", "addresses.1.postal_code work -"),
            ("Address 1 - Region", "addresses.1.state - 1"),
            ("Zip", "addresses.1.postal_code - -"),
            ("Country/Region", "addresses.1.country - -"),
            ("Tags", "tags - -"),
            ("Home Page", "links.1.url - -"),
            ("Shoe size", "?"),
            ("", "?"),
            ("42", "?"),
        ] {
            assert_eq!(reads(column), expected, "{column}");
        }
    }
}
