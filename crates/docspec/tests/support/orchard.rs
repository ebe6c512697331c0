//! A made-up API with everything that sources can say.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use docspec::sources::Sources;

/// The sources under `tests/fixtures/orchard`.
pub(crate) fn orchard() -> Sources {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/orchard");
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("a fixture");
    let all = |name: &str| -> BTreeMap<String, String> {
        fs::read_dir(folder.join(name))
            .expect("a folder of fixtures")
            .map(|entry| {
                let entry = entry.expect("a fixture");
                let name = entry.file_name().into_string().expect("a name in UTF-8");
                (name, fs::read_to_string(entry.path()).expect("a fixture"))
            })
            .collect()
    };
    Sources {
        api: read("api.toml"),
        pages: all("pages"),
        vocabulary: Some(read("vocabulary.toml")),
        overlays: all("overlays"),
        description: None,
        captures: None,
    }
}
