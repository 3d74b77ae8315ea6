use std::cell::{Cell, RefCell};

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use scraper::{Html, HtmlTreeSink};

use super::*;

#[test]
fn tag_is_long_by_its_own_length_wherever_it_stands() {
    let long = "a=1 ".repeat(LONGEST / 4);
    let value = "x".repeat(LONGEST);
    for (what, text) in [
        ("attributes", format!("<p><div {long}>")),
        ("an end", format!("</div {long}>")),
        ("a value", format!("<a href=\"{value}\">")),
        ("a value with a >", format!("<a title='{}'>", ">".repeat(LONGEST))),
        ("no end", format!("<div {long}")),
        ("behind a script", format!("<script>a<b\"</script><div {long}>")),
        ("behind a comment", format!("<!-- <a \" --><div {long}>")),
        ("behind a comment that ends at once", format!("<!--><div {long}><!-- -->")),
        ("behind one that ends with a dash", format!("<!---><div {long}><!-- -->")),
        ("behind one that ends with !", format!("<!-- --!><div {long}>-->")),
        ("behind a quote in a value", format!("<a x==\"><div {long}>\">")),
        ("behind a quote in a name", format!("<a x\"=\"><div {long}>\">")),
        ("behind a quote in an end", format!("</a=\"><div {long}>\">")),
        ("in a foreign style", format!("<svg><style><div {long}></style>")),
        ("in a foreign title", format!("<math><title><div {long}></title>")),
        ("in foreign text", format!("<svg><![CDATA[x]]><div {long}>")),
        ("in a noscript", format!("<noscript><div {long}></noscript>")),
        ("behind plain text", format!("<svg><plaintext></svg><div {long}>")),
        ("behind a quote that begins no value", format!("<a b\">x</a><div {long}>")),
        // Nobody knows that these are texts without reading all that stands before them.
        ("in a comment", format!("<!-- <a {long} -->")),
        ("in a script", format!("<script>a<b '{long}</script><p>")),
    ] {
        assert!(has_long_tag(&text), "{what}");
    }
    for (what, text) in [
        ("text", value.clone()),
        ("text with signs", "a < b, don't > \" ".repeat(LONGEST)),
        ("many tags", "<a href='/'>x</a>".repeat(LONGEST)),
        ("a longer name", format!("<titles>{value}</titles>")),
        ("just short enough", format!("<a {}>", "x".repeat(LONGEST - 4))),
        ("nothing", String::new()),
    ] {
        assert!(!has_long_tag(&text), "{what}");
    }
}

#[test]
fn attributes_are_counted_in_each_tag_and_together() {
    let tag = |attributes| format!("<i{}>", " a=\">\"".repeat(attributes));
    assert!(!has_long_tag(&tag(MOST_ATTRIBUTES as usize)));
    assert!(has_long_tag(&tag(MOST_ATTRIBUTES as usize + 1)));
    let many = |tags| tag(100).repeat(tags);
    assert!(!has_long_tag(&many(10_000)));
    assert!(has_long_tag(&many(10_001)), "each is short");
    for root in ["<html a>", "<BODY a>", "<body/>"] {
        assert!(!has_long_tag(&root.repeat(16)), "{root}");
        assert!(has_long_tag(&root.repeat(17)), "{root}");
    }
    assert!(!has_long_tag(&"</html></body><bodys><htmlx>".repeat(100)));
}

type Handle = <HtmlTreeSink as TreeSink>::Handle;

/// What the tokenizer hands to the tree that leads it, and the most attributes of a tag among it.
struct Watched {
    tree: TreeBuilder<Handle, HtmlTreeSink>,
    most: Cell<usize>,
    names: RefCell<HashSet<String>>,
}

