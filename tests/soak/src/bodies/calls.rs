//! Every operation of the published clients, and a body as its document describes it.

use client_runtime::{CallOptions, Error as CallError, ListingError, ResponseValue, from_json};
use contact_update_client::types::ContactsUpdateRequest;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::error::Error;
use std::fmt::Write as _;
use thelinks_client::types::ContactInput;
use truto_client::types::{
    ContactsBatchDeleteRequest, ContactsCreateRequest, ContactsListResponseResult,
    LeadsListResponseResult, LeadsUpdateRequest,
};

pub(super) struct Clients {
    pub(super) truto: truto_client::Client,
    pub(super) thelinks: thelinks_client::Client,
    pub(super) update: contact_update_client::Client,
}

/// An operation.
#[derive(Debug, Clone, Copy)]
pub(super) enum Call {
    ContactsList,
    ContactsStream,
    ContactsGet,
    ContactsCreate,
    ContactsUpdate,
    ContactsDelete,
    ContactsBatchDelete,
    LeadsList,
    LeadsGet,
    LeadsUpdate,
    LeadsDelete,
    LinksList,
    LinksCreate,
    LinksUpdate,
    Update,
}

const CALLS: [Call; 15] = [
    Call::ContactsList,
    Call::ContactsStream,
    Call::ContactsGet,
    Call::ContactsCreate,
    Call::ContactsUpdate,
    Call::ContactsDelete,
    Call::ContactsBatchDelete,
    Call::LeadsList,
    Call::LeadsGet,
    Call::LeadsUpdate,
    Call::LeadsDelete,
    Call::LinksList,
    Call::LinksCreate,
    Call::LinksUpdate,
    Call::Update,
];

/// Statuses of errors, documented and not.
pub(super) const ERRORS: [u16; 12] = [400, 401, 403, 404, 405, 409, 418, 422, 429, 500, 503, 504];

pub(super) const ERROR_BODY: &str = r#"{"statusCode":422,"error":"Unprocessable Entity","message":["last_name is missing"],"truto_is_remote_error":true,"raw_response":{"a":[1,{"b":null}]},"truto_error_insight":{"missing_required_body_fields":["last_name"],"rate_limit_error":false}}"#;

const CONTACT: &str = r#"{"id":"c-1","first_name":"Zoë","last_name":"\u00d6zt\ud83d\ude80rk","name":"Zoë","title":null,"email_addresses":[{"id":"e-1","email":"zoe@example.com","type":"work"}],"phone_numbers":[{"number":"+90 212","extension":null,"type":"mobile"}],"addresses":[{"street_1":"S 1","city":"C","postal_code":"34430","country":"TR","type":"office"}],"urls":[{"url":"https://x.example","type":"website"}],"tags":[{"id":"t","name":"customer"}],"account":{"id":"a"},"owner":{"id":"u","name":"J"},"custom_fields":{"score":87.5e-1,"list":["a",{"b":[]}],"yes":true},"etag":"W/\"9\"","created_at":"2024-02-11T09:31:07.000Z","updated_at":"2026-10-30T16:45:52Z","remote_data":{"id":1,"deep":{"er":[{"x":null}]}},"unheard_of":[1,2]}"#;

const LEAD: &str = r#"{"id":"l-1","name":"Ada","status":"NEW","source":"Trade Show","email_addresses":[{"email":"a@example.com","type":"work"}],"phone_numbers":[{"number":"1","type":"mobile"}],"addresses":[{"city":"C"}],"converted_account":{"id":"1"},"converted_contact":"c","custom_fields":{"a":1},"remote_data":{"b":[true]},"created_at":"2024-02-11T09:31:07.000Z"}"#;

const LINKS_CONTACT: &str = r#"{"_id":"64f","email":"ada@example.com","firstName":"Ada","lastName":"Lovelace","phone":"+44 1","company":"Analytical Engines","tags":["a","b"],"customFields":[{"key":"k","value":1}],"createdAt":"2024-02-11T09:31:07.000Z","__v":0}"#;

const UPDATED: &str = r#"{"id":7,"email":"ada@example.com","first_name":"Ada","tags":["a"],"additional_emails":["b@example.com"],"whatsapp_transactional":true,"custom_fields":{"a":1}}"#;

impl Call {
    /// The operation of the call number `number`.
    pub(super) fn of(number: u64) -> Self {
        let index = usize::try_from(number).unwrap_or_default() % CALLS.len();
        CALLS.get(index).copied().unwrap_or(Self::ContactsGet)
    }

