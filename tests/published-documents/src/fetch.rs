//! Fetches packages with their registries' clients, and takes documents out of them.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use sha2::{Digest as _, Sha256};

use crate::{
    folders::Folders,
    list::{Document, Registry},
    say,
};

/// Fetches the document unless it is there already.
pub(crate) fn fetch(folders: &Folders, document: &Document) -> Result<(), String> {
    let file = folders.document(document);
    if document.file.is_some() {
        return Ok(());
    }
    if fs::read(&file).is_ok_and(|bytes| hash(&bytes) == document.sha256) {
        return Ok(());
    }
    let archive = archive(folders, document)?;
    let output = Command::new("tar")
        .arg("-xzOf")
        .arg(&archive)
        .arg(&document.path)
        .output()
        .map_err(|error| format!("tar does not run: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "{} {} holds no `{}`",
            document.package, document.version, document.path
        ));
    }
    if hash(&output.stdout) != document.sha256 {
        return Err(format!(
            "{}: `{}` of {} {} is not the document that the list means; expected SHA-256 {}, found {}",
            document.name,
            document.path,
            document.package,
            document.version,
            document.sha256,
            hash(&output.stdout)
        ));
    }
    written(&file, &output.stdout)
}

/// The package's archive, fetched unless it is there.
fn archive(folders: &Folders, document: &Document) -> Result<PathBuf, String> {
    let folder = folders
        .packages()
        .join(format!("{}-{}", document.package, document.version).replace(['/', '@'], "_"));
    if let Some(found) = archive_in(&folder) {
        return Ok(found);
    }
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    say(&format!(
        "fetching {} {}",
        document.package, document.version
    ));
    let mut client = match document.registry {
        Registry::Npm => {
            let mut npm = Command::new("npm");
            npm.args(["pack", "--silent"])
                .arg(format!("{}@{}", document.package, document.version));
            npm
        }
        Registry::Pypi => {
            let mut pip = Command::new("pip");
            pip.args(["download", "--quiet", "--no-deps", "--no-binary", ":all:"])
                .arg(format!("{}=={}", document.package, document.version));
            pip
        }
    };
    let output = client
        .current_dir(&folder)
        .output()
        .map_err(|error| format!("the client of the registry does not run: {error}"))?;
    archive_in(&folder).ok_or_else(|| {
        format!(
            "{} {} was not fetched: {}",
            document.package,
            document.version,
            String::from_utf8_lossy(&output.stderr).trim()
        )
    })
}

fn archive_in(folder: &Path) -> Option<PathBuf> {
    fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| {
            path.extension()
                .is_some_and(|extension| extension == "tgz" || extension == "gz")
        })
}

fn written(file: &Path, bytes: &[u8]) -> Result<(), String> {
    let fault = |error: std::io::Error| format!("{}: {error}", file.display());
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    fs::write(file, bytes).map_err(fault)
}

fn hash(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
