//! Wrong use: exit 2, the flag or argument that is wrong, and the right form.

use crate::program::Program;

#[test]
fn what_is_wrong_is_named_with_the_right_form() {
    let program = Program::new();
    for (words, named, form) in [
        ("", "Usage", "<COMMAND>"),
        ("stauts", "'stauts'", "'status'"),
        ("--indx pypi status", "'--indx'", "'--index'"),
        ("--index http://pypi.org status", "'--index <INDEX>'", "https"),
        ("--index status", "'--index <INDEX>'", "https://index.example.org"),
        ("index use", "<INDEX>", "Usage: trustdesk-cli index use"),
        ("index use ftp://x.example", "'<INDEX>'", "https"),
        ("index use http://localhost:8035", "'<INDEX>'", "127.0.0.1"),
        ("demo --port 70000", "'--port <PORT>'", "0..=65535"),
    ] {
        let said = program.run(words);
        assert_eq!(said.exit, 2, "{words}: {said:?}");
        assert_eq!(said.out, "", "{words}: an error is no answer");
        assert!(said.err.contains(named), "{words} names {named}: {}", said.err);
        assert!(said.err.contains(form), "{words} shows {form}: {}", said.err);
    }
}

#[test]
fn a_program_that_asks_wrongly_gets_one_document_too() {
    let (exit, answer) = Program::new().json("--index http://pypi.org status");
    assert_eq!((exit, answer["error"]["kind"].as_str()), (2, Some("wrong_use")));
    let message = answer["error"]["message"].as_str().expect("words");
    assert!(message.contains("--index") && message.contains("127.0.0.1"), "{message}");
}

#[test]
fn without_an_index_there_is_nobody_to_ask() {
    let (exit, answer) = Program::new().json("status --refresh");
    assert_eq!((exit, answer["error"]["kind"].as_str()), (2, Some("no_index")));
}