    /// A body as the document describes it.
    pub(super) fn body(self) -> String {
        let page = |item: &str| {
            format!(
                r#"{{"result":[{item},{item},{item}],"next_cursor":null,"prev_cursor":null,"result_count":3,"is_partial_response":false}}"#
            )
        };
        match self {
            Self::ContactsList | Self::ContactsStream => page(CONTACT),
            Self::LeadsList => page(LEAD),
            Self::ContactsGet
            | Self::ContactsCreate
            | Self::ContactsUpdate
            | Self::ContactsDelete => CONTACT.to_owned(),
            Self::LeadsGet | Self::LeadsUpdate | Self::LeadsDelete => LEAD.to_owned(),
            Self::ContactsBatchDelete => r#"{"result":{"deleted":["1","2"]}}"#.to_owned(),
            Self::LinksList => format!(
                r#"{{"data":[{LINKS_CONTACT},{LINKS_CONTACT}],"page":1,"limit":2,"totalPages":1,"totalResults":2}}"#
            ),
            Self::LinksCreate | Self::LinksUpdate => format!(r#"{{"data":{LINKS_CONTACT}}}"#),
            Self::Update => UPDATED.to_owned(),
        }
    }
}

/// How a call ended.
pub(super) enum Ended {
    Decoded {
        /// Whether it is the same when it is written and read again.
        is_same: bool,
        rejected: u64,
    },
    Failed {
        is_timeout: bool,
    },
}

fn ended<T, E>(
    result: Result<ResponseValue<T>, CallError<E>>,
    rejected: impl FnOnce(&T) -> usize,
) -> Ended
where
    T: Serialize + DeserializeOwned + PartialEq,
    E: 'static,
{
    match result {
        Ok(value) => {
            let again = serde_json::to_vec(&*value)
                .ok()
                .and_then(|text| from_json::<T>(&text).ok());
            Ended::Decoded {
                is_same: again.is_some_and(|again| again == *value),
                rejected: u64::try_from(rejected(&value)).unwrap_or_default(),
            }
        }
        Err(error) => {
            print_all(&error);
            Ended::Failed {
                is_timeout: error.is_timeout(),
            }
        }
    }
}

/// Prints an error in every way, as a program's log would.
fn print_all(error: &(dyn Error + 'static)) {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        _ = write!(text, "{error} {error:?} {error:#?}");
        next = error.source();
    }
}

impl Clients {
    pub(super) async fn make(&self, call: Call, options: CallOptions) -> Ended {
        match call {
            Call::ContactsStream => self.stream(options).await,
            Call::LeadsList | Call::LeadsGet | Call::LeadsUpdate | Call::LeadsDelete => {
                self.leads(call, options).await
            }
            Call::LinksList | Call::LinksCreate | Call::LinksUpdate | Call::Update => {
                self.others(call, options).await
            }
            _ => self.contacts(call, options).await,
        }
    }

    async fn contacts(&self, call: Call, options: CallOptions) -> Ended {
        let client = &self.truto;
        match call {
            Call::ContactsList => ended(
                client.contacts_list().options(options).send().await,
                |page| match &page.result {
                    Some(ContactsListResponseResult::Array(items)) => items.rejected().len(),
                    _ => 0,
                },
            ),
            Call::ContactsGet => {
                let call = client.contacts_get().id("1").options(options);
                ended(call.send().await, |_| 0)
            }
            Call::ContactsCreate => {
                let body = ContactsCreateRequest::new();
                let call = client.contacts_create().body(body).options(options);
                ended(call.send().await, |_| 0)
            }
            Call::ContactsUpdate => {
                let body = truto_client::types::ContactsUpdateRequest::new();
                let call = client.contacts_update().id("1").body(body).options(options);
                ended(call.send().await, |_| 0)
            }
            Call::ContactsBatchDelete => {
                let body = ContactsBatchDeleteRequest::new([]);
                let call = client.contacts_batch_delete().body(body).options(options);
                ended(call.send().await, |_| 0)
            }
            _ => {
                let call = client.contacts_delete().id("1").options(options);
                ended(call.send().await, |_| 0)
            }
        }
    }

    async fn leads(&self, call: Call, options: CallOptions) -> Ended {
        let client = &self.truto;
        match call {
            Call::LeadsList => {
                ended(
                    client.leads_list().options(options).send().await,
                    |page| match &page.result {
                        Some(LeadsListResponseResult::Array(items)) => items.rejected().len(),
                        _ => 0,
                    },
                )
            }
            Call::LeadsGet => {
                let call = client.leads_get().id("1").options(options);
                ended(call.send().await, |_| 0)
            }
            Call::LeadsUpdate => {
                let body = LeadsUpdateRequest::new();
                let call = client.leads_update().id("1").body(body).options(options);
                ended(call.send().await, |_| 0)
            }
            _ => {
                let call = client.leads_delete().id("1").options(options);
                ended(call.send().await, |_| 0)
            }
        }
    }

    async fn others(&self, call: Call, options: CallOptions) -> Ended {
        let links = &self.thelinks;
        match call {
            Call::LinksList => ended(
                links.contacts_list().options(options).send().await,
                |page| page.data.as_ref().map_or(0, |items| items.rejected().len()),
            ),
            Call::LinksCreate => {
                let body = ContactInput::new("ada@example.com", "Ada");
                let call = links.contacts_create().body(body).options(options);
                ended(call.send().await, |_| 0)
            }
            Call::LinksUpdate => {
                let body = ContactInput::new("ada@example.com", "Ada");
                let call = links.contacts_update().unified_contact_id("1");
                ended(call.body(body).options(options).send().await, |_| 0)
            }
            _ => {
                let body = ContactsUpdateRequest::new();
                let call = self.update.contacts_update().id("1").body(body);
                ended(call.options(options).send().await, |_| 0)
            }
        }
    }

    /// Reads a listing to its end; every page of it is the same.
    async fn stream(&self, options: CallOptions) -> Ended {
        let mut listing = self
            .truto
            .contacts_list()
            .options(options)
            .stream()
            .max_pages(3);
        let mut rejected = 0;
        while let Some(item) = listing.next().await {
            match item {
                Ok(_) => {}
                Err(ListingError::Item(item)) => {
                    print_all(&ListingError::<()>::Item(item));
                    rejected += 1;
                }
                Err(ListingError::Call(error)) => {
                    print_all(&error);
                    return Ended::Failed {
                        is_timeout: error.is_timeout(),
                    };
                }
                Err(error) => {
                    print_all(&error);
                    return Ended::Failed { is_timeout: false };
                }
            }
        }
        Ended::Decoded {
            is_same: true,
            rejected,
        }
    }
}
