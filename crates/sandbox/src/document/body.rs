//! What the body of a request has to be.

use super::integrations::Demands;
use super::media_type::{essence_of, is_json};
use super::resolved;
use super::schema::Schemas;
use serde_json::Value;

/// What a body has to be.
#[derive(Debug)]
pub(crate) struct BodyTerms {
    pub is_required: bool,
    /// The forms that it may have.
    pub contents: Vec<Content>,
    pub demands: Demands,
    /// Whether `null` takes the value of a property away, whatever the property's schema: said of an API that does not
    /// hold requests to its schemas.
    pub null_clears: bool,
}

/// One form of a body.
#[derive(Debug)]
pub(crate) struct Content {
    /// The media type as the document has it: it may be a range, such as `image/*`.
    pub media_type: String,
    pub schema: Value,
    pub validator: jsonschema::Validator,
}

impl Content {
    /// How well a media type of a request fits: not at all, as one of a range, by name, or with its parameters.
    pub(crate) fn fit(&self, media_type: &str) -> Option<u8> {
        if self
            .media_type
            .trim()
            .eq_ignore_ascii_case(media_type.trim())
        {
            return Some(3);
        }
        let known = essence_of(&self.media_type);
        let essence = essence_of(media_type);
        if known.eq_ignore_ascii_case(essence) {
            return Some(2);
        }
        let (kind, _) = essence.split_once('/')?;
        match known.strip_suffix("/*")? {
            "*" => Some(0),
            known => known.eq_ignore_ascii_case(kind).then_some(1),
        }
    }
}

impl BodyTerms {
    /// The form of a media type.
    pub(crate) fn content(&self, media_type: &str) -> Option<&Content> {
        let fitting = self
            .contents
            .iter()
            .filter_map(|content| Some((content.fit(media_type)?, content)));
        fitting
            .max_by_key(|(fit, _)| *fit)
            .map(|(_, content)| content)
    }
}

/// The schema of a JSON answer or body.
pub(super) fn json_content(value: &Value) -> Option<&Value> {
    let content = value["content"].as_object()?;
    let json = content.iter().find(|(media_type, _)| is_json(media_type));
    json.map(|(_, content)| &content["schema"])
}

pub(super) fn body_terms(
    document: &Value,
    schemas: &Schemas<'_>,
    body: &Value,
) -> Result<Option<BodyTerms>, String> {
    let body = resolved(document, body);
    let Some(content) = body["content"].as_object() else {
        return Ok(None);
    };
    let any = Value::Bool(true);
    let schema = json_content(body)
        .filter(|schema| !schema.is_null())
        .unwrap_or(&any);
    let contents = content.iter().map(|(media_type, content)| {
        let schema = if content["schema"].is_null() {
            any.clone()
        } else {
            content["schema"].clone()
        };
        let validator = schemas
            .validator(&schema)
            .map_err(|problem| format!("requestBody, {media_type}: {problem}"))?;
        Ok(Content {
            media_type: media_type.clone(),
            schema,
            validator,
        })
    });
    let contents: Result<Vec<Content>, String> = contents.collect();
    Ok(Some(BodyTerms {
        is_required: body["required"] == true,
        contents: contents?,
        demands: Demands::read(document, schema, 0),
        null_clears: false,
    }))
}
