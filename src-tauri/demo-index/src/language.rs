//! The two languages of the publishing pages. Few words are translated: enough for a client to show
//! that it reads the page by its structure.

/// The language of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    #[default]
    English,
    French,
}

impl Language {
    /// By its tag, such as `fr` or `fr-CA`; none if the index does not speak it.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next() {
            Some("en") => Some(Self::English),
            Some("fr") => Some(Self::French),
            _ => None,
        }
    }

    /// The first one of an `Accept-Language` that the index speaks.
    pub(crate) fn of_accepted(header: &str) -> Option<Self> {
        let tags = header.split(',').filter_map(|part| part.split(';').next());
        tags.map(str::trim).find_map(Self::of_tag)
    }

    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    pub(crate) const fn any(self) -> &'static str {
        match self {
            Self::English => "(Any)",
            Self::French => "(Tous)",
        }
    }

    pub(crate) const fn required(self) -> &'static str {
        match self {
            Self::English => "(required)",
            Self::French => "(obligatoire)",
        }
    }

    pub(crate) const fn optional(self) -> &'static str {
        match self {
            Self::English => "(optional)",
            Self::French => "(facultatif)",
        }
    }
}
