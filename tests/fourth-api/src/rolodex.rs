//! The Rolodex API: cards.

use rolodex_client::types::{Card, CardInput, Mail, MailInput};
use rolodex_client::{Client, builder};
use std::borrow::Cow;
use unified_contacts::adapter::{
    Losses, Source, check_draft, check_loss, check_patch, check_version, contact_of, dry_run_of,
    failed, top_name, unsupported, version_of, written_of,
};
use unified_contacts::client_runtime::Nullable;
use unified_contacts::{
    Answer, Capabilities, Contact, ContactListing, ContactPatch, ContactRecord, ContactStore,
    DryRun, Email, Entries, Field, FieldMap, FromContact, Kind, List, ListQuery, LossReason, Lost,
    Mapped, Operation, Phone, Planned, Provider, RawField, RawValue, ReadOptions, Settings,
    SettingsError, StoreError, Tag, TagRecord, WriteOptions, Written,
};

const WRITES: FieldMap = &[
    (Field::FirstName, &["given"]),
    (Field::LastName, &["family"]),
    (Field::Title, &["job"]),
    (Field::Emails, &["mails"]),
    (Field::Phones, &["tel"]),
    (Field::Tags, &["labels"]),
];

/// What can be done with cards.
pub static CARDS: Capabilities = Capabilities {
    operations: &[
        (Operation::Get, "cards_get"),
        (Operation::List, "cards_list"),
        (Operation::Create, "cards_create"),
        (Operation::Update, "cards_update"),
        (Operation::Delete, "cards_delete"),
    ],
    reads: &[
        (Field::Id, &["id"]),
        (Field::FirstName, &["given"]),
        (Field::LastName, &["family"]),
        (Field::Title, &["job"]),
        (Field::Emails, &["mails"]),
        (Field::Phones, &["tel"]),
        (Field::Tags, &["labels"]),
        (Field::Etag, &["version"]),
        (Field::Raw, &["mood"]),
    ],
    creates: WRITES,
    updates: WRITES,
    etags: &[Operation::Update],
    ..Capabilities::NONE
};

/// The API, in the registry.
pub const PROVIDER: Provider = Provider {
    name: NAME,
    env_prefix: "ROLODEX",
    capabilities: &CARDS,
    connect: |settings| Ok(Box::new(Rolodex::connect(settings)?)),
};

const NAME: &str = "rolodex";
const ORIGIN: &str = "rolodex.card";

/// A card, which is a contact of this API: a type of this crate's own, since the client's is not.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct RolodexCard(pub Card);

impl Contact for RolodexCard {
    fn origin(&self) -> &str {
        ORIGIN
    }

    fn id(&self) -> Option<&str> {
        self.0.id.as_deref()
    }

    fn first_name(&self) -> Option<&str> {
        self.0.given.as_deref()
    }

    fn last_name(&self) -> Option<&str> {
        self.0.family.as_deref()
    }

    fn title(&self) -> Option<&str> {
        self.0.job.as_deref()
    }

    fn emails(&self) -> Entries<'_, Email<'_>> {
        Entries::of(self)
    }

    fn phones(&self) -> Entries<'_, Phone<'_>> {
        Entries::of(self)
    }

    fn tags(&self) -> Entries<'_, Tag<'_>> {
        Entries::of(self)
    }

    fn etag(&self) -> Option<&str> {
        self.0.version.as_deref()
    }

    fn raw(&self) -> Entries<'_, RawField<'_>> {
        Entries::of(self)
    }
}

impl<'a> List<'a, Email<'a>> for RolodexCard {
    fn places(&'a self) -> Option<usize> {
        self.0.mails.as_ref().map(Vec::len)
    }

    fn at(&'a self, place: usize) -> Option<Email<'a>> {
        let mail = self.0.mails.as_ref()?.get(place)?;
        Some(Email {
            address: mail.value.as_deref().map(Cow::Borrowed),
            kind: mail.label.as_deref().map(Kind::new),
            extra: (!mail.extra.is_empty()).then_some(&mail.extra),
            ..Email::default()
        })
    }
}

