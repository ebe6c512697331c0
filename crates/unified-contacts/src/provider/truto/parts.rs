//! The parts that contacts and leads share by name, though each has types of its own: those of a lead have no ids.

/// Lets the parts of a contact or lead be read as any contact's parts.
macro_rules! read_parts {
    ($email:ident, $phone:ident, $address:ident $(, $id:ident)?) => {
        crate::record::view::list_of! { $email as Email, $phone as Phone, $address as Address }

        impl<'a> From<&'a $email> for Email<'a> {
            fn from(email: &'a $email) -> Self {
                Self {
                    address: email.email.as_deref().map(Cow::Borrowed),
                    kind: kind(email.type_.as_ref()),
                    $(id: email.$id.as_deref(),)?
                    extra: extra(&email.extra),
                    ..Self::default()
                }
            }
        }

        impl<'a> From<&'a $phone> for Phone<'a> {
            fn from(phone: &'a $phone) -> Self {
                Self {
                    number: phone.number.as_deref().map(Cow::Borrowed),
                    extension: phone.extension.as_deref(),
                    kind: kind(phone.type_.as_ref()),
                    $(id: phone.$id.as_deref(),)?
                    extra: extra(&phone.extra),
                    ..Self::default()
                }
            }
        }

        impl<'a> From<&'a $address> for Address<'a> {
            fn from(address: &'a $address) -> Self {
                Self {
                    street_1: address.street_1.as_deref(),
                    street_2: address.street_2.as_deref(),
                    city: address.city.as_deref(),
                    state: address.state.as_deref(),
                    postal_code: address.postal_code.as_deref(),
                    country: address.country.as_deref(),
                    kind: kind(address.type_.as_ref()),
                    id: read_parts!(@id address $(, $id)?),
                    extra: extra(&address.extra),
                }
            }
        }
    };
    (@id $part:ident, $id:ident) => { $part.$id.as_deref() };
    (@id $part:ident) => { None };
}

/// Makes the parts of a contact or lead from any contact's parts.
macro_rules! make_parts {
    ($email:ident, $phone:ident, $address:ident $(, $id:ident)?) => {
        fn email_of(source: &mut Source<'_>, index: usize, email: Email<'_>) -> $email {
            let losses = &mut source.losses;
            losses.part(email.value.is_some(), "emails", index, "value", LossReason::Form);
            let mut made = $email::new();
            made.email = email.address.map(Cow::into_owned);
            made.type_ = owned_kind(email.kind);
            make_parts!(@id source, made, email, "emails", index $(, $id)?);
            made.extra = source.extra(&format!("/emails/{index}"), email.extra);
            made
        }

        fn phone_of(source: &mut Source<'_>, index: usize, phone: Phone<'_>) -> $phone {
            let losses = &mut source.losses;
            losses.part(phone.value.is_some(), "phones", index, "value", LossReason::Form);
            let mut made = $phone::new();
            made.number = phone.number.map(Cow::into_owned);
            made.extension = owned(phone.extension);
            made.type_ = owned_kind(phone.kind);
            make_parts!(@id source, made, phone, "phones", index $(, $id)?);
            made.extra = source.extra(&format!("/phones/{index}"), phone.extra);
            made
        }

        fn address_of(source: &mut Source<'_>, index: usize, address: Address<'_>) -> $address {
            let mut made = $address::new();
            made.street_1 = owned(address.street_1);
            made.street_2 = owned(address.street_2);
            made.city = owned(address.city);
            made.state = owned(address.state);
            made.postal_code = owned(address.postal_code);
            made.country = owned(address.country);
            made.type_ = owned_kind(address.kind);
            make_parts!(@id source, made, address, "addresses", index $(, $id)?);
            made.extra = source.extra(&format!("/addresses/{index}"), address.extra);
            made
        }
    };
    (@id $source:ident, $made:ident, $part:ident, $list:literal, $index:ident, $id:ident) => {
        $made.$id = owned($part.$id);
    };
    (@id $source:ident, $made:ident, $part:ident, $list:literal, $index:ident) => {
        let has_id = $part.id.is_some();
        $source.losses.part(has_id, $list, $index, "id", LossReason::NoSuchField);
    };
}

pub(super) use {make_parts, read_parts};
