//! Servers: one list for the document where all its operations agree, lists of their own where they do not.

use serde_json::{Map, Value, json};

use super::Deriver;
use crate::api::Server;

impl Deriver<'_> {
    /// The document's servers: the one of `api.toml`, else the base's, else the list that every page which names
    /// servers agrees on. Operations keep a list of their own only where it differs.
    pub(super) fn settle_servers(&mut self, api: Option<&Server>) -> Option<Value> {
        let mut stated = self.root.remove("servers");
        if stated.is_none() {
            stated = self.agreed_servers();
        }
        let servers = match api {
            Some(server) => Some(from_api(server, self.read_at(&server.url))),
            None => stated,
        }?;
        let urls = urls(&servers);
        for (operation, _) in self.operations.values_mut() {
            if operation
                .get("servers")
                .is_some_and(|own| self::urls(own) == urls)
            {
                operation.remove("servers");
            }
        }
        Some(servers)
    }

    fn agreed_servers(&self) -> Option<Value> {
        let mut lists = self
            .operations
            .values()
            .filter_map(|(operation, _)| operation.get("servers"));
        let first = lists.next()?;
        lists
            .all(|other| urls(other) == urls(first))
            .then(|| first.clone())
    }

    /// The `x-source` of the first operation whose page names this server.
    fn read_at(&self, url: &str) -> Option<Value> {
        self.operations
            .values()
            .filter_map(|(operation, _)| operation.get("servers")?.as_array())
            .flatten()
            .find(|server| server_url(server) == Some(url.trim_end_matches('/')))
            .and_then(|server| server.get("x-source"))
            .cloned()
    }
}

fn from_api(server: &Server, source: Option<Value>) -> Value {
    let mut object = Map::new();
    object.insert("url".to_owned(), json!(server.url));
    super::schema::insert_text(&mut object, "description", server.description.as_deref());
    if !server.default {
        object.insert("x-default".to_owned(), Value::Bool(false));
    }
    if let Some(source) = source {
        object.insert("x-source".to_owned(), source);
    }
    json!([object])
}

/// The URLs of a list of servers, without a slash at the end.
fn urls(servers: &Value) -> Vec<Option<&str>> {
    servers
        .as_array()
        .map(|servers| servers.iter().map(server_url).collect())
        .unwrap_or_default()
}

fn server_url(server: &Value) -> Option<&str> {
    Some(server.get("url")?.as_str()?.trim_end_matches('/'))
}