impl<'a> List<'a, Phone<'a>> for RolodexCard {
    fn places(&'a self) -> Option<usize> {
        self.0.tel.as_ref().map(|_| 1)
    }

    fn at(&'a self, _: usize) -> Option<Phone<'a>> {
        self.0.tel.as_deref().map(|number| Phone {
            number: Some(Cow::Borrowed(number)),
            ..Phone::default()
        })
    }
}

impl<'a> List<'a, Tag<'a>> for RolodexCard {
    fn places(&'a self) -> Option<usize> {
        self.0.labels.as_ref().map(Vec::len)
    }

    fn at(&'a self, place: usize) -> Option<Tag<'a>> {
        let label = self.0.labels.as_ref()?.get(place)?;
        Some(Tag {
            name: Some(label),
            ..Tag::default()
        })
    }
}

impl<'a> List<'a, RawField<'a>> for RolodexCard {
    fn places(&'a self) -> Option<usize> {
        let is_present = self.0.mood.is_some() || !self.0.extra.is_empty();
        is_present.then(|| 1 + self.0.extra.len())
    }

    fn at(&'a self, place: usize) -> Option<RawField<'a>> {
        let Some(place) = place.checked_sub(1) else {
            let mood = self.0.mood.as_deref()?;
            return Some(RawField::new("mood", RawValue::Text(mood)));
        };
        let (name, value) = self.0.extra.get_index(place)?;
        Some(RawField::new(name, RawValue::Json(value.as_json_ref())))
    }
}

impl FromContact for RolodexCard {
    fn from_contact(contact: &dyn Contact) -> Mapped<Self> {
        let mut source = Source::new(contact, ORIGIN);
        source.holds(CARDS.reads);
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let mut card = Card::new();
        card.id = owned(contact.id());
        card.given = owned(contact.first_name());
        card.family = owned(contact.last_name());
        card.job = owned(contact.title());
        card.version = owned(contact.etag());
        card.mails = source.list(contact.emails(), |source, index, email| {
            let lacks = LossReason::NoSuchField;
            source
                .losses
                .part(email.id.is_some(), "emails", index, "id", lacks);
            source.losses.part(
                email.value.is_some(),
                "emails",
                index,
                "value",
                LossReason::Form,
            );
            let mut mail = Mail::new();
            mail.value = email.address.map(Cow::into_owned);
            mail.label = owned(email.kind.map(Kind::as_str));
            mail.extra = source.extra(&format!("/emails/{index}"), email.extra);
            mail
        });
        card.tel = one_phone(&mut source);
        card.labels = source.some(contact.tags(), label);
        source.raw(|pointer, field| {
            let Some(name) = top_name(pointer) else {
                return false;
            };
            let value = field.value.to_json();
            if name == "mood" {
                card.mood = value.as_json_ref().as_text().map(Cow::into_owned);
                return card.mood.is_some();
            }
            let _replaced = card.extra.insert(name, value);
            true
        });
        source.made(Self(card))
    }
}

/// There is room for one number.
fn one_phone(source: &mut Source<'_>) -> Option<String> {
    let entries = source.contact.phones();
    source.empty_list(
        entries.is_present() && entries.clone().next().is_none(),
        "/phones",
    );
    let mut tel = None;
    for (index, phone) in entries.enumerate() {
        let pointer = format!("/phones/{index}");
        let Some(number) = phone.number else {
            source.losses.add(pointer, LossReason::Form);
            continue;
        };
        if tel.is_some() {
            source.losses.add(pointer, LossReason::NoRoom);
            continue;
        }
        tel = Some(number.into_owned());
        let lacks = LossReason::NoSuchField;
        source
            .losses
            .part(phone.kind.is_some(), "phones", index, "kind", lacks);
        source.losses.part(
            phone.extension.is_some(),
            "phones",
            index,
            "extension",
            lacks,
        );
        source
            .losses
            .part(phone.id.is_some(), "phones", index, "id", lacks);
        source
            .losses
            .part(phone.value.is_some(), "phones", index, "value", lacks);
        source.extra_lost(&pointer, phone.extra);
    }
    tel
}

