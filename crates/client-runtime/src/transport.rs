//! The HTTP client underneath: whom it connects to, and whom it trusts.

use crate::api::Api;
use crate::base_url::BaseUrl;
use crate::config::ConfigError;
use std::error::Error as _;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

/// How many headers an HTTP/1.1 answer may have. A head of more than some 400 KiB is refused by hyper, whatever is in
/// it.
const MAX_HEADERS: usize = 100;

/// How many bytes the headers of an HTTP/2 answer may have, as HTTP/2 counts them.
#[cfg(feature = "http2")]
const MAX_HEADER_BYTES: u32 = 16 * 1024;

/// How connections are made.
#[derive(Clone)]
pub(crate) struct Transport {
    pub(crate) connect_timeout: Duration,
    /// What to trust beside the platform's roots, as PEM.
    #[cfg(feature = "rustls")]
    pub(crate) root_certificates: Vec<Vec<u8>>,
}

impl Transport {
    pub(crate) fn new() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            #[cfg(feature = "rustls")]
            root_certificates: Vec::new(),
        }
    }

    pub(crate) fn client(
        &self,
        api: &Api,
        base_url: &BaseUrl,
    ) -> Result<reqwest::Client, ConfigError> {
        let mut http = reqwest::Client::builder()
            .user_agent(format!(
                "{}/{} client-runtime/{}",
                api.name,
                api.version,
                env!("CARGO_PKG_VERSION")
            ))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .http1_max_headers(MAX_HEADERS)
            .connect_timeout(self.connect_timeout);
        #[cfg(feature = "http2")]
        {
            http = http.http2_max_header_list_size(MAX_HEADER_BYTES);
        }
        if !base_url.is_tls() || base_url.is_loopback() {
            http = http.no_proxy();
        }
        if base_url.host() == LOCALHOST {
            http = http.resolve_to_addrs(LOCALHOST, &THIS_MACHINE);
        }
        #[cfg(feature = "rustls")]
        {
            let roots = self.roots()?;
            http = if base_url.is_tls() {
                http.tls_certs_merge(roots)
            } else {
                // The platform's are not needed, and reading them takes time.
                http.tls_certs_only(roots)
            };
        }
        http.build().map_err(|error| {
            let mut cause = error.source();
            while let Some(deeper) = cause.and_then(std::error::Error::source) {
                cause = Some(deeper);
            }
            let cause = cause.map_or_else(|| error.to_string(), ToString::to_string);
            ConfigError::new(self.refusal(&cause))
        })
    }

    #[cfg(feature = "rustls")]
    fn refusal(&self, cause: &str) -> String {
        if self.root_certificates.is_empty() {
            format!(
                "the HTTP client cannot be set up: {cause}; if the platform has no root certificates, install them \
                 or set one with `root_certificate`"
            )
        } else {
            format!(
                "`root_certificate` is not taken: {cause}; set it to the X.509 certificate of an authority, in PEM"
            )
        }
    }

    #[cfg(not(feature = "rustls"))]
    #[allow(clippy::unused_self, reason = "the same with and without TLS")]
    fn refusal(&self, cause: &str) -> String {
        format!("the HTTP client cannot be set up: {cause}")
    }

    #[cfg(feature = "rustls")]
    fn roots(&self) -> Result<Vec<reqwest::Certificate>, ConfigError> {
        let mut roots = Vec::new();
        for pem in &self.root_certificates {
            let found = reqwest::Certificate::from_pem_bundle(pem).map_err(|_| {
                ConfigError::new(
                    "`root_certificate` is damaged PEM, set it to the whole text from \
                     `-----BEGIN CERTIFICATE-----` to `-----END CERTIFICATE-----`",
                )
            })?;
            if found.is_empty() {
                return Err(ConfigError::new(
                    "`root_certificate` holds no certificate, set it to PEM text that begins with \
                     `-----BEGIN CERTIFICATE-----`",
                ));
            }
            roots.extend(found);
        }
        Ok(roots)
    }
}

const LOCALHOST: &str = "localhost";

/// What `localhost` stands for, whatever a name server says (RFC 6761, 6.3). A port of zero means the URL's.
const THIS_MACHINE: [SocketAddr; 2] = [
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
    SocketAddr::new(std::net::IpAddr::V6(Ipv6Addr::LOCALHOST), 0),
];
