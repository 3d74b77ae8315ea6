//! Looks for tags that no page of an index has, before a parser sees them: the time that it takes for
//! a tag grows with the square of its attributes.
//!
//! Where a tag begins depends on all that stands before it: comments, scripts, foreign elements. How it
//! goes on from its name does not. So every `<` before a letter counts as the beginning of a tag here,
//! also where the parser sees a text, and all of them are followed at once: whatever the parser takes
//! for a tag is one of them.

use std::collections::HashSet;

/// More than any tag of an index, whose longest are the lists of classes.
const LONGEST: usize = 64 * 1024;
/// An index writes about twenty at most.
const MOST_ATTRIBUTES: u32 = 128;
/// Of all tags together; the largest list that is taken at all has fewer.
const MOST_TOGETHER: u32 = 1_000_000;
/// Names that the parser does not know beforehand, each counted once: it keeps them in a table that does
/// not grow, unless they are short. No index has a hundred.
const MOST_NAMES: usize = 4096;
const SHORT_NAME: usize = 7;
/// A name that is longer counts each time.
const LONG_NAME: usize = 64;
/// A page has one `html` and one `body`. The attributes of any more are added to those of the first,
/// which takes the longer the more there are.
const MOST_ROOTS: u32 = 16;
const ROOTS: [&[u8]; 2] = [b"html", b"body"];

/// Whether some tag of the text is longer than that, or has more attributes, or all have together.
pub(super) fn has_long_tag(text: &str) -> bool {
    Scan::of(text.as_bytes(), Scan::is_too_much).is_too_much()
}

/// What was seen of a text so far.
#[derive(Default)]
struct Scan<'a> {
    open: Places,
    longest: usize,
    attributes: u32,
    together: u32,
    roots: u32,
    names: HashSet<&'a [u8]>,
    long_names: usize,
}

impl<'a> Scan<'a> {
    /// Reads the text to its end, or until that is enough.
    fn of(text: &'a [u8], is_enough: impl Fn(&Self) -> bool) -> Self {
        let mut scan = Self::default();
        let mut at = 0;
        while !is_enough(&scan) {
            let left = text.get(at..).unwrap_or_default();
            if !scan.open.all().is_any() && !left.starts_with(b"/") {
                let Some(further) = left.iter().position(|byte| *byte == b'<') else { break };
                at += further;
            }
            let left = text.get(at..).unwrap_or_default();
            let Some((byte, next)) = left.split_first() else { break };
            scan.read(*byte, at);
            if scan.open.begins_attribute {
                scan.name(left, |byte| byte == b'=' || ends_name(byte));
            }
            let is_end = *byte == b'/' && text.get(..at).is_some_and(|all| all.ends_with(b"<"));
            if (*byte == b'<' || is_end) && next.first().is_some_and(u8::is_ascii_alphabetic) {
                scan.open.name = scan.open.name.and(Tags::begun(at));
                scan.name(next, ends_name);
                scan.roots += u32::from(!is_end && is_root(next));
            }
            at += 1;
        }
        scan
    }

    fn is_too_much(&self) -> bool {
        self.longest > LONGEST
            || self.attributes > MOST_ATTRIBUTES
            || self.together > MOST_TOGETHER
            || self.roots > MOST_ROOTS
            || self.names.len() + self.long_names > MOST_NAMES
    }

    fn read(&mut self, byte: u8, at: usize) {
        let open = self.open.all();
        if open.is_any() {
            let begins = usize::try_from(open.begins).unwrap_or_default();
            self.longest = self.longest.max(at + 1 - begins);
        }
        self.open = self.open.after(byte);
        self.attributes = self.attributes.max(self.open.attribute.most.saturating_sub(1));
        self.together += u32::from(self.open.begins_attribute);
    }

    /// A name that the text begins with. Its first byte belongs to it, whatever it is.
    fn name(&mut self, text: &'a [u8], ends: impl Fn(u8) -> bool) {
        let end = text.iter().skip(1).take(LONG_NAME).position(|byte| ends(*byte));
        let length = end.map_or(text.len().min(LONG_NAME + 1), |end| end + 1);
        let Some(name) = text.get(..length) else { return };
        if length > LONG_NAME {
            self.long_names += 1;
        } else if length > SHORT_NAME || name.contains(&0) {
            // A zero becomes a character of three bytes.
            self.names.insert(name);
        }
    }
}

