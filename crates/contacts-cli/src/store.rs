//! The store that the arguments name.

use crate::arguments::StoreArguments;
use crate::failure::Failure;
use crate::profile;
use crate::suggestion::nearest;
use unified_contacts::{Capabilities, ContactStore, CoreBuilder, Integration, Settings, connect};
use url::{Host, Url};

/// A store, and what its profile says of it.
#[derive(Debug)]
pub(crate) struct Opened {
    pub store: Box<dyn ContactStore>,
    pub settings: Settings,
    /// The integration that writes are checked for.
    pub integration: Option<Integration>,
}

/// Opens the store of the arguments.
pub(crate) fn open(arguments: &StoreArguments) -> Result<Opened, Failure> {
    let (settings, integration) = match (&arguments.store, &arguments.profile) {
        (Some(_), Some(_)) => {
            return Err(Failure::usage(
                "--store and --profile cannot be given together",
            ));
        }
        (Some(store), None) => (of_text(store)?, None),
        (None, Some(name)) => profile::read(name)?,
        (None, None) => {
            let failure = Failure::usage("no store is named");
            return Err(failure
                .hint("say which: --store truto, --profile NAME, or the variable CONTACTS_STORE"));
        }
    };
    opened(settings, integration.as_deref(), arguments.no_rate_limit)
}

/// Opens a store that is named in one word: a provider, a URL, or a profile as `@NAME`.
pub(crate) fn open_named(name: &str, no_rate_limit: bool) -> Result<Opened, Failure> {
    let (settings, integration) = match name.strip_prefix('@') {
        Some(profile) => profile::read(profile)?,
        None => (of_text(name)?, None),
    };
    opened(settings, integration.as_deref(), no_rate_limit)
}

fn opened(
    settings: Settings,
    integration: Option<&str>,
    no_rate_limit: bool,
) -> Result<Opened, Failure> {
    let mut settings = with_sandbox_credential(settings);
    if no_rate_limit {
        settings = settings.configure(CoreBuilder::no_rate_limiter);
    }
    let store = connect(&settings)?;
    let integration = integration
        .map(|name| integration_of(store.provider(), store.capabilities(), name))
        .transpose()?;
    Ok(Opened {
        store,
        settings,
        integration,
    })
}

/// The integration of that name behind an API, in whatever case it is written.
pub(crate) fn integration_of(
    provider: &str,
    capabilities: &Capabilities,
    name: &str,
) -> Result<Integration, Failure> {
    let mut all = capabilities.integrations();
    let found = all.find(|known| known.name().eq_ignore_ascii_case(name));
    found.ok_or_else(|| {
        let failure = Failure::usage(format!("{provider} has no integration of that name"));
        match nearest(name, capabilities.integrations().map(Integration::name)) {
            Some(known) => failure.hint(format!("did you mean `{known}`?")),
            None => failure.hint("`contacts integrations` lists them"),
        }
    })
}

fn of_text(text: &str) -> Result<Settings, Failure> {
    if !text.contains(':') {
        return Ok(Settings::new(text));
    }
    let holds_secret = Url::parse(text).is_ok_and(|url| {
        url.password().is_some() || url.query_pairs().any(|(name, _)| name == "token")
    });
    if holds_secret {
        let problem = "a credential in an argument can be read by every user of the machine";
        return Err(Failure::usage(problem)
            .hint("put it into the environment, such as TRUTO_TOKEN, and leave it out here"));
    }
    Ok(Settings::from_url(text)?)
}

/// A server of this machine without a credential is a sandbox, which takes any.
fn with_sandbox_credential(settings: Settings) -> Settings {
    let host = settings
        .base_url
        .as_deref()
        .and_then(|url| Url::parse(url).ok());
    let is_local = host.is_some_and(|url| match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    });
    let prefix = unified_contacts::providers()
        .find(|provider| provider.name == settings.provider)
        .map(|provider| format!("{}_TOKEN", provider.env_prefix));
    let is_set =
        prefix.is_some_and(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if is_local && settings.credential.is_none() && !is_set {
        settings.credential(sandbox::Sandbox::CREDENTIAL)
    } else {
        settings
    }
}
