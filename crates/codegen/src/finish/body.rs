//! The body of a builder: its setter, and how it is written.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, paths::schema_type};

/// The body of a request.
pub(super) struct BodyMember {
    pub(super) kind: TokenStream,
    pub(super) media_type: String,
    required: bool,
    content: Content,
}

enum Content {
    Json,
    Form,
    FormWithBrackets,
    Parts,
    Bytes,
}

impl BodyMember {
    /// The body that is planned.
    pub(super) fn new(body: &crate::plan::Body) -> Self {
        let (kind, content) = match &body.schema {
            Some(schema) => {
                let kind = schema_type(schema, &quote! { types });
                let content = if body
                    .media_type
                    .starts_with("application/x-www-form-urlencoded")
                {
                    if body.brackets {
                        Content::FormWithBrackets
                    } else {
                        Content::Form
                    }
                } else if body.media_type.starts_with("multipart/form-data") {
                    Content::Parts
                } else {
                    Content::Json
                };
                (kind, content)
            }
            None if body.text => (quote! { String }, Content::Bytes),
            None => (quote! { client_runtime::Bytes }, Content::Bytes),
        };
        Self {
            kind,
            media_type: body.media_type.clone(),
            required: body.required,
            content,
        }
    }

    /// Whether it is a value of a type with fields, and neither text nor bytes.
    pub(super) fn has_fields(&self) -> bool {
        !matches!(self.content, Content::Bytes)
    }

    /// The method that sets it.
    pub(super) fn setter(&self) -> TokenStream {
        let kind = &self.kind;
        let doc = docs::attributes(if self.required {
            "The request's body.\n\nRequired."
        } else {
            "The request's body."
        });
        quote! {
            #doc
            pub fn body(mut self, value: impl Into<#kind>) -> Self {
                self.body = Some(value.into());
                self
            }
        }
    }

    /// What puts it into the request.
    pub(super) fn fill(&self) -> TokenStream {
        let media_type = &self.media_type;
        let fill = match self.content {
            Content::Json if media_type == "application/json" => quote! { request.json(value) },
            Content::Json => quote! { request.json_as(#media_type, value) },
            Content::Form => quote! { request.form(value) },
            Content::FormWithBrackets => quote! { request.form_with_brackets(value) },
            Content::Parts => quote! { request.multipart(value) },
            Content::Bytes => quote! { request.body(#media_type, value.clone()) },
        };
        if self.required {
            quote! {
                match &self.body {
                    Some(value) => #fill,
                    None => request.missing("body"),
                }
            }
        } else {
            quote! { if let Some(value) = &self.body { #fill; } }
        }
    }
}
