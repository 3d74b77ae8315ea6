//! A project's security history: what happened to its publishers, the newest line first.

use std::net::IpAddr;

use maud::{Markup, html};

use super::date::date;
use super::layout;
use super::project_frame::frame;
use crate::state::{Event, EventKind, Project};

/// What the page shows.
pub(crate) struct History<'a> {
    pub(crate) project: &'a Project,
    pub(crate) events: &'a [Event],
    /// From one.
    pub(crate) number: usize,
    pub(crate) pages: usize,
    /// Where everything was done from: this computer.
    pub(crate) address: IpAddr,
}

pub(crate) fn page(history: &History<'_>) -> Markup {
    let name = &history.project.name;
    let content = html! {
        h2 { "Security history" }
        p { "Who changed which publisher of this project, and when." }
        // Nothing that happened is no table at all.
        @if !history.events.is_empty() { (table(history)) }
        @if history.pages > 1 { (pagination(history)) }
    };
    let main = frame(history.project, "history/", &content);
    layout::page(&format!("'{name}' security history"), &main)
}

fn table(history: &History<'_>) -> Markup {
    html! {
        table class="table table--security-logs" {
            caption class="sr-only" { "Security history for " (history.project.name) }
            thead { tr {
                th scope="col" { "Event" }
                th scope="col" { "Time" }
                th scope="col" { "Additional info" }
            } }
            tbody { @for event in history.events { (row(event, history.address)) } }
        }
    }
}

fn row(event: &Event, address: IpAddr) -> Markup {
    let (title, by) = match event.kind {
        EventKind::PublisherAdded => ("Trusted publisher added", "Added by:"),
        EventKind::PublisherRemoved => ("Trusted publisher removed", "Removed by:"),
    };
    // Only GitHub's have a word of their own.
    let specifier = if event.publisher == "GitHub" { "Workflow:" } else { "Specifier:" };
    html! {
        tr {
            td {
                strong { (title) }
                small { "Publisher: " (event.publisher) }
                @if !event.url.is_empty() { small { "URL: " (event.url) } }
                small { (specifier) " " (event.specifier) }
                small { (by) " " a href={ "/user/" (event.user) "/" } { (event.user) } }
            }
            td { span class="table__mobile-label" { "Time" } (date(event.at_ms)) }
            td {
                span class="table__mobile-label" { "Location info" }
                (address)
                br;
                span class="table__mobile-label" { "Device Info" }
                (event.device)
            }
        }
    }
}

fn pagination(history: &History<'_>) -> Markup {
    html! {
        div class="button-group button-group--pagination" {
            @for number in 1..=history.pages {
                a href={ "?page=" (number) } aria-disabled=[(number == history.number).then_some("true")]
                    class="button button-group__button" { (number) }
            }
        }
    }
}