/// A label is a name and nothing else.
fn label(losses: &mut Losses, index: usize, tag: TagRecord) -> Option<String> {
    losses.extra("tags", index, &tag.extra);
    losses.part(
        tag.id.is_some() && tag.name.is_some(),
        "tags",
        index,
        "id",
        LossReason::NoSuchField,
    );
    if tag.name.is_none() {
        losses.add(format!("/tags/{index}"), LossReason::Form);
    }
    tag.name
}

/// The request that creates a card.
fn input_of(draft: &dyn Contact) -> Mapped<CardInput> {
    let mut source = Source::new(draft, ORIGIN);
    source.set_by_api(&[Field::Id, Field::Etag]);
    let Mapped { value, lost } = RolodexCard::from_contact(draft);
    for lost in lost {
        source.losses.add(lost.pointer, lost.reason);
    }
    let card = value.0;
    // An answer holds more than a request: a mood, and whatever no page knows.
    for (index, mail) in card.mails.iter().flatten().enumerate() {
        source.losses.extra("emails", index, &mail.extra);
    }
    source.raw(|_, _| false);
    let mails = card.mails.map(|mails| {
        let input = |mail: Mail| MailInput {
            value: mail.value,
            label: mail.label.map(Nullable::Value),
        };
        Nullable::Value(mails.into_iter().map(input).collect())
    });
    source.made(CardInput {
        given: card.given.map(Nullable::Value),
        family: card.family.map(Nullable::Value),
        job: card.job.map(Nullable::Value),
        mails,
        tel: card.tel.map(Nullable::Value),
        labels: card.labels.map(Nullable::Value),
    })
}

/// The request that changes a card: what changes, and null for what is taken away.
fn update_of(patch: &ContactPatch) -> Mapped<CardInput> {
    let mut mapped = input_of(&patch.apply_to(&ContactRecord::new()));
    let input = &mut mapped.value;
    for field in patch.fields() {
        match field {
            Field::FirstName => null(&mut input.given),
            Field::LastName => null(&mut input.family),
            Field::Title => null(&mut input.job),
            Field::Emails => null(&mut input.mails),
            Field::Phones => null(&mut input.tel),
            Field::Tags => null(&mut input.labels),
            _ => {}
        }
    }
    mapped
}

fn null<T>(property: &mut Option<Nullable<T>>) {
    property.get_or_insert(Nullable::Null);
}

/// The cards of an account.
#[derive(Debug, Clone)]
pub struct Rolodex {
    client: Client,
}

impl Rolodex {
    /// A store built from settings.
    ///
    /// # Errors
    /// When a setting is missing, wrong or of no use to the API.
    pub fn connect(settings: &Settings) -> Result<Self, SettingsError> {
        settings.refuse_account(NAME)?;
        let mut builder = Client::builder().configure(|core| settings.configured(core));
        if let Some(url) = &settings.base_url {
            builder = builder.base_url(url);
        }
        if let Some(token) = &settings.credential {
            builder = builder.bearer_token(token.clone());
        }
        let client = builder.build()?;
        Ok(Self { client })
    }

