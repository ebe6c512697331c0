//! Leaves out of what progenitor printed the code that finishing writes anew, before it is kept as text.
//!
//! Two thirds of the printed code are builders for types, setters of builders for operations, and documentation of a
//! transport that generated clients do not have. Lexing and parsing them would take most of the time and memory of a
//! large document.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

/// The code without the parts that finishing does not look at.
pub(super) fn pruned(code: TokenStream) -> TokenStream {
    items(code)
        .filter_map(|item| match item.keyword()?.as_str() {
            "mod" if item.defines("types") => Some(item.with_body(|body| {
                items(body)
                    .filter(|item| !item.is_type_builder())
                    .flat_map(|item| item.tokens)
                    .collect()
            })),
            "mod" if item.defines("builder") => Some(item.with_body(|body| {
                items(body)
                    .map(|item| {
                        if item.is("impl") {
                            item.with_body(|body| functions(body, |name| name == "send"))
                        } else {
                            item.tokens.into_iter().collect()
                        }
                    })
                    .collect()
            })),
            "impl" => Some(item.tokens.into_iter().collect::<TokenStream>()),
            _ => None,
        })
        .collect()
}

/// The functions of an impl that have one of the wanted names.
fn functions(body: TokenStream, wanted: impl Fn(&Ident) -> bool) -> TokenStream {
    items(body)
        .filter(|item| item.name().is_some_and(&wanted))
        .flat_map(|item| item.tokens)
        .collect()
}

/// The tokens of one item of a file, a module or an impl.
struct Item {
    tokens: Vec<TokenTree>,
}

/// Takes a body apart: an item ends with a semicolon, or with a group in braces that no semicolon follows.
fn items(body: TokenStream) -> impl Iterator<Item = Item> {
    let mut rest = body.into_iter().peekable();
    std::iter::from_fn(move || {
        let mut tokens = Vec::new();
        while let Some(token) = rest.next() {
            let closed = match &token {
                TokenTree::Punct(punct) => punct.as_char() == ';',
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    !matches!(rest.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == ';')
                }
                _ => false,
            };
            tokens.push(token);
            if closed {
                break;
            }
        }
        (!tokens.is_empty()).then_some(Item { tokens })
    })
}

impl Item {
    /// The tokens after the attributes.
    fn declaration(&self) -> impl Iterator<Item = &TokenTree> {
        let attribute =
            |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '#');
        let mut start = 0;
        while self.tokens.get(start).is_some_and(attribute) {
            start += 2;
        }
        self.tokens.iter().skip(start)
    }

    /// What kind of item it is.
    fn keyword(&self) -> Option<String> {
        const KEYWORDS: [&str; 9] = [
            "const", "enum", "fn", "impl", "mod", "struct", "trait", "type", "use",
        ];
        self.declaration()
            .filter_map(|token| match token {
                TokenTree::Ident(ident) => Some(ident.to_string()),
                _ => None,
            })
            .find(|word| KEYWORDS.contains(&word.as_str()))
    }

    fn is(&self, keyword: &str) -> bool {
        self.keyword().as_deref() == Some(keyword)
    }

    /// The name that follows the keyword of a function or module.
    fn name(&self) -> Option<&Ident> {
        let mut tokens = self.declaration();
        tokens.find(
            |token| matches!(token, TokenTree::Ident(ident) if *ident == "fn" || *ident == "mod"),
        )?;
        match tokens.next() {
            Some(TokenTree::Ident(name)) => Some(name),
            _ => None,
        }
    }

    fn defines(&self, module: &str) -> bool {
        self.is("mod") && self.name().is_some_and(|name| name == module)
    }

    /// Whether it is the module `types::builder`, or the impl with the function that makes one of its builders.
    fn is_type_builder(&self) -> bool {
        if self.defines("builder") {
            return true;
        }
        let inherent = self.is("impl")
            && !self
                .declaration()
                .any(|token| matches!(token, TokenTree::Ident(ident) if *ident == "for"));
        let Some(TokenTree::Group(body)) = self.tokens.last().filter(|_| inherent) else {
            return false;
        };
        let mut functions = items(body.stream());
        functions
            .next()
            .is_some_and(|first| first.name().is_some_and(|name| name == "builder"))
            && functions.next().is_none()
    }

    /// The item with another body.
    fn with_body(mut self, change: impl FnOnce(TokenStream) -> TokenStream) -> TokenStream {
        match self.tokens.pop() {
            Some(TokenTree::Group(body)) => {
                let changed = Group::new(body.delimiter(), change(body.stream()));
                self.tokens.push(TokenTree::Group(changed));
            }
            Some(other) => self.tokens.push(other),
            None => {}
        }
        self.tokens.into_iter().collect()
    }
}