const fn ends_name(byte: u8) -> bool {
    matches!(byte, b'>' | b'/' | b'\t' | b'\n' | b'\r' | b'\x0c' | b' ')
}

/// Whether the text begins with the name of a page's outermost elements.
fn is_root(text: &[u8]) -> bool {
    ROOTS.into_iter().any(|name| {
        let begins = text.get(..name.len()).is_some_and(|text| text.eq_ignore_ascii_case(name));
        begins && text.get(name.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
    })
}

/// What is known of the tags that are at one place.
#[derive(Clone, Copy)]
struct Tags {
    /// One more than the most attributes of any; nothing: there are no tags.
    most: u32,
    /// Where the first of them begins.
    begins: u32,
}

impl Tags {
    const NONE: Self = Self { most: 0, begins: u32::MAX };

    fn begun(at: usize) -> Self {
        // A beginning that cannot be counted is long ago.
        Self { most: 1, begins: u32::try_from(at).unwrap_or_default() }
    }

    fn and(self, other: Self) -> Self {
        Self { most: self.most.max(other.most), begins: self.begins.min(other.begins) }
    }

    const fn is_any(self) -> bool {
        self.most > 0
    }

    fn with_one_more(self) -> Self {
        Self { most: self.most + u32::from(self.is_any()), ..self }
    }
}

/// Where in a tag one can be: the states of the HTML standard's tokenizer from the tag's name to its end.
#[derive(Clone, Copy)]
struct Places {
    name: Tags,
    /// Also behind a value in quotes, and behind a slash.
    before_attribute: Tags,
    attribute: Tags,
    after_attribute: Tags,
    before_value: Tags,
    double_quoted: Tags,
    single_quoted: Tags,
    unquoted: Tags,
    /// Whether the last byte was the first of an attribute of some tag.
    begins_attribute: bool,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            name: Tags::NONE,
            before_attribute: Tags::NONE,
            attribute: Tags::NONE,
            after_attribute: Tags::NONE,
            before_value: Tags::NONE,
            double_quoted: Tags::NONE,
            single_quoted: Tags::NONE,
            unquoted: Tags::NONE,
            begins_attribute: false,
        }
    }
}

impl Places {
    /// All that are open.
    fn all(&self) -> Tags {
        let at_names = self.name.and(self.before_attribute).and(self.attribute);
        let at_values = self.after_attribute.and(self.before_value).and(self.unquoted);
        at_names.and(at_values).and(self.double_quoted).and(self.single_quoted)
    }

    /// Where the tags are behind one more byte.
    fn after(self, byte: u8) -> Self {
        let quoted = Self {
            double_quoted: self.double_quoted,
            single_quoted: self.single_quoted,
            ..Self::default()
        };
        let named = self.attribute.and(self.after_attribute);
        match byte {
            b'>' => quoted,
            b'\t' | b'\n' | b'\r' | b'\x0c' | b' ' => Self {
                before_attribute: self.name.and(self.before_attribute).and(self.unquoted),
                after_attribute: named,
                before_value: self.before_value,
                ..quoted
            },
            b'/' => Self {
                before_attribute: self.name.and(self.before_attribute).and(named),
                unquoted: self.unquoted.and(self.before_value),
                ..quoted
            },
            b'=' => Self {
                name: self.name,
                attribute: self.before_attribute.with_one_more(),
                before_value: named,
                unquoted: self.unquoted.and(self.before_value),
                begins_attribute: self.before_attribute.is_any(),
                ..quoted
            },
            b'"' => Self {
                before_attribute: self.double_quoted,
                double_quoted: self.before_value,
                ..self.within(quoted)
            },
            b'\'' => Self {
                before_attribute: self.single_quoted,
                single_quoted: self.before_value,
                ..self.within(quoted)
            },
            _ => Self { unquoted: self.unquoted.and(self.before_value), ..self.within(quoted) },
        }
    }

    /// A byte that is part of whatever it stands in.
    fn within(self, quoted: Self) -> Self {
        let begun = self.before_attribute.and(self.after_attribute);
        Self {
            name: self.name,
            attribute: self.attribute.and(begun.with_one_more()),
            unquoted: self.unquoted,
            begins_attribute: begun.is_any(),
            ..quoted
        }
    }
}

#[cfg(test)]
mod tests;
