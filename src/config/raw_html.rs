//! The setting `html`: what becomes of HTML among the Markdown.

/// What becomes of HTML that an editor wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// It stays as it is, whatever it does.
    Allow,
    /// It stays without what a reader must be kept from.
    #[default]
    Sanitise,
    /// It is shown as text.
    Escape,
}
