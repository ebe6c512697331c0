//! The layouts in which vendors publish a page, and how one is recognised.

mod agreement;
mod example;
pub(crate) mod fences;
mod findings;
mod fumadocs;
pub(crate) mod markdown;
mod markdown_embedded;
mod operation_line;
mod path_template;
mod printed_value;
mod refusal;
mod status;
mod theneo;
mod truto;
mod truto_current;
mod truto_older;

use crate::diagnostic::Diagnostic;
use crate::page::Page;
use crate::text::Text;
use crate::vocabulary::Vocabulary;

/// How a page is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// Markdown: the project's own pages and the form that Truto publishes.
    Markdown,
    /// Markdown that embeds an API description (Mintlify, ReadMe, GitBook).
    MarkdownEmbedded,
    /// A text capture of Truto's current layout.
    TrutoCurrent,
    /// A text capture of Truto's older layout.
    TrutoOlder,
    /// A text capture of a Theneo page.
    Theneo,
    /// A text capture of a Fumadocs `OpenAPI` page.
    Fumadocs,
}

impl Layout {
    /// Every layout.
    pub const ALL: [Self; 6] = [
        Self::Markdown,
        Self::MarkdownEmbedded,
        Self::TrutoCurrent,
        Self::TrutoOlder,
        Self::Theneo,
        Self::Fumadocs,
    ];

    /// The layout's name, as `--layout` takes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::MarkdownEmbedded => "markdown-embedded",
            Self::TrutoCurrent => "truto-current",
            Self::TrutoOlder => "truto-older",
            Self::Theneo => "theneo",
            Self::Fumadocs => "fumadocs",
        }
    }

    /// The layout of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.name() == name)
    }
}

/// What a reader is given beside the text.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The page's name, for messages and `x-source`.
    pub page: &'a str,
    /// The reviewed splits of fused enum values.
    pub vocabulary: &'a Vocabulary,
}

/// How one layout is recognised and read.
struct Reader {
    layout: Layout,
    /// The signs that [`Reader::anchors`] counts, for the message about a page that no reader recognises.
    signs: &'static str,
    /// How many independent signs of the layout a page shows.
    anchors: fn(&Text) -> usize,
    read: fn(&Text, Context<'_>) -> Result<Page, Vec<Diagnostic>>,
}

/// Every reader, in the order in which messages list them.
const READERS: &[Reader] = &[
    Reader {
        layout: Layout::Markdown,
        signs: markdown::SIGNS,
        anchors: markdown::anchors,
        read: markdown::read,
    },
    Reader {
        layout: Layout::MarkdownEmbedded,
        signs: markdown_embedded::SIGNS,
        anchors: markdown_embedded::anchors,
        read: markdown_embedded::read,
    },
    Reader {
        layout: Layout::TrutoCurrent,
        signs: truto_current::SIGNS,
        anchors: truto_current::anchors,
        read: truto_current::read,
    },
    Reader {
        layout: Layout::TrutoOlder,
        signs: truto_older::SIGNS,
        anchors: truto_older::anchors,
        read: truto_older::read,
    },
    Reader {
        layout: Layout::Theneo,
        signs: theneo::SIGNS,
        anchors: theneo::anchors,
        read: theneo::read,
    },
    Reader {
        layout: Layout::Fumadocs,
        signs: fumadocs::SIGNS,
        anchors: fumadocs::anchors,
        read: fumadocs::read,
    },
];

/// How many signs a page must show for its layout to be recognised.
const ENOUGH_SIGNS: usize = 2;

/// Reads a page in a layout that is given or recognised.
///
/// A layout is recognised by the number of its signs: the one with the most, at least two, and more than any
/// other. A layout that is given must show one sign at least.
///
/// # Errors
///
/// All that is wrong with the page, in the order of its lines.
pub fn read(
    text: &Text,
    layout: Option<Layout>,
    context: Context<'_>,
) -> Result<Page, Vec<Diagnostic>> {
    if let Some(diagnostic) = refusal::of_file(text, context) {
        return Err(vec![diagnostic]);
    }
    let reader = match layout {
        Some(layout) => given(text, layout, context),
        None => recognised(text, context),
    };
    let layout = reader.as_ref().ok().map(|reader| reader.layout);
    if let Some(diagnostic) = refusal::of_page(text, layout, context) {
        return Err(vec![diagnostic]);
    }
    let reader = reader?;
    (reader.read)(text, context).map_err(|mut diagnostics| {
        diagnostics.sort_by_key(|diagnostic| diagnostic.span);
        diagnostics
    })
}

fn given(
    text: &Text,
    layout: Layout,
    context: Context<'_>,
) -> Result<&'static Reader, Vec<Diagnostic>> {
    READERS
        .iter()
        .find(|reader| reader.layout == layout && (reader.anchors)(text) > 0)
        .ok_or_else(|| {
            vec![Diagnostic {
            rule: "layout-mismatch",
            page: context.page.to_owned(),
            span: None,
            found: format!("no sign of the layout {} that was asked for", layout.name()),
            expected: expected_signs(READERS.iter().filter(|reader| reader.layout == layout)),
            fix: "leave the layout out so that it is recognised, or name the one that the page has"
                .to_owned(),
        }]
        })
}

fn recognised(text: &Text, context: Context<'_>) -> Result<&'static Reader, Vec<Diagnostic>> {
    let mut counted: Vec<(usize, &Reader)> = READERS
        .iter()
        .map(|reader| ((reader.anchors)(text), reader))
        .filter(|(signs, _)| *signs > 0)
        .collect();
    counted.sort_by_key(|(signs, _)| std::cmp::Reverse(*signs));
    if let [(most, reader), rest @ ..] = counted.as_slice()
        && *most >= ENOUGH_SIGNS
        && rest.first().is_none_or(|(next, _)| next < most)
    {
        return Ok(reader);
    }
    let found = if counted.is_empty() {
        "a page that shows no sign of any known layout".to_owned()
    } else {
        let list: Vec<String> = counted
            .iter()
            .map(|(signs, reader)| format!("{} ({signs})", reader.layout.name()))
            .collect();
        format!(
            "a page whose layout is not clear: signs of {}",
            list.join(", ")
        )
    };
    Err(vec![Diagnostic {
        rule: "unknown-layout",
        page: context.page.to_owned(),
        span: None,
        found,
        expected: format!(
            "at least {ENOUGH_SIGNS} signs of one layout, and more than of any other: {}",
            expected_signs(READERS.iter())
        ),
        fix: "capture the whole page again, or name its layout with --layout".to_owned(),
    }])
}

fn expected_signs<'a>(readers: impl Iterator<Item = &'a Reader>) -> String {
    let list: Vec<String> = readers
        .map(|reader| format!("{} ({})", reader.layout.name(), reader.signs))
        .collect();
    list.join("; ")
}
