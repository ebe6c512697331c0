//! The credentials of a client, as headers and query parameters that are ready to send.

use crate::api::{Api, ApiKeyPlace, SecurityScheme};
use crate::config::ConfigError;
use crate::limiter;
use crate::operation::Operation;
use crate::path::RESERVED;
use crate::secret::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use std::fmt;
use zeroize::Zeroizing;

/// What a caller gives for a security scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credential {
    /// A bearer token, access token or API key.
    Token(Secret),
    /// A user name and a password.
    UserPassword {
        /// The user name.
        user: Secret,
        /// The password.
        password: Secret,
    },
}

impl<T: Into<Secret>> From<T> for Credential {
    fn from(token: T) -> Self {
        Self::Token(token.into())
    }
}

/// A credential, ready to send.
#[derive(Clone)]
pub(crate) enum Prepared {
    Header(HeaderName, HeaderValue),
    Query { name: &'static str, value: Secret },
}

const NO_SCHEMES: &[&str] = &[];

/// The credentials of a client, by the name of their scheme.
#[derive(Clone, Default)]
pub(crate) struct Credentials(Vec<Entry>);

#[derive(Clone)]
struct Entry {
    scheme: &'static str,
    prepared: Prepared,
    identity: u64,
}

/// The credentials that authenticate a request.
#[derive(Clone, Copy)]
pub(crate) struct Chosen<'a> {
    credentials: &'a Credentials,
    schemes: &'static [&'static str],
}

impl<'a> Chosen<'a> {
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a Prepared> {
        self.entries().map(|entry| &entry.prepared)
    }

    /// A number that stands for these credentials within this process.
    pub(crate) fn identity(self) -> u64 {
        self.entries().fold(0, |sum, entry| sum ^ entry.identity)
    }

    fn entries(self) -> impl Iterator<Item = &'a Entry> {
        self.schemes
            .iter()
            .filter_map(move |scheme| self.credentials.get(scheme))
    }
}

impl Credentials {
    pub(crate) fn set(
        &mut self,
        api: &Api,
        scheme: &str,
        credential: &Credential,
    ) -> Result<(), ConfigError> {
        let Some((name, kind)) = api
            .security_schemes
            .iter()
            .find(|(known, _)| *known == scheme)
        else {
            return Err(ConfigError::new(format!(
                "the API has no security scheme `{scheme}`, it has {}",
                api.security_schemes
                    .iter()
                    .map(|(name, _)| format!("`{name}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            )));
        };
        let prepared = prepare(name, *kind, credential)?;
        let entry = Entry {
            scheme: name,
            prepared,
            identity: match credential {
                Credential::Token(token) => limiter::identity(token.expose()),
                Credential::UserPassword { user, .. } => limiter::identity(user.expose()),
            },
        };
        match self.0.iter_mut().find(|known| known.scheme == *name) {
            Some(known) => *known = entry,
            None => self.0.push(entry),
        }
        Ok(())
    }

    /// The credentials of the first set of schemes of `operation` that can be met; `None` if none can.
    pub(crate) fn of(&self, operation: &Operation) -> Option<Chosen<'_>> {
        let sets = operation.security;
        let chosen = sets
            .iter()
            .find(|set| set.iter().all(|scheme| self.get(scheme).is_some()));
        let schemes = match chosen {
            Some(set) => set,
            None if sets.is_empty() => &NO_SCHEMES,
            None => return None,
        };
        Some(Chosen {
            credentials: self,
            schemes,
        })
    }

    fn get(&self, scheme: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.scheme == scheme)
    }
}

impl fmt::Debug for Credentials {
    /// Prints the names of the schemes only.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_set()
            .entries(self.0.iter().map(|entry| entry.scheme))
            .finish()
    }
}

fn prepare(
    name: &str,
    scheme: SecurityScheme,
    credential: &Credential,
) -> Result<Prepared, ConfigError> {
    match (scheme, credential) {
        (SecurityScheme::Bearer | SecurityScheme::OAuth2, Credential::Token(token)) => header(
            name,
            http::header::AUTHORIZATION,
            &["Bearer ", filled(name, token)?],
        ),
        (SecurityScheme::Basic, Credential::UserPassword { user, password }) => {
            if user.expose().contains(':') {
                return Err(ConfigError::new(format!(
                    "the user name for `{name}` contains `:`, which HTTP Basic cannot carry"
                )));
            }
            let pair = Zeroizing::new([user.expose(), ":", password.expose()].concat());
            let encoded = Zeroizing::new(BASE64.encode(&*pair));
            header(name, http::header::AUTHORIZATION, &["Basic ", &encoded])
        }
        (SecurityScheme::ApiKey { place, name: key }, Credential::Token(token)) => {
            let token = filled(name, token)?;
            match place {
                ApiKeyPlace::Header => {
                    let key = HeaderName::from_bytes(key.as_bytes()).map_err(|_| {
                        ConfigError::new(format!(
                            "`{key}` of the security scheme `{name}` is no header name"
                        ))
                    })?;
                    header(name, key, &[token])
                }
                ApiKeyPlace::Query => Ok(Prepared::Query {
                    name: key,
                    value: Secret::new(token),
                }),
                ApiKeyPlace::Cookie => {
                    // With room for all: a text that grows leaves its beginning behind.
                    let mut encoded = Zeroizing::new(String::with_capacity(3 * token.len()));
                    encoded.extend(percent_encoding::utf8_percent_encode(token, RESERVED));
                    header(name, http::header::COOKIE, &[key, "=", &encoded])
                }
            }
        }
        (SecurityScheme::Basic, Credential::Token(_)) => Err(ConfigError::new(format!(
            "the security scheme `{name}` takes a user name and a password, found a token"
        ))),
        (_, Credential::UserPassword { .. }) => Err(ConfigError::new(format!(
            "the security scheme `{name}` takes a token, found a user name and a password"
        ))),
    }
}

fn filled<'a>(name: &str, token: &'a Secret) -> Result<&'a str, ConfigError> {
    let token = token.expose();
    if token.trim().is_empty() {
        return Err(ConfigError::new(format!(
            "the credential for the security scheme `{name}` is empty, set it to the token or key that the API gave you"
        )));
    }
    if token.contains(char::is_control) {
        return Err(ConfigError::new(format!(
            "the credential for the security scheme `{name}` holds a line end or another control character, set it \
             without, such as by trimming what was read from a file"
        )));
    }
    Ok(token)
}

/// The cookies of two headers in one, since a request has one header of cookies (RFC 6265, section 5.4).
pub(crate) fn both(first: &HeaderValue, second: &HeaderValue) -> Option<HeaderValue> {
    wiped([first.as_bytes(), b"; ", second.as_bytes()].concat())
}

/// A header's value whose memory is wiped when the last request that carries it is gone.
fn wiped(bytes: Vec<u8>) -> Option<HeaderValue> {
    let bytes = Bytes::from_owner(Zeroizing::new(bytes));
    let mut value = HeaderValue::from_maybe_shared(bytes).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// A header whose memory is wiped when the last request that carries it is gone.
fn header(scheme: &str, name: HeaderName, parts: &[&str]) -> Result<Prepared, ConfigError> {
    let value = wiped(parts.concat().into_bytes()).ok_or_else(|| {
        ConfigError::new(format!(
            "the credential for the security scheme `{scheme}` holds characters that no header may, set it without"
        ))
    })?;
    Ok(Prepared::Header(name, value))
}
