//! Writing files: all of them or none.
//!
//! New texts are written beside their targets first. Only when every one of them is on the disk are the files
//! renamed into place, and what stood there is kept until the last rename has worked. Whatever fails, everything is
//! put back.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use crate::exit::Failure;
use crate::files::Change;

/// Applies the changes to the files under `root`.
pub(crate) fn all(root: &Path, changes: &[Change]) -> Result<(), Failure> {
    let mut transaction = Transaction::default();
    let outcome = transaction
        .create_folder(root)
        .map_err(|error| Failure::unwritable(root, &error))
        .and_then(|()| {
            changes
                .iter()
                .try_for_each(|change| transaction.stage(root, change))
        })
        .and_then(|()| transaction.commit());
    outcome.inspect_err(|_| transaction.roll_back())
}

/// What has been done so far, so that it can be undone.
#[derive(Default)]
struct Transaction {
    staged: Vec<Staged>,
    /// Folders that did not exist before, outermost first.
    created_folders: Vec<PathBuf>,
    /// Targets that were moved away or put in place, with what stood there before.
    replaced: Vec<(PathBuf, Option<TempPath>)>,
}

/// A change whose new text is on the disk, beside its target.
struct Staged {
    target: PathBuf,
    /// The new text; none when the file is to go.
    text: Option<TempPath>,
    /// An empty place beside the target for what stands there; none when nothing does.
    backup: Option<TempPath>,
}

impl Transaction {
    fn stage(&mut self, root: &Path, change: &Change) -> Result<(), Failure> {
        let target = inside(root, &change.path)?;
        let failed = |error: &io::Error| Failure::unwritable(&target, error);
        let folder = target.parent().unwrap_or(root).to_owned();
        self.create_folder(&folder)
            .map_err(|error| failed(&error))?;
        let text = match &change.new {
            Some(text) => {
                let file = beside(&folder).map_err(|error| failed(&error))?;
                fs::write(file.path(), text).map_err(|error| failed(&error))?;
                file.as_file().sync_all().map_err(|error| failed(&error))?;
                readable(&file, &target).map_err(|error| failed(&error))?;
                Some(file.into_temp_path())
            }
            None => None,
        };
        let backup = match &change.old {
            Some(_) => Some(
                beside(&folder)
                    .map_err(|error| failed(&error))?
                    .into_temp_path(),
            ),
            None => None,
        };
        self.staged.push(Staged {
            target,
            text,
            backup,
        });
        Ok(())
    }

    fn create_folder(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<PathBuf> = folder
            .ancestors()
            .take_while(|folder| !folder.exists())
            .map(Path::to_owned)
            .collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(&folder)?;
            self.created_folders.push(folder);
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Failure> {
        for staged in std::mem::take(&mut self.staged) {
            let target = staged.target;
            let failed = |error: &io::Error| Failure::unwritable(&target, error);
            let is_new = staged.backup.is_none();
            if let Some(backup) = staged.backup {
                fs::rename(&target, &backup).map_err(|error| failed(&error))?;
                self.replaced.push((target.clone(), Some(backup)));
            }
            if let Some(text) = staged.text {
                text.persist(&target)
                    .map_err(|error| failed(&error.error))?;
                if is_new {
                    self.replaced.push((target.clone(), None));
                }
            }
        }
        Ok(())
    }

    /// Undoes the renames, newest first. Temporary files remove themselves.
    fn roll_back(&mut self) {
        self.staged.clear();
        for (target, backup) in std::mem::take(&mut self.replaced).into_iter().rev() {
            let _restored = match backup {
                Some(backup) => backup.persist(&target).map_err(|error| error.error),
                None => fs::remove_file(&target),
            };
        }
        for folder in std::mem::take(&mut self.created_folders).into_iter().rev() {
            let _removed = fs::remove_dir(folder);
        }
    }
}

/// An empty file in a folder, which removes itself unless it is kept.
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new()
        .prefix(".xtask-")
        .suffix(".tmp")
        .tempfile_in(folder)
}