    fn list_call(&self, query: &ListQuery) -> Result<builder::CardsList<'_>, StoreError> {
        if query.has_filter() {
            let fields = vec![Field::CreatedAt];
            return Err(StoreError::unsupported_fields(
                NAME,
                Operation::List,
                fields,
            ));
        }
        let call = self.client.cards_list().options(query.call.clone());
        Ok(match query.page_size {
            Some(size) => call.size(i64::from(size)),
            None => call,
        })
    }

    fn create_call(
        &self,
        draft: &dyn Contact,
        options: WriteOptions,
    ) -> Result<(builder::CardsCreate<'_>, Vec<Lost>), StoreError> {
        check_draft(NAME, &CARDS, draft, &options, &[])?;
        let mapped = input_of(draft);
        check_loss(NAME, Operation::Create, &mapped.lost, &options)?;
        let call = self.client.cards_create().body(mapped.value);
        Ok((call.options(options.call), mapped.lost))
    }

    fn update_call(
        &self,
        id: &str,
        patch: &ContactPatch,
        options: WriteOptions,
    ) -> Result<(builder::CardsUpdate<'_>, Vec<Lost>), StoreError> {
        check_patch(NAME, &CARDS, patch, &options)?;
        let mapped = update_of(patch);
        check_loss(NAME, Operation::Update, &mapped.lost, &options)?;
        let mut call = self.client.cards_update().id(id).body(mapped.value);
        if let Some(version) = version_of(patch, &options, ORIGIN) {
            call = call.version(version);
        }
        Ok((call.options(options.call), mapped.lost))
    }

    fn delete_call(
        &self,
        id: &str,
        options: WriteOptions,
    ) -> Result<builder::CardsDelete<'_>, StoreError> {
        check_version(NAME, &CARDS, Operation::Delete, &options)?;
        Ok(self.client.cards_delete().id(id).options(options.call))
    }
}

impl ContactStore for Rolodex {
    fn provider(&self) -> &'static str {
        NAME
    }

    fn capabilities(&self) -> &'static Capabilities {
        &CARDS
    }

    fn get<'a>(&'a self, id: &'a str, options: ReadOptions) -> Answer<'a, Box<dyn Contact>> {
        Box::pin(async move {
            let answer = self.client.cards_get().id(id).options(options).send().await;
            let answer = answer.map(|answer| answer.map(RolodexCard));
            contact_of(NAME, Operation::Get, answer)
        })
    }

    fn list(&self, query: ListQuery) -> Result<ContactListing, StoreError> {
        let call = self.list_call(&query)?;
        let listing = call.stream_from(query.position.unwrap_or_default());
        Ok(ContactListing::of_each(NAME, listing, RolodexCard))
    }

    fn create<'a>(&'a self, draft: &'a dyn Contact, options: WriteOptions) -> Answer<'a, Written> {
        let (call, lost) = match self.create_call(draft, options) {
            Ok(call) => call,
            Err(error) => return failed(error),
        };
        Box::pin(async move {
            let answer = call.send().await;
            let card = |card| Some(RolodexCard(card));
            written_of(NAME, Operation::Create, answer, card, lost)
        })
    }

    fn update<'a>(
        &'a self,
        id: &'a str,
        patch: ContactPatch,
        options: WriteOptions,
    ) -> Answer<'a, Written> {
        let (call, lost) = match self.update_call(id, &patch, options) {
            Ok(call) => call,
            Err(error) => return failed(error),
        };
        Box::pin(async move {
            let answer = call.send().await;
            let card = |card| Some(RolodexCard(card));
            written_of(NAME, Operation::Update, answer, card, lost)
        })
    }

    fn delete<'a>(&'a self, id: &'a str, options: WriteOptions) -> Answer<'a, Written> {
        Box::pin(async move {
            let answer = self.delete_call(id, options)?.send().await;
            let card = |card| Some(RolodexCard(card));
            written_of(NAME, Operation::Delete, answer, card, Vec::new())
        })
    }

    fn dry_run(&self, planned: Planned<'_>) -> Result<DryRun, StoreError> {
        let operation = planned.operation();
        let request = match planned {
            Planned::Get(id) => self.client.cards_get().id(id).into_request(),
            Planned::List(query) => {
                let mut call = self.list_call(&query)?;
                if let Some(cursor) = query.position.and_then(|position| position.cursor) {
                    call = call.after(cursor);
                }
                call.into_request()
            }
            Planned::Create(draft, options) => self.create_call(draft, options)?.0.into_request(),
            Planned::Update(id, patch, options) => {
                self.update_call(id, patch, options)?.0.into_request()
            }
            Planned::Delete(id, options) => self.delete_call(id, options)?.into_request(),
            _ => return Err(unsupported(NAME, operation)),
        };
        dry_run_of(NAME, operation, self.client.core(), request)
    }
}
