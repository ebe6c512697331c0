//! The URL that every path of an API is appended to.

use crate::config::ConfigError;
use std::fmt;
use url::{Host, Url};

/// A checked base URL without a trailing slash.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    text: String,
    host: String,
    port: u16,
    is_tls: bool,
    is_loopback: bool,
}

impl BaseUrl {
    /// Checks `text`: an absolute `https` URL, or `http` to a loopback address or to a host in `plain_hosts`, without
    /// credentials, query or fragment.
    pub(crate) fn parse(text: &str, plain_hosts: &[String]) -> Result<Self, ConfigError> {
        let url = Url::parse(text).map_err(|error| {
            ConfigError::new(format!(
                "base URL is not a URL: {error}, expected a form such as https://api.example.com/v1"
            ))
        })?;
        let Some(host) = url.host() else {
            return Err(ConfigError::new(
                "base URL names no host, expected a form such as https://api.example.com/v1",
            ));
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(ConfigError::new(
                "base URL holds credentials, set them with the client builder's credential methods instead",
            ));
        }
        if url.query().is_some() {
            return Err(ConfigError::new(
                "base URL holds a query, give parameters with each call instead",
            ));
        }
        if url.fragment().is_some() {
            return Err(ConfigError::new(
                "base URL holds a fragment, leave out `#` and what follows",
            ));
        }
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&host) || plain_hosts.contains(&host.to_string()) => {}
            "http" => {
                return Err(ConfigError::new(
                    "base URL is plain http to a remote host, use https or allow the host by name with \
                     `allow_plain_http_to`",
                ));
            }
            other => {
                return Err(ConfigError::new(format!(
                    "base URL has the scheme `{other}`, expected `https`"
                )));
            }
        }
        Ok(Self {
            text: url.as_str().trim_end_matches('/').to_owned(),
            is_tls: url.scheme() == "https",
            is_loopback: is_loopback(&host),
            host: host.to_string(),
            port: url.port_or_known_default().unwrap_or_default(),
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn is_tls(&self) -> bool {
        self.is_tls
    }

    /// Whether requests go to this machine. Another one, such as a proxy, would take it for itself.
    pub(crate) fn is_loopback(&self) -> bool {
        self.is_loopback
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }
}

impl fmt::Debug for BaseUrl {
    /// Prints host and port only: a path may name a tenant.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.host, self.port)
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}
