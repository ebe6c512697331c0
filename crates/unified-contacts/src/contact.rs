//! What every contact is, whatever API it came from.

mod entries;
mod parts;
mod reads;

pub use entries::{Entries, List};
pub(crate) use parts::escaped;
pub use parts::{
    Address, Company, Consent, Email, ExternalReference, Kind, Link, Owner, Phone, RawField,
    RawValue, Tag, Time,
};
pub(crate) use reads::reads;

use client_runtime::JsonObject;
use std::any::Any;

/// A contact, to be read.
///
/// Nothing is copied: text comes out as `&str`, lists come out as iterators ([`Entries`]) over what the contact holds,
/// and no method allocates, but for text that stands as JSON with escapes in it. Whatever an API does not have is
/// `None` or an empty list.
///
/// The contacts of the generated clients implement it, and so does [`ContactRecord`](crate::ContactRecord), which owns
/// what it holds. A program that has a `&dyn Contact` gets at the generated type with
/// [`downcast`](trait@Contact#method.downcast).
///
/// ```
/// use unified_contacts::{Contact, ContactRecord};
///
/// fn greeting(contact: &dyn Contact) -> String {
///     let name = contact.first_name().or(contact.name()).unwrap_or("there");
///     format!("Hello {name}")
/// }
///
/// let ada = ContactRecord::new().with_first_name("Ada").with_email("ada@example.org");
/// assert_eq!(greeting(&ada), "Hello Ada");
/// assert_eq!(ada.primary_email().and_then(|email| email.address).as_deref(), Some("ada@example.org"));
/// ```
pub trait Contact: Any + Send + Sync {
    /// What kind of contact this is, and whose: `truto.contact`, `truto.lead`, `thelinks.contact` and the like. What
    /// [`Contact::raw`] gives belongs to that kind.
    fn origin(&self) -> &str;

    /// The id under which the API knows the contact.
    fn id(&self) -> Option<&str>;

    /// The whole name in one piece, as the API has it.
    fn name(&self) -> Option<&str> {
        None
    }

    /// Given name.
    fn first_name(&self) -> Option<&str> {
        None
    }

    /// Family name, or the first of two.
    fn last_name(&self) -> Option<&str> {
        None
    }

    /// The second family name, such as Spanish names have.
    fn second_last_name(&self) -> Option<&str> {
        None
    }

    /// The position at work.
    fn title(&self) -> Option<&str> {
        None
    }

    /// E-mail addresses, in the API's order.
    fn emails(&self) -> Entries<'_, Email<'_>> {
        Entries::absent()
    }

    /// Phone numbers, fax numbers among them, in the API's order.
    fn phones(&self) -> Entries<'_, Phone<'_>> {
        Entries::absent()
    }

    /// Postal addresses, in the API's order.
    fn addresses(&self) -> Entries<'_, Address<'_>> {
        Entries::absent()
    }

    /// The company that the contact belongs to.
    fn company(&self) -> Option<Company<'_>> {
        None
    }

    /// Who looks after the contact.
    fn owner(&self) -> Option<Owner<'_>> {
        None
    }

    /// Labels.
    fn tags(&self) -> Entries<'_, Tag<'_>> {
        Entries::absent()
    }

    /// Web addresses.
    fn links(&self) -> Entries<'_, Link<'_>> {
        Entries::absent()
    }

    /// What the contact agreed to.
    fn consent(&self) -> Consent {
        Consent::default()
    }

    /// The language, as the API has it.
    fn language(&self) -> Option<&str> {
        None
    }

    /// The country of the contact itself, as the API has it.
    fn country(&self) -> Option<&str> {
        None
    }

    /// How much the contact matters, in the API's own scale.
    fn priority(&self) -> Option<i64> {
        None
    }

    /// How the contact arrived.
    fn source(&self) -> Option<&str> {
        None
    }

    /// The names of the contact in other systems.
    fn external_references(&self) -> Entries<'_, ExternalReference<'_>> {
        Entries::absent()
    }

    /// The values of the account's own fields.
    fn custom_fields(&self) -> Option<&JsonObject> {
        None
    }

    /// When the contact came into being.
    fn created_at(&self) -> Option<Time<'_>> {
        None
    }

    /// When the contact last changed.
    fn updated_at(&self) -> Option<Time<'_>> {
        None
    }

    /// When something last happened with the contact.
    fn last_activity_at(&self) -> Option<Time<'_>> {
        None
    }

    /// The version of the contact, by which a write can tell that nobody else changed it.
    fn etag(&self) -> Option<&str> {
        None
    }

    /// What only this kind of contact has, field by field, fields that the API's document does not know among them.
    fn raw(&self) -> Entries<'_, RawField<'_>> {
        Entries::absent()
    }

    /// The e-mail address whose kind says that it is the primary one; where none says so, the first.
    fn primary_email(&self) -> Option<Email<'_>> {
        let is_primary = |email: &Email<'_>| email.kind.is_some_and(Kind::is_primary);
        self.emails()
            .find(is_primary)
            .or_else(|| self.emails().next())
    }

    /// The phone number whose kind says that it is the primary one; where none says so, the first.
    fn primary_phone(&self) -> Option<Phone<'_>> {
        let is_primary = |phone: &Phone<'_>| phone.kind.is_some_and(Kind::is_primary);
        self.phones()
            .find(is_primary)
            .or_else(|| self.phones().next())
    }

    /// The postal address whose kind says that it is the primary one; where none says so, the first.
    fn primary_address(&self) -> Option<Address<'_>> {
        let is_primary = |address: &Address<'_>| address.kind.is_some_and(Kind::is_primary);
        self.addresses()
            .find(is_primary)
            .or_else(|| self.addresses().next())
    }
}

impl dyn Contact {
    /// The contact as the type that it is, such as `truto_client::types::Contact`.
    #[must_use]
    pub fn downcast<T: Contact>(&self) -> Option<&T> {
        (self as &dyn Any).downcast_ref()
    }
}

impl std::fmt::Debug for dyn Contact {
    /// Prints what kind of contact it is, and nothing of it.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Contact({})", self.origin())
    }
}
