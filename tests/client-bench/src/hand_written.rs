//! The calls as a team writes them that has no SDK: reqwest, and structs whose serde impls are derived.

#![allow(
    dead_code,
    missing_docs,
    reason = "the fields are there to be decoded, as in any program that declares the whole contact"
)]

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Debug, Clone, Default, Serialize)]
pub struct Update {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_addresses: Option<Vec<NewEmailAddress>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<NewTag>>,
}

#[derive(Debug, Clone, Serialize)]
pub struct NewEmailAddress {
    pub email: String,
    pub r#type: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct NewTag {
    pub id: String,
}

#[derive(Debug, Deserialize)]
pub struct Contact {
    pub id: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub name: Option<String>,
    pub title: Option<String>,
    pub email_addresses: Option<Vec<EmailAddress>>,
    pub phone_numbers: Option<Vec<PhoneNumber>>,
    pub addresses: Option<Vec<Address>>,
    pub urls: Option<Vec<Url>>,
    pub tags: Option<Vec<Tag>>,
    pub account: Option<Account>,
    pub owner: Option<Owner>,
    pub custom_fields: Option<Map<String, Value>>,
    pub etag: Option<String>,
    pub created_at: Option<String>,
    pub updated_at: Option<String>,
    pub last_activity_at: Option<String>,
    pub remote_data: Option<Value>,
}

#[derive(Debug, Deserialize)]
pub struct EmailAddress {
    pub id: Option<String>,
    pub email: Option<String>,
    pub r#type: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct PhoneNumber {
    pub id: Option<String>,
    pub number: Option<String>,
    pub extension: Option<String>,
    pub r#type: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Address {
    pub id: Option<String>,
    pub street_1: Option<String>,
    pub street_2: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
    pub r#type: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Url {
    pub url: Option<String>,
    pub r#type: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Tag {
    pub id: Option<String>,
    pub name: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Account {
    pub id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Owner {
    pub id: Option<String>,
    pub name: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct ContactPage {
    pub result: Vec<Contact>,
    pub next_cursor: Option<String>,
    pub prev_cursor: Option<String>,
    pub result_count: Option<i64>,
}

/// A client for one connected account.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base_url: String,
    token: String,
    account: String,
}

impl Client {
    #[must_use]
    pub fn new(base_url: &str, token: &str, account: &str) -> Self {
        Self {
            http: reqwest::Client::new(),
            base_url: base_url.to_owned(),
            token: token.to_owned(),
            account: account.to_owned(),
        }
    }

    /// Changes a contact.
    ///
    /// # Errors
    /// What reqwest says.
    pub async fn update(&self, id: &str, update: &Update) -> reqwest::Result<Contact> {
        self.http
            .patch(format!("{}/unified/crm/contacts/{id}", self.base_url))
            .query(&[("integrated_account_id", &self.account)])
            .bearer_auth(&self.token)
            .json(update)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await
    }
}

/// The update that is measured.
#[must_use]
pub fn update() -> Update {
    Update {
        first_name: Some("Zeynep".to_owned()),
        last_name: Some("Öztürk".to_owned()),
        title: Some("Head of Operations".to_owned()),
        email_addresses: Some(vec![NewEmailAddress {
            email: "zeynep.ozturk@example.com".to_owned(),
            r#type: "work".to_owned(),
        }]),
        tags: Some(vec![NewTag {
            id: "t-1".to_owned(),
        }]),
    }
}
