//! The URL that every path of an API is appended to.

use crate::config::ConfigError;
use std::fmt;
use std::net::Ipv6Addr;
use url::{Host, Url};

const EXAMPLE: &str = "https://api.example.com/v1";

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
        let refuse = |said: &str| Err(ConfigError::new(format!("`base_url` {said}")));
        let url = match Url::parse(text) {
            Ok(url) => url,
            Err(error) => {
                return refuse(&format!(
                    "is not a URL ({error}), set it to one like {EXAMPLE}"
                ));
            }
        };
        let plain_hosts = names(plain_hosts)?;
        let Some(host) = url.host() else {
            return refuse(&format!("names no host, set it to one like {EXAMPLE}"));
        };
        if !url.username().is_empty() || url.password().is_some() {
            return refuse(
                "holds credentials, leave out user name and password and set a credential with the client's builder",
            );
        }
        if url.query().is_some() {
            return refuse(
                "holds a query, leave out `?` and what follows; parameters are given with each call",
            );
        }
        if url.fragment().is_some() {
            return refuse("holds a fragment, leave out `#` and what follows");
        }
        match url.scheme() {
            "https" if cfg!(feature = "rustls") => {}
            "https" => {
                return refuse(
                    "is `https` and this build has no TLS, turn on the feature `rustls` of `client-runtime`",
                );
            }
            "http" if is_loopback(&host) || plain_hosts.contains(&host.to_owned()) => {}
            "http" => {
                return refuse(
                    "is plain `http` to another machine, set it to `https` or allow the host by its name with \
                     `allow_plain_http_to`",
                );
            }
            other => {
                return refuse(&format!(
                    "has the scheme `{other}`, set it to one that begins with `https://`"
                ));
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

    /// The URL that a link leads to from another URL under this one, without query; `None` where it leads elsewhere.
    /// Scheme and port are this one's: a server behind a proxy may not know them.
    pub(crate) fn followed(&self, from: &str, link: &str) -> Option<String> {
        let mut base = Url::parse(&self.text).ok()?;
        let target = Url::parse(from).ok()?.join(link).ok()?;
        let port = (target.scheme() == base.scheme())
            .then(|| base.port())
            .flatten();
        let is_here = target.host_str() == base.host_str()
            && target.port() == port
            && matches!(target.scheme(), "http" | "https")
            && target.username().is_empty()
            && target.password().is_none();
        let folder = base.path().trim_end_matches('/');
        let is_inside = target.path().strip_prefix(folder)?.starts_with('/');
        if !is_here || !is_inside {
            return None;
        }
        base.set_path(target.path());
        Some(base.into())
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

/// The hosts that a caller allowed by name, in the form that they have in a URL.
fn names(hosts: &[String]) -> Result<Vec<Host>, ConfigError> {
    let name = |host: &String| {
        let address = host.parse::<Ipv6Addr>().map(Host::Ipv6);
        address.or_else(|_| Host::parse(host)).map_err(|_| {
            ConfigError::new(
                "`allow_plain_http_to` was given what is no host, set it to a name or an address alone, without \
                 scheme, port and path",
            )
        })
    };
    hosts.iter().map(name).collect()
}

/// Whether `host` is this machine beyond doubt: no name that a name server is asked for, no address that is mapped.
fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}