/// Gives a new file the permissions of the one it replaces, else those of an ordinary file.
#[cfg(unix)]
fn readable(file: &NamedTempFile, target: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let permissions = match fs::metadata(target) {
        Ok(there) => there.permissions(),
        Err(_) => fs::Permissions::from_mode(0o644),
    };
    file.as_file().set_permissions(permissions)
}

#[cfg(not(unix))]
fn readable(_file: &NamedTempFile, _target: &Path) -> io::Result<()> {
    Ok(())
}

/// The path of a file under `root`, once it is certain that it cannot lead out of it, by `..` or by a link.
fn inside(root: &Path, path: &str) -> Result<PathBuf, Failure> {
    let relative = Path::new(path);
    let ordinary = relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let target = root.join(relative);
    let leads_inside = || -> io::Result<bool> {
        let existing = target
            .ancestors()
            .skip(1)
            .find(|folder| folder.exists())
            .unwrap_or(root);
        Ok(existing.canonicalize()?.starts_with(root.canonicalize()?))
    };
    match leads_inside() {
        Ok(true) if ordinary => Ok(target),
        Ok(_) => Err(Failure::Fault(format!(
            "refused to write {path}: it leads out of {}; nothing was changed",
            root.display()
        ))),
        Err(error) => Err(Failure::unwritable(&target, &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &str, old: Option<&str>, new: Option<&str>) -> Change {
        Change {
            path: path.to_owned(),
            old: old.map(str::to_owned),
            new: new.map(str::to_owned),
        }
    }

    /// A folder with `kept.txt` and `gone.txt`, and a folder where a file should go.
    fn folder() -> tempfile::TempDir {
        let folder = tempfile::TempDir::new().unwrap();
        fs::write(folder.path().join("kept.txt"), "old").unwrap();
        fs::write(folder.path().join("gone.txt"), "old").unwrap();
        fs::create_dir_all(folder.path().join("taken.txt/inside")).unwrap();
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn files_are_made_replaced_and_removed() {
        let folder = folder();
        let changes = [
            change("gone.txt", Some("old"), None),
            change("kept.txt", Some("old"), Some("new")),
            change("made/deep/made.txt", None, Some("made")),
        ];
        all(folder.path(), &changes).unwrap();
        let read = |path: &str| fs::read_to_string(folder.path().join(path)).ok();
        assert_eq!(read("gone.txt"), None);
        assert_eq!(read("kept.txt").as_deref(), Some("new"));
        assert_eq!(read("made/deep/made.txt").as_deref(), Some("made"));
        assert_eq!(names(folder.path()), ["kept.txt", "made", "taken.txt"]);
    }

    #[test]
    fn a_failure_at_the_last_file_puts_everything_back() {
        let folder = folder();
        let before = names(folder.path());
        let changes = [
            change("gone.txt", Some("old"), None),
            change("kept.txt", Some("old"), Some("new")),
            change("made/deep/made.txt", None, Some("made")),
            change("taken.txt", None, Some("new")),
        ];
        let failure = all(folder.path(), &changes).unwrap_err().to_string();
        assert!(failure.contains("taken.txt"), "{failure}");
        let read = |path: &str| fs::read_to_string(folder.path().join(path)).ok();
        assert_eq!(read("gone.txt").as_deref(), Some("old"));
        assert_eq!(read("kept.txt").as_deref(), Some("old"));
        assert_eq!(names(folder.path()), before);
    }

    #[test]
    fn a_path_that_leads_out_is_refused() {
        let folder = folder();
        let inner = folder.path().join("taken.txt");
        for path in ["../kept.txt", "/tmp/x", "inside/../../kept.txt"] {
            let failure = all(&inner, &[change(path, None, Some("new"))]).unwrap_err();
            assert!(failure.to_string().contains("leads out of"), "{failure}");
        }
    }
}
