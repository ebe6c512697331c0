//! The methods of a contact that only hand out what a property holds.

/// Implements methods of [`Contact`](crate::Contact), within an `impl` of it: `text title = position` gives the property
/// `position` as the title, and `text title` one of the same name; `time` gives a timestamp; `list emails: Email = mails`
/// gives a property that is a list; `whole phones: Phone` gives what the contact itself is a `List` of.
macro_rules! reads {
    () => {};
    (text $($method:ident $(= $property:ident)?),+; $($rest:tt)*) => {
        $(crate::contact::reads!(@text $method $($property)?);)+
        crate::contact::reads! { $($rest)* }
    };
    (time $($method:ident $(= $property:ident)?),+; $($rest:tt)*) => {
        $(crate::contact::reads!(@time $method $($property)?);)+
        crate::contact::reads! { $($rest)* }
    };
    (list $($method:ident: $entry:ident $(= $property:ident)?),+; $($rest:tt)*) => {
        $(crate::contact::reads!(@list $method $entry $($property)?);)+
        crate::contact::reads! { $($rest)* }
    };
    (whole $($method:ident: $entry:ident),+; $($rest:tt)*) => {
        $(
            fn $method(&self) -> crate::contact::Entries<'_, $entry<'_>> {
                crate::contact::Entries::of(self)
            }
        )+
        crate::contact::reads! { $($rest)* }
    };
    (@text $method:ident) => { crate::contact::reads!(@text $method $method); };
    (@text $method:ident $property:ident) => {
        fn $method(&self) -> Option<&str> {
            self.$property.as_deref()
        }
    };
    (@time $method:ident) => { crate::contact::reads!(@time $method $method); };
    (@time $method:ident $property:ident) => {
        fn $method(&self) -> Option<crate::contact::Time<'_>> {
            crate::record::view::time(self.$property.as_ref())
        }
    };
    (@list $method:ident $entry:ident) => { crate::contact::reads!(@list $method $entry $method); };
    (@list $method:ident $entry:ident $property:ident) => {
        fn $method(&self) -> crate::contact::Entries<'_, $entry<'_>> {
            crate::contact::Entries::of(&self.$property)
        }
    };
}
pub(crate) use reads;
