//! Migrations are embedded by a macro; without this a new file alone would not be noticed.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
