//! A project's releases and settings: pages that are only here for the links that lead to them.

use maud::{Markup, html};

use super::layout;
use super::project_frame::frame;
use crate::state::Project;

pub(crate) fn releases(project: &Project) -> Markup {
    let content = html! {
        h2 { "Releases" }
        p { "The demo index keeps no files." }
    };
    let title = format!("Manage '{}' releases", project.name);
    layout::page(&title, &frame(project, "releases/", &content))
}

pub(crate) fn settings(project: &Project) -> Markup {
    let content = html! {
        h2 { "Project settings" }
        p { "There is nothing to set on the demo index." }
    };
    let title = format!("Manage '{}' settings", project.name);
    layout::page(&title, &frame(project, "settings/", &content))
}
