//! What integrations demand of a request.

use super::resolved;
use serde_json::Value;

/// Integrations by name, and whether they require something or only support it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Integrations(Vec<(String, bool)>);

impl Integrations {
    pub(crate) fn read(value: &Value) -> Self {
        let levels = value.as_object().into_iter().flatten();
        Self(
            levels
                .map(|(name, level)| (name.clone(), level == "required"))
                .collect(),
        )
    }

    pub(crate) fn require(&self, integration: &str) -> bool {
        self.0
            .iter()
            .any(|(name, is_required)| *is_required && name == integration)
    }

    /// Whether integrations are listed, and this one is not among them.
    pub(crate) fn leave_out(&self, integration: &str) -> bool {
        !self.0.is_empty() && !self.0.iter().any(|(name, _)| name == integration)
    }
}

/// What integrations demand of a body, property by property.
#[derive(Debug, Default)]
pub(crate) struct Demands(Vec<Demand>);

#[derive(Debug)]
struct Demand {
    name: String,
    integrations: Integrations,
    children: Demands,
}

impl Demands {
    pub(super) fn read(document: &Value, schema: &Value, depth: usize) -> Self {
        if depth > 6 {
            return Self::default();
        }
        let properties = super::properties_of(document, schema);
        let demands = properties.into_iter().filter_map(|(name, schema)| {
            let integrations = Integrations::read(&schema["x-integrations"]);
            let shape = resolved(document, &schema);
            let inner = if shape["items"].is_null() {
                &schema
            } else {
                &shape["items"]
            };
            let children = Self::read(document, inner, depth + 1);
            let is_plain = integrations.0.is_empty() && children.0.is_empty();
            (!is_plain).then_some(Demand {
                name,
                integrations,
                children,
            })
        });
        Self(demands.collect())
    }

    /// Adds the pointers of everything that the integration requires and a body has not.
    pub(crate) fn missing(
        &self,
        integration: &str,
        body: &Value,
        pointer: &str,
        missing: &mut Vec<String>,
    ) {
        for demand in &self.0 {
            let place = format!("{pointer}/{}", demand.name);
            match &body[&demand.name] {
                Value::Null if demand.integrations.require(integration) => missing.push(place),
                Value::Null => {}
                Value::Array(entries) => {
                    for (index, entry) in entries.iter().enumerate() {
                        demand.children.missing(
                            integration,
                            entry,
                            &format!("{place}/{index}"),
                            missing,
                        );
                    }
                }
                value => demand.children.missing(integration, value, &place, missing),
            }
        }
    }

    /// The properties that the integration does not support, though it is listed for none of them.
    pub(crate) fn unsupported<'a>(&'a self, integration: &'a str) -> impl Iterator<Item = &'a str> {
        let left_out = self
            .0
            .iter()
            .filter(|demand| demand.integrations.leave_out(integration));
        left_out.map(|demand| demand.name.as_str())
    }
}
