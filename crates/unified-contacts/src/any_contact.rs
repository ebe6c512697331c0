//! A contact of any kind that owns itself.

use crate::contact::Contact;
use std::any::Any;
use std::fmt;
use std::ops::Deref;

/// A contact of any kind that owns itself, as a write gives it. It is used as the `dyn Contact` that it stands for:
/// `&*contact`.
///
/// The kinds of this crate's own APIs lie in it as they are, so that a write costs no allocation for its answer; any
/// other is boxed.
pub struct AnyContact(Kind);

macro_rules! kinds {
    ($($feature:literal $variant:ident: $type:ty,)*) => {
        #[allow(clippy::large_enum_variant, reason = "that nothing is boxed is what it is for")]
        enum Kind {
            $(#[cfg(feature = $feature)] $variant($type),)*
            Boxed(Box<dyn Contact>),
        }

        impl AnyContact {
            /// Takes a contact.
            #[must_use]
            pub fn new<T: Contact>(contact: T) -> Self {
                let mut contact = Some(contact);
                $(
                    #[cfg(feature = $feature)]
                    if let Some(contact) = taken::<T, $type>(&mut contact) {
                        return Self(Kind::$variant(contact));
                    }
                )*
                // Whoever takes it returns at once, so that it is still there.
                Self(Kind::Boxed(boxed(contact)))
            }

            /// The contact in a box.
            #[must_use]
            pub fn into_box(self) -> Box<dyn Contact> {
                match self.0 {
                    $(#[cfg(feature = $feature)] Kind::$variant(contact) => Box::new(contact),)*
                    Kind::Boxed(contact) => contact,
                }
            }
        }

        impl Deref for AnyContact {
            type Target = dyn Contact;

            fn deref(&self) -> &(dyn Contact + 'static) {
                match &self.0 {
                    $(#[cfg(feature = $feature)] Kind::$variant(contact) => contact,)*
                    Kind::Boxed(contact) => &**contact,
                }
            }
        }
    };
}

kinds! {
    "truto" TrutoContact: truto_client::types::Contact,
    "truto" TrutoLead: truto_client::types::Lead,
    "thelinks" TheLinks: thelinks_client::types::Contact,
    "contact-update" ContactUpdate: contact_update_client::types::ContactsUpdateResponse,
}

/// The contact, if it is of the type `K`.
fn taken<T: Contact, K: Contact>(contact: &mut Option<T>) -> Option<K> {
    let contact: &mut dyn Any = contact;
    contact.downcast_mut::<Option<K>>()?.take()
}

fn boxed<T: Contact>(contact: Option<T>) -> Box<dyn Contact> {
    match contact {
        Some(contact) => Box::new(contact),
        None => Box::new(crate::ContactRecord::new()),
    }
}

impl From<Box<dyn Contact>> for AnyContact {
    fn from(contact: Box<dyn Contact>) -> Self {
        Self(Kind::Boxed(contact))
    }
}

impl fmt::Debug for AnyContact {
    /// Prints what kind of contact it is, and nothing of it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}
