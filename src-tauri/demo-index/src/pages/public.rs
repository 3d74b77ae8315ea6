//! The few pages that anybody may see.

use maud::{Markup, html};

use super::layout;
use crate::state::Project;

pub(crate) fn home() -> Markup {
    let main = html! {
        h1 class="page-title" { "Demo index" }
        p { "A stand-in for a package index, inside Trustdesk." }
        p { a href="/manage/projects/" { "Your projects" } }
    };
    layout::page("Start", &main)
}

pub(crate) fn project(project: &Project) -> Markup {
    let main = html! {
        h1 class="package-header__name" { (project.name) }
        p class="package-description__summary" { (project.summary) }
        p { "A made-up project of the demo index." }
    };
    layout::page(&project.name, &main)
}
