//! The dialog that asks before a publisher is bound to an environment. A link from a mail opens it.

use maud::{Markup, html};

use super::fields::hidden;
use crate::request::Request;

/// What the dialog asks about.
pub(crate) struct Constrained<'a> {
    publisher_id: &'a str,
    environment: &'a str,
}

impl<'a> Constrained<'a> {
    /// What a link, or a POST that was refused, names.
    pub(crate) fn named_by(request: &'a Request) -> Option<Self> {
        let publisher_id = request.parameter("constrained_publisher_id")?;
        let environment = request.parameter("constrained_environment_name")?;
        Some(Self { publisher_id, environment })
    }
}

pub(crate) fn dialog(constrained: &Constrained<'_>, action: &str, csrf_token: &str) -> Markup {
    let environment = constrained.environment;
    html! {
        div id="constrain_environment-modal" class="modal" data-controller="confirm modal-close" {
            div class="modal__content" role="dialog" {
                a href="#modal-close" title="Close" class="modal__close" { "×" }
                form method="POST" class="modal__form" action=(action) {
                    (hidden("csrf_token", csrf_token))
                    div class="modal__body" {
                        h3 class="modal__title" { "Bind this publisher to one environment?" }
                        p { "From then on only jobs in " strong { (environment) } " publish." }
                        (hidden("constrained_publisher_id", constrained.publisher_id))
                        (hidden("constrained_environment_name", environment))
                        label for="confirm_constrained_environment_name" { "Its name once more" }
                        input id="confirm_constrained_environment_name" type="text"
                            name="confirm_constrained_environment_name" autocomplete="off";
                    }
                    div class="modal__footer" {
                        button type="reset" class="button modal__action js-cancel" { "Cancel" }
                        button type="submit" data-expected=(environment)
                            class="button button--danger modal__action js-confirm" {
                            "Bind it"
                        }
                    }
                }
            }
        }
    }
}
