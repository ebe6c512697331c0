//! Which integrations require or support a field, as one letter for each.

use serde_json::Value;

/// The integrations of the contact pages, in the order of the letters of a row.
pub const INTEGRATIONS: [&str; 24] = [
    "Affinity",
    "Attio",
    "Capsule",
    "Close",
    "Copper",
    "Microsoft Dynamics 365 Sales",
    "Freshsales",
    "Highlevel",
    "HubSpot",
    "Insightly",
    "Keap",
    "Monday CRM",
    "Nutshell",
    "OnePageCRM",
    "Outreach",
    "Pipedrive",
    "Pipeliner",
    "Planhat",
    "Salesflare",
    "Salesforce",
    "Teamleader",
    "Wix",
    "Zendesk Sell",
    "Zoho CRM",
];

/// The row of a field, a parameter or an operation: `r` where the integration requires it, `s` where it supports it,
/// `.` where it is not listed.
#[must_use]
pub fn row(of: &Value) -> String {
    INTEGRATIONS
        .iter()
        .map(|name| match of["x-integrations"][*name].as_str() {
            Some("required") => 'r',
            Some("supported") => 's',
            Some(_) => '?',
            None => '.',
        })
        .collect()
}

/// A table of rows: a name and its letters on each line.
#[must_use]
pub fn table(text: &str) -> Vec<(&str, &str)> {
    text.lines()
        .filter_map(|line| line.trim().split_once(' '))
        .map(|(name, row)| (name, row.trim()))
        .collect()
}
