//! What a contact of the target becomes by one of the source.

use std::collections::BTreeMap;
use unified_contacts::{
    AddressRecord, Capabilities, CompanyRecord, ContactPatch, ContactRecord, ContactStore,
    EmailRecord, Field, FieldSupport, Integration, Json, JsonObject, LinkRecord, Operation,
    PhoneRecord, Planned, TagRecord, UnknownFields, WriteOptions,
};

/// The change that makes a contact of the target what one of the source says, put onto it; `None` where the target
/// would not change, as far as it can hold what the source says.
///
/// What the source does not have is kept. A list becomes that of the source, each entry with what the target knows of
/// it; labels are added. Ids, owners, times and versions of the source say nothing to the target.
pub(crate) fn change(
    store: &dyn ContactStore,
    integration: Option<Integration>,
    held: &ContactRecord,
    source: &ContactRecord,
) -> Option<ContactPatch> {
    let merged = merged(store.capabilities(), held, source);
    let patch = ContactPatch::between(held, &merged);
    if patch.is_empty() {
        return None;
    }
    // Two records can differ in what the target has no place for. What it is sent tells: the change, and the same
    // fields as they are.
    let patch = patch.onto(held);
    let as_it_is = ContactPatch::between(&merged, held).onto(held);
    let sent = |patch: &ContactPatch| {
        let mut options = WriteOptions::new().accept_loss();
        options.integration = integration;
        let id = held.id.as_deref().unwrap_or_default();
        let request = store.dry_run(Planned::Update(id, patch, options)).ok()?;
        Some(request.body().to_vec())
    };
    let is_same = sent(&patch).is_some_and(|body| sent(&as_it_is) == Some(body));
    (!is_same).then_some(patch)
}

fn merged(
    capabilities: &Capabilities,
    held: &ContactRecord,
    source: &ContactRecord,
) -> ContactRecord {
    let takes = |field| capabilities.field(Operation::Update, field) != FieldSupport::Unsupported;
    let mut merged = held.clone();
    macro_rules! values {
        ($($name:ident: $field:ident),* $(,)?) => {
            $(
                if takes(Field::$field) && source.$name.is_some() {
                    merged.$name.clone_from(&source.$name);
                }
            )*
        };
    }
    values! {
        name: Name,
        first_name: FirstName,
        last_name: LastName,
        second_last_name: SecondLastName,
        title: Title,
        email_marketing: EmailMarketing,
        email_transactional: EmailTransactional,
        whatsapp_marketing: WhatsappMarketing,
        whatsapp_transactional: WhatsappTransactional,
        language: Language,
        country: Country,
        priority: Priority,
        source: Source,
    }
    if takes(Field::Company)
        && let Some(name) = source
            .company
            .as_ref()
            .and_then(|company| company.name.clone())
    {
        let company = merged.company.get_or_insert_with(CompanyRecord::new);
        // Another company has another id.
        if company.name.is_some() && company.name.as_ref() != Some(&name) {
            company.id = None;
        }
        company.name = Some(name);
    }
    if takes(Field::Emails) {
        list(&mut merged.emails, source.emails.as_ref());
    }
    if takes(Field::Phones) {
        list(&mut merged.phones, source.phones.as_ref());
    }
    if takes(Field::Addresses) {
        list(&mut merged.addresses, source.addresses.as_ref());
    }
    if takes(Field::Links) {
        list(&mut merged.links, source.links.as_ref());
    }
    if takes(Field::Tags) {
        for tag in source.tags.iter().flatten() {
            let tags = merged.tags.get_or_insert_default();
            if tag.name.is_some() && !tags.iter().any(|known| known.is_same(tag)) {
                tags.push(tag.bare());
            }
        }
    }
    if takes(Field::CustomFields)
        && let Some(fields) = &source.custom_fields
    {
        let mut all: BTreeMap<String, Json> = merged
            .custom_fields
            .as_ref()
            .map(JsonObject::to_map)
            .unwrap_or_default();
        all.extend(fields.to_map());
        let json = Json::from_value(&all).ok();
        if let Some(fields) = json.and_then(|json| json.to_value().ok()) {
            merged.custom_fields = Some(fields);
        }
    }
    merged
}

/// An entry of a list.
trait Entry: Clone {
    /// Whether both say the same of the person.
    fn is_same(&self, other: &Self) -> bool;

    /// Without what only the source has a use for.
    fn bare(&self) -> Self;

    /// Takes the kind of an entry that is the same, where it has none.
    fn take_kind(&mut self, other: &Self);
}

/// Makes a list that of the source, each entry as the target knows it.
fn list<T: Entry>(held: &mut Option<Vec<T>>, source: Option<&Vec<T>>) {
    let Some(entries) = source.filter(|entries| !entries.is_empty()) else {
        return;
    };
    let known = held.take().unwrap_or_default();
    let merged = entries.iter().map(|entry| {
        let same = known.iter().find(|known| known.is_same(entry));
        match same {
            None => entry.bare(),
            Some(same) => {
                let mut same = same.clone();
                same.take_kind(entry);
                same
            }
        }
    });
    *held = Some(merged.collect());
}

macro_rules! entries {
    ($($name:ident: |$one:ident, $other:ident| $is_same:expr;)*) => {
        $(
            impl Entry for $name {
                fn is_same(&self, other: &Self) -> bool {
                    let ($one, $other) = (self, other);
                    $is_same
                }

                fn bare(&self) -> Self {
                    let mut bare = self.clone();
                    bare.extra = UnknownFields::default();
                    entries!(@id $name, bare);
                    bare
                }

                fn take_kind(&mut self, other: &Self) {
                    entries!(@kind $name, self, other);
                }
            }
        )*
    };
    (@id LinkRecord, $bare:ident) => {};
    (@id $name:ident, $bare:ident) => { $bare.id = None; };
    (@kind TagRecord, $one:expr, $other:expr) => { let _ = $other; };
    (@kind $name:ident, $one:expr, $other:expr) => {
        if $one.kind.is_none() {
            $one.kind.clone_from(&$other.kind);
        }
    };
}

entries! {
    EmailRecord: |one, other| folded(one.address.as_ref()) == folded(other.address.as_ref());
    PhoneRecord: |one, other| one.number == other.number && one.extension == other.extension;
    LinkRecord: |one, other| one.url == other.url;
    TagRecord: |one, other| one.name == other.name;
    AddressRecord: |one, other| {
        let parts = |address: &AddressRecord| {
            [
                &address.street_1,
                &address.street_2,
                &address.city,
                &address.state,
                &address.postal_code,
                &address.country,
            ]
            .map(Clone::clone)
        };
        parts(one) == parts(other)
    };
}

fn folded(address: Option<&String>) -> Option<String> {
    address.map(|address| crate::source::people::folded(address))
}
