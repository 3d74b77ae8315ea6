//! The TypeScript contract of the page, written from the list of commands. The test below compares
//! it with `ui/src/ipc/bindings.ts`; `cargo xtask bindings` writes that file.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use ts_rs::{Config, TS, TypeVisitor};

use crate::commands;
use crate::error::IpcError;
use crate::events::Changed;

const HEADER: &str = "// Written by `cargo xtask bindings` from src-tauri/src/commands/list.rs. \
                      Do not edit.\n";
const WRITE: &str = "TRUSTDESK_WRITE_BINDINGS";

/// Gathers types and commands.
pub(crate) struct Contract {
    config: Config,
    seen: HashSet<TypeId>,
    declarations: BTreeMap<String, String>,
    commands: Vec<String>,
}

impl Contract {
    /// Declares a type and all that it is made of, and returns its name.
    pub(crate) fn declare<T: TS + 'static + ?Sized>(&mut self) -> String {
        self.visit::<T>();
        T::name(&self.config)
    }

    pub(crate) fn command(&mut self, name: &str, input: Option<String>, output: &str) {
        let input = input.map(|input| format!("input: {input}; ")).unwrap_or_default();
        self.commands.push(format!("  {name}: {{ {input}output: {output} }};"));
    }
}

impl TypeVisitor for Contract {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
        // Only types of ours have a place of their own; the rest is built in.
        if T::output_path().is_some() {
            let declaration = format!("export {}\n", T::decl(&self.config));
            self.declarations.insert(T::name(&self.config), declaration);
        }
    }
}

fn contract() -> String {
    let mut contract = Contract {
        config: Config::new().with_large_int("number"),
        seen: HashSet::new(),
        declarations: BTreeMap::new(),
        commands: Vec::new(),
    };
    commands::contract(&mut contract);
    contract.declare::<IpcError>();
    contract.declare::<Changed>();
    let mut text = HEADER.to_owned();
    for declaration in contract.declarations.values() {
        text.push_str(declaration);
    }
    let commands = contract.commands.join("\n");
    let _ = writeln!(text, "export interface Commands {{\n{commands}\n}}");
    text
}

#[test]
fn the_bindings_of_the_page_are_fresh() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../ui/src/ipc/bindings.ts");
    let expected = contract();
    if std::env::var_os(WRITE).is_some() {
        fs::write(&path, &expected).expect("the bindings can be written");
    }
    let found = fs::read_to_string(&path).expect("the bindings are there");
    assert_eq!(found, expected, "run `cargo xtask bindings` and commit what it writes");
}
