//! Components that several pages share.

use super::{done, import};
use crate::golden;
use crate::workspace::Workspace;

/// Two pages of ours that share a component, and a capture of each.
fn shared(get: &str, create: &str) -> Workspace {
    let workspace = Workspace::new();
    workspace.write(
        "specs/crm/api.toml",
        "[api]\ntitle = \"The CRM API\"\nversion = \"2025-01-01\"\ncrate = \"crm-client\"\ncrate-version = \"0.1.0\"\n\
         pages = [\"deals-get.md\", \"deals-create.md\", \"components.md\"]\n\n[server]\nurl = \"https://api.crm.test\"\n",
    );
    workspace.write(
        "specs/crm/pages/components.md",
        "# Components\n\n## Component `Deal`\n\nOur words about deals.\n\n- **`id`** _(string)_\n  Our words about its id.\n\
         - **`amount`** _(string)_\n  Our words about its amount.\n",
    );
    for (file, line) in [
        (
            "deals-get.md",
            "`GET /deals/{id}`\n\nOperation: `deals_get`\n\n## Path parameters\n\n- **`id`** _(string, required)_\n",
        ),
        (
            "deals-create.md",
            "`POST /deals`\n\nOperation: `deals_create`\n",
        ),
    ] {
        workspace.write(
            &format!("specs/crm/pages/{file}"),
            &format!(
                "# Deals\n\n{line}\n## Response `200`\n\n`application/json`\n\n- **`deal`** _(Deal)_\n  Our words about the answer.\n"
            ),
        );
    }
    let page = |line: &str, amount: &str| {
        format!(
            "# A page of the vendor's\n\n{line}\n\n## Response `200`\n\n`application/json`\n\n- **`deal`** _(object)_\n  \
             - **`id`** _(string)_\n{amount}"
        )
    };
    workspace.write(
        "get.md",
        &page(
            "`GET /deals/{id}`\n\n## Path parameters\n\n- **`id`** _(string, required)_",
            get,
        ),
    );
    workspace.write("create.md", &page("`POST /deals`", create));
    workspace
}

const NUMBER: &str = "  - **`amount`** _(number)_\n    The vendor's words.\n";
const INTEGER: &str = "  - **`amount`** _(integer)_\n";

#[test]
fn a_shared_component_changes_when_all_its_users_agree() {
    let workspace = shared(NUMBER, NUMBER);
    let run = import(
        &workspace,
        &["--captured", "2025-03-01", "get.md", "create.md"],
    );
    done(&run);
    golden::check("import-shared.txt", &run.err);
    let components = workspace
        .read("specs/crm/pages/components.md")
        .expect("components");
    assert!(
        components.contains("- **`amount`** _(number)_\n  Our words about its amount.\n"),
        "{components}"
    );
    done(&workspace.run(&["codegen", "crm"]));
}

#[test]
fn a_shared_component_stays_where_its_users_do_not_agree_or_one_is_missing() {
    let workspace = shared(NUMBER, INTEGER);
    let before = workspace.files();
    let run = import(&workspace, &["get.md", "create.md"]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    let mut shown = run.err;
    let run = import(&workspace, &["get.md"]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    shown.push_str("--\n");
    shown.push_str(&run.err);
    golden::check_wide("import-conflict.txt", &shown);
    assert_eq!(workspace.files(), before);
}

#[test]
fn split_gives_a_page_that_differs_a_component_of_its_own_with_our_words() {
    let workspace = shared(NUMBER, NUMBER);
    let run = import(
        &workspace,
        &["--captured", "2025-03-01", "--split", "get.md"],
    );
    done(&run);
    assert!(
        run.err
            .contains("split: pages/deals-get.md has `DealsGetDeal` in place of `Deal`"),
        "{}",
        run.err
    );
    let components = workspace
        .read("specs/crm/pages/components.md")
        .expect("components");
    let own = components
        .split("## Component `DealsGetDeal`")
        .nth(1)
        .expect("a component");
    assert!(
        own.contains("- **`amount`** _(number)_\n  Our words about its amount.\n"),
        "{components}"
    );
    assert!(
        components.contains("- **`amount`** _(string)_\n"),
        "{components}"
    );
    done(&workspace.run(&["codegen", "crm"]));
    // The same again finds the component of its own.
    let before = workspace.files();
    done(&import(&workspace, &["get.md"]));
    assert_eq!(workspace.files(), before);
}
