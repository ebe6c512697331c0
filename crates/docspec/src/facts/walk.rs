//! Going through an operation, fact by fact.

use super::says;
use super::{Components, Fact, Place, Says};
use crate::page::{
    Encoding, Field, Media, Operation, Place as In, Response, Schema, SecurityKind, Shape,
};

/// The facts of an operation in the order of its page.
#[must_use]
pub fn facts<'a>(
    page: &'a str,
    operation: &'a Operation,
    components: &Components<'a>,
) -> Vec<Fact<'a>> {
    let mut walk = Walk {
        components,
        page,
        inside: Vec::new(),
        facts: Vec::new(),
    };
    walk.operation(operation);
    walk.facts
}

struct Walk<'a, 'c> {
    components: &'c Components<'a>,
    /// The page of what is walked: a component's own while inside it.
    page: &'a str,
    /// The components that are being walked, outermost first.
    inside: Vec<&'a str>,
    facts: Vec<Fact<'a>>,
}

impl<'a> Walk<'a, '_> {
    fn push(&mut self, key: String, line: usize, says: Says, field: Option<&'a Field>) -> usize {
        self.facts.push(Fact {
            key,
            places: vec![Place {
                page: self.page,
                line,
            }],
            says,
            field,
        });
        self.facts.len() - 1
    }

    fn operation(&mut self, operation: &'a Operation) {
        let mut says = Says {
            kind: format!("{} {}", operation.method.as_str(), operation.path),
            ..Says::default()
        };
        if operation.deprecated {
            says.more.push("deprecated".to_owned());
        }
        for server in &operation.servers {
            says.more.push(format!("server: {}", server.url));
        }
        says.integrations = says::integrations(&operation.integrations);
        self.push("operation".to_owned(), operation.source.line, says, None);
        for scheme in &operation.security {
            let key = format!("authentication/{}", security(&scheme.kind));
            self.push(key, scheme.source.line, Says::default(), None);
        }
        for parameter in &operation.parameters {
            let place = place_name(parameter.place);
            let key = format!("{place}/{}", escaped(&parameter.field.name));
            let is_path = parameter.place == In::Path;
            self.field(&key, &parameter.field, parameter.encoding, is_path);
        }
        if let Some(body) = &operation.request_body {
            self.media("request", &body.content, |walk, key, media| {
                let mut says = media.map_or_else(Says::default, |media| walk.body(media));
                if body.required {
                    says.more.push("required".to_owned());
                }
                walk.push(key, body.source.line, says, None)
            });
        }
        for response in &operation.responses {
            self.response(response);
        }
        for (index, response) in operation.responses_without_status.iter().enumerate() {
            let key = format!("response without status {}", index + 1);
            self.push(key, response.source.line, Says::default(), None);
        }
    }

    fn response(&mut self, response: &'a Response) {
        let key = format!("response {}", response.status);
        self.media(&key, &response.content, |walk, key, media| {
            let says = media.map_or_else(Says::default, |media| walk.body(media));
            walk.push(key, response.source.line, says, None)
        });
        for header in &response.headers {
            let key = format!("{key} header/{}", escaped(&header.name));
            self.field(&key, header, None, false);
        }
    }

    fn body(&self, media: &Media) -> Says {
        let mut says = says::of_schema(&media.schema, self.components);
        says.more.push(format!("media type: {}", media.media_type));
        says
    }

    /// The bodies of a request or an answer: the first has the plain key, further ones name their media type.
    fn media(
        &mut self,
        key: &str,
        content: &'a [Media],
        mut fact: impl FnMut(&mut Self, String, Option<&'a Media>) -> usize,
    ) {
        if content.is_empty() {
            fact(self, key.to_owned(), None);
        }
        for (index, media) in content.iter().enumerate() {
            let key = if index == 0 {
                key.to_owned()
            } else {
                format!("{key} {}", escaped(&media.media_type))
            };
            let owner = fact(self, key.clone(), Some(media));
            self.children(owner, &key, &media.schema);
        }
    }

    fn field(&mut self, key: &str, field: &'a Field, encoding: Option<Encoding>, is_path: bool) {
        let says = says::of_field(field, encoding, is_path, self.components);
        let owner = self.push(key.to_owned(), field.source.line, says, Some(field));
        self.children(owner, key, &field.schema);
    }

    fn children(&mut self, owner: usize, key: &str, schema: &'a Schema) {
        match &schema.shape {
            Shape::Object(fields) => {
                for field in fields {
                    let key = format!("{key}/{}", escaped(&field.name));
                    self.field(&key, field, None, false);
                }
            }
            Shape::Array(items) => self.children(owner, key, items),
            Shape::Map(values) => self.children(owner, &format!("{key}/*"), values),
            Shape::OneOf(alternatives) => {
                for (index, alternative) in alternatives.iter().enumerate() {
                    let key = format!("{key}/one of {}", index + 1);
                    self.children(owner, &key, alternative);
                }
            }
            Shape::Component(name) => {
                let Some(known) = self.components.get(name) else {
                    return;
                };
                if self.inside.contains(&name.as_str()) {
                    return;
                }
                if let Some(fact) = self.facts.get_mut(owner) {
                    fact.places.push(Place {
                        page: known.page,
                        line: known.component.source.line,
                    });
                }
                let outside = std::mem::replace(&mut self.page, known.page);
                self.inside.push(name);
                self.children(owner, key, &known.component.schema);
                self.inside.pop();
                self.page = outside;
            }
            _ => {}
        }
    }
}

/// How a caller authenticates, in words.
pub(crate) fn security(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::Bearer => "http bearer".to_owned(),
        SecurityKind::Basic => "http basic".to_owned(),
        SecurityKind::ApiKey { place, parameter } => {
            format!("api key in {} {}", place_name(*place), escaped(parameter))
        }
    }
}

/// `path`, `query`, `header` or `cookie`.
pub(crate) fn place_name(place: In) -> &'static str {
    match place {
        In::Path => "path",
        In::Query => "query",
        In::Header => "header",
        In::Cookie => "cookie",
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
