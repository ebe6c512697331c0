//! The servers that requests go to.

use serde_json::Value;

use super::provenance::has_list;
use crate::lint::report::{Doubt, Report};
use crate::lint::rule::{Level, Rule};
use crate::lint::survey::{Node, Survey};
use crate::structure::Part;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "no-server",
        level: Level::Warning,
        summary: "a document without a server",
        why: "A caller of the client must know the address from elsewhere. `api.toml` or a page can name it.",
        check: no_server,
    },
    Rule {
        name: "server-not-for-production",
        level: Level::Warning,
        summary: "a server whose name says development, test or example, as the default",
        why: "A client that talks to such a host by default loses what it writes. If no other host is documented, say \
              `default = false` in api.toml, so that a caller must name one.",
        check: server_not_for_production,
    },
    Rule {
        name: "server-without-tls",
        level: Level::Warning,
        summary: "a server whose address starts with `http:`",
        why: "The client refuses to send credentials in the clear, save to this machine.",
        check: server_without_tls,
    },
    Rule {
        name: "server-trailing-slash",
        level: Level::Warning,
        summary: "a server whose address ends in a slash",
        why: "Paths start with a slash, so that requests would have two.",
        check: server_trailing_slash,
    },
];

fn no_server(survey: &Survey<'_>, report: &mut Report) {
    if has_list(survey.input.document, "servers") {
        return;
    }
    for operation in &survey.operations {
        let node = &survey.nodes[operation.node];
        let item = node.parent.map(|item| survey.nodes[item].value);
        if !has_list(node.value, "servers") && !item.is_some_and(|item| has_list(item, "servers")) {
            report.join(
                Doubt::new(
                    node.place(),
                    "operations of which no page names the server",
                    "the address of the server",
                    "name it in api.toml or on the page; accept it when nobody documents one",
                )
                .of(operation.name()),
            );
        }
    }
}

/// The servers, with their addresses.
fn servers<'s, 'a>(survey: &'s Survey<'a>) -> impl Iterator<Item = (&'s Node<'a>, &'a str)> {
    survey
        .of_part(Part::Server)
        .filter_map(|(_, node)| Some((node, node.text("url")?)))
}

/// The host of an address.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default()
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.starts_with("127.") || host.starts_with('[')
}

/// Words in a host's name that tell of another use than production.
const ELSEWHERE: [&str; 11] = [
    "dev",
    "development",
    "staging",
    "stage",
    "test",
    "testing",
    "qa",
    "uat",
    "example",
    "local",
    "localhost",
];

fn server_not_for_production(survey: &Survey<'_>, report: &mut Report) {
    for (node, url) in servers(survey) {
        let host = host(url).to_ascii_lowercase();
        let tells = host.split(['.', '-']).any(|word| ELSEWHERE.contains(&word));
        let is_default = node.value.get("x-default") != Some(&Value::Bool(false));
        if (tells || is_here(&host)) && is_default {
            report.join(Doubt::new(
                node.place(),
                format!("the server `{host}` does not look like one for production"),
                "a host for production, or one that is no default",
                "name the right host, or say `default = false` in api.toml",
            ));
        }
    }
}

fn server_without_tls(survey: &Survey<'_>, report: &mut Report) {
    for (node, url) in servers(survey) {
        if url.to_ascii_lowercase().starts_with("http:") && !is_here(host(url)) {
            report.join(Doubt::new(
                node.place(),
                format!("the server `{}` without TLS", host(url)),
                "an address that starts with `https:`",
                "correct the address; accept it when the API is like that",
            ));
        }
    }
}

fn server_trailing_slash(survey: &Survey<'_>, report: &mut Report) {
    for (node, url) in servers(survey) {
        if url.len() > 1 && url.ends_with('/') {
            report.join(Doubt::new(
                node.place(),
                "an address of a server that ends in a slash",
                "an address without it",
                "remove the slash",
            ));
        }
    }
}
