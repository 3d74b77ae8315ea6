//! From text to a tree, piece by piece, so that a page that nests or goes on as none of an index does
//! is left before it takes all time and memory. What was read of it has no end, and counts as cut off.

use html5ever::driver::{ParseOpts, Parser, parse_document, parse_fragment};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{QualName, local_name, ns};
use scraper::{Html, HtmlTreeSink};

use super::bounds;
use super::long_tags::has_long_tag;

/// The pages of an index nest less than thirty deep, and browsers stop here too. Without a limit the
/// time that it takes to read grows with the square of the depth.
const DEEPEST: usize = 512;
/// More than the largest list that is taken at all (`http.rs`) has for its projects.
const MOST_NODES: usize = 2_000_000;
/// So much is read between two looks at the tree and the clock.
const PIECE: usize = 4 * 1024;

/// A whole page.
pub(super) fn document(text: &str) -> Html {
    let sink = HtmlTreeSink::new(Html::new_document());
    parse(parse_document(sink, ParseOpts::default()), text)
}

/// A piece that stands in another page's body.
pub(super) fn fragment(text: &str) -> Html {
    let sink = HtmlTreeSink::new(Html::new_fragment());
    let body = QualName::new(None, ns!(html), local_name!("body"));
    parse(parse_fragment(sink, ParseOpts::default(), body, Vec::new(), false), text)
}

fn parse(mut parser: Parser<HtmlTreeSink>, text: &str) -> Html {
    let mut left = text;
    if has_long_tag(text) {
        bounds::end();
        left = "";
    }
    while !left.is_empty() && bounds::look() && is_page_like(&parser.tokenizer.sink.sink.0.borrow())
    {
        let (piece, rest) = left.split_at(left.floor_char_boundary(PIECE));
        parser.process(StrTendril::from(piece));
        left = rest;
    }
    parser.finish()
}
fn is_page_like(read: &Html) -> bool {
    let newest = read.tree.nodes().next_back();
    let depth = newest.map_or(0, |node| node.ancestors().take(DEEPEST).count());
    depth < DEEPEST && read.tree.nodes().len() < MOST_NODES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_in_pieces_is_the_page_in_one() {
        let page = include_str!("../../../../../tests/fixtures/publishing.html");
        let long = format!("{page}<p>{}</p>", "ä\u{1f41f}&amp;".repeat(PIECE));
        for text in ["", "no markup", page, long.as_str()] {
            assert_eq!(document(text), Html::parse_document(text), "{} bytes", text.len());
            assert_eq!(fragment(text), Html::parse_fragment(text), "{} bytes", text.len());
        }
    }

    #[test]
    fn what_nests_without_end_is_left_and_has_no_end() {
        for (open, deep) in
            [("<div>", 100_000), ("<b a=1><i>", 50_000), ("<table><tr><td>", 33_000)]
        {
            let text = open.repeat(deep);
            for read in [document(&text), fragment(&text)] {
                let nodes = read.tree.nodes().len();
                assert!(nodes < 8 * DEEPEST, "{open}: {nodes} nodes were read");
            }
        }
    }
}