impl TokenSink for Watched {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if let Token::TagToken(tag) = &token {
            self.most.set(self.most.get().max(tag.attrs.len()));
            let names = tag.attrs.iter().map(|attribute| &attribute.name.local).chain([&tag.name]);
            let long = names.filter(|name| name.len() > SHORT_NAME).map(ToString::to_string);
            self.names.borrow_mut().extend(long);
        }
        self.tree.process_token(token, line)
    }

    fn end(&self) {
        self.tree.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.tree.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The most attributes of a tag, and how many long names there are.
fn seen_by_the_parser(text: &str) -> (usize, usize) {
    let sink = HtmlTreeSink::new(Html::new_document());
    let tree = TreeBuilder::new(sink, TreeBuilderOpts::default());
    let tokenizer = Tokenizer::new(
        Watched { tree, most: Cell::new(0), names: RefCell::default() },
        TokenizerOpts::default(),
    );
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    let names = tokenizer.sink.names.borrow().len();
    (tokenizer.sink.most.get(), names)
}

/// What begins, ends and hides tags, in one context or another.
const PIECES: [&str; 52] = [
    "<",
    ">",
    "/",
    "=",
    "\"",
    "'",
    " ",
    "\n",
    "\r",
    "\t",
    "\x0c",
    "\0",
    "&quot;",
    "&#39",
    "&",
    "x",
    "-",
    "!",
    "<!--",
    "-->",
    "<!-->",
    "<!--->",
    "--!>",
    "<![CDATA[",
    "]]>",
    "<!doctype ",
    "<?",
    "<a",
    "<b ",
    "</a",
    "</a ",
    "<svg>",
    "</svg>",
    "<math>",
    "<style>",
    "</style>",
    "</style ",
    "<title>",
    "</title>",
    "<script>",
    "<script ",
    "</script>",
    "<plaintext>",
    "<textarea>",
    "</textarea>",
    "<noscript>",
    "</noscript>",
    "<xmp>",
    "<iframe>",
    "<template>",
    "<foreignObject>",
    "<mtext>",
];

/// A fixed sequence of pseudo-random numbers.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }
}

#[test]
fn parser_sees_no_tag_with_more_attributes_than_were_counted() {
    let mut dice = Dice(1);
    let mut most_of_all = 0;
    for round in 0..60_000 {
        let mut text = String::new();
        for piece in 0..=dice.below(40) {
            match dice.below(4) {
                // A name of its own each, as those that come again are left out.
                0 => text.push_str(&format!(" n{piece}")),
                1 => text.push_str(&format!("{piece}=")),
                2 => text.push_str(&format!("Name-of-{piece}")),
                _ => text.push_str(PIECES[dice.below(PIECES.len())]),
            }
        }
        let (seen, names) = seen_by_the_parser(&text);
        let counted = Scan::of(text.as_bytes(), |_| false);
        assert!(seen <= counted.attributes as usize, "round {round}: {seen} in {text:?}");
        let counted_names = counted.names.len() + counted.long_names;
        assert!(names <= counted_names, "round {round}: {names} in {text:?}");
        assert!(counted.attributes <= counted.together, "round {round}: {text:?}");
        most_of_all = most_of_all.max(seen);
    }
    assert!(most_of_all > 10, "such texts have tags with many: {most_of_all}");
}

#[test]
fn names_that_nobody_knows_are_counted_once_each() {
    let many =
        |names: usize, tag: &dyn Fn(usize) -> String| (0..names).map(tag).collect::<String>();
    let tags: [&dyn Fn(usize) -> String; 6] = [
        &|name| format!("<i name-{name:x}>"),
        &|name| format!("<name-{name:x}=x>"),
        &|name| format!("</name-{name:x}>"),
        &|name| format!("<i a='x'name-{name:x}>"),
        &|name| format!("<i \0\0{name:x}>"),
        &|_| format!("<i {}>", "x".repeat(LONG_NAME + 1)),
    ];
    for tag in tags {
        // Names of four digits.
        let tag = |name| tag(name + 0x1000);
        assert!(!has_long_tag(&many(MOST_NAMES, &tag)), "{}", tag(0));
        assert!(has_long_tag(&many(MOST_NAMES + 1, &tag)), "{}", tag(0));
    }
    assert!(!has_long_tag(&many(2 * MOST_NAMES, &|name| format!("<i data-name=name-{name:x}>"))));
}
