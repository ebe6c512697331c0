//! Profiles: stores that are written down under a name.

use crate::failure::Failure;
use client_runtime::Secret;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use unified_contacts::Settings;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Configuration {
    #[serde(default)]
    profiles: BTreeMap<String, Profile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Profile {
    provider: String,
    base_url: Option<String>,
    account: Option<String>,
    integration: Option<String>,
    /// The environment variable that holds the credential.
    credential_env: Option<String>,
    /// The file that holds the credential, and which only its owner can read.
    credential_file: Option<PathBuf>,
    /// The entry of the system's keyring that holds the credential.
    credential_keyring: Option<String>,
}

/// Where profiles are written down.
pub(crate) fn path() -> Option<PathBuf> {
    let variable = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(path) = variable("CONTACTS_CONFIG") {
        return Some(path);
    }
    let folder = variable("XDG_CONFIG_HOME").or_else(|| Some(variable("HOME")?.join(".config")))?;
    Some(folder.join("contacts").join("config.toml"))
}

/// The settings of a profile, and the integration that it names.
pub(crate) fn read(name: &str) -> Result<(Settings, Option<String>), Failure> {
    let Some(path) = path() else {
        return Err(Failure::configuration(
            "there is no place for profiles: neither HOME nor CONTACTS_CONFIG is set",
        ));
    };
    let shown = path.display();
    let text = std::fs::read_to_string(&path).map_err(|error| {
        let failure = Failure::configuration(format!("cannot read profiles from {shown}: {error}"));
        failure.hint(
            "write one down:\n    [profiles.work]\n    provider = \"truto\"\n    account = \"ID\"",
        )
    })?;
    let mut configuration: Configuration = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| {
            text[..span.start.min(text.len())].matches('\n').count() + 1
        });
        Failure::configuration(format!("{shown}, line {line}: {}", error.message()))
    })?;
    let Some(profile) = configuration.profiles.remove(name) else {
        let known: Vec<&str> = configuration.profiles.keys().map(String::as_str).collect();
        let failure = Failure::configuration(format!("{shown} has no profile `{name}`"));
        let known = if known.is_empty() {
            "none".to_owned()
        } else {
            known.join(", ")
        };
        return Err(failure.hint(format!("it has: {known}")));
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut settings = Settings::new(profile.provider.clone());
    if let Some(url) = &profile.base_url {
        settings = settings.base_url(url);
    }
    if let Some(account) = &profile.account {
        settings = settings.account(account);
    }
    if let Some(credential) = credential(name, &profile, folder)? {
        settings = settings.credential(credential);
    }
    Ok((settings, profile.integration))
}

fn credential(name: &str, profile: &Profile, folder: &Path) -> Result<Option<Secret>, Failure> {
    let named = [
        profile.credential_env.is_some(),
        profile.credential_file.is_some(),
        profile.credential_keyring.is_some(),
    ];
    if named.into_iter().filter(|is_named| *is_named).count() > 1 {
        return Err(Failure::configuration(format!(
            "profile `{name}` names more than one place for its credential"
        )));
    }
    if let Some(variable) = &profile.credential_env {
        let value = std::env::var(variable)
            .ok()
            .filter(|value| !value.is_empty());
        let missing = || {
            Failure::configuration(format!(
                "profile `{name}`: the variable {variable} is not set"
            ))
        };
        return value
            .ok_or_else(missing)
            .map(|value| Some(Secret::from(value)));
    }
    if let Some(file) = &profile.credential_file {
        return of_file(&folder.join(file)).map(Some);
    }
    profile
        .credential_keyring
        .as_deref()
        .map(of_keyring)
        .transpose()
}

/// The credential in a file, which nobody else may read.
fn of_file(path: &Path) -> Result<Secret, Failure> {
    let shown = path.display();
    let fault = |error: std::io::Error| {
        Failure::configuration(format!("cannot read the credential from {shown}: {error}"))
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let mode = std::fs::metadata(path).map_err(fault)?.mode();
        if mode & 0o077 != 0 {
            let failure = Failure::configuration(format!(
                "{shown} holds a credential, and others can read it"
            ));
            return Err(failure.hint(format!("chmod 600 {shown}")));
        }
    }
    let text = std::fs::read_to_string(path).map_err(fault)?;
    let text = text.trim();
    if text.is_empty() {
        return Err(Failure::configuration(format!(
            "{shown} is empty, a credential is expected there"
        )));
    }
    Ok(Secret::from(text.to_owned()))
}

#[cfg(feature = "keyring")]
fn of_keyring(entry: &str) -> Result<Secret, Failure> {
    let fault = |error: keyring::Error| {
        Failure::configuration(format!("cannot read `{entry}` from the keyring: {error}"))
    };
    let entry = keyring::Entry::new("contacts", entry).map_err(fault)?;
    entry.get_password().map(Secret::from).map_err(fault)
}

#[cfg(not(feature = "keyring"))]
fn of_keyring(_entry: &str) -> Result<Secret, Failure> {
    let failure = Failure::configuration("this build has no keyring");
    Err(failure
        .hint("build it with `--features keyring`, or use credential_env or credential_file"))
}
