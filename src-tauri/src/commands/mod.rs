//! What the page can ask. `list.rs` holds the list; here it becomes the handler and the contract.
//! Each command is a plain function of the state and its input, one topic a file.

mod accounts;
mod app;
mod changes;
mod demo_account;
mod drafts;
mod held_back;
mod links;
mod local_data;
mod projects;
mod publishers;
mod publishing;
mod settings;
mod sign_in;
mod work;

use std::future::Future;

use serde::de::DeserializeOwned;
use tauri::ipc::{Invoke, InvokeBody};
use tauri::{Manager, Runtime};

use crate::error::IpcError;
use crate::state::AppState;

use accounts::{AccountsView, ForgetAccount, OfAccount};
use accounts::{forget_account, list_accounts, use_account};
use app::{AppView, ChooseIndex, choose_index, get_app, leave_index};
use app::{refresh_connection, sign_out};
use changes::{ChangesView, OfChange, RetriedView, RetryChange};
use changes::{discard_change, list_changes, retry_change};
use demo_account::{DemoAccountView, get_demo_account, sign_in_demo_account};
use drafts::{DraftSaved, DraftsView, OfDraft, SaveDraft, discard_draft, list_drafts};
use drafts::{open_draft, park_draft, restore_draft, save_draft};
use links::{OpenLink, open_link};
use local_data::{Exported, LocalDataView, delete_data, delete_log, export_data, export_log};
use local_data::{get_local_data, reset_demo};
use projects::{ProjectsView, list_projects, refresh_projects};
use publishers::ChangeView;
use publishing::{CheckView, OfProject, PublishingView, QueueRemove, QueueView};
use publishing::{SyncReviewed, TypedPublisher};
use publishing::{check_publisher, open_publishing, queue_add, queue_remove};
use publishing::{refresh_publishing, sync_project};
use settings::{OpenFolder, SetForgetsSession, SetTheme};
use settings::{open_folder, set_forgets_session, set_theme};
pub(crate) use sign_in::close_sign_in_window;
use sign_in::{ConfirmDevice, ConfirmPassword, ConfirmPasswordView, SignInInput, SignInView};
use sign_in::{SignInInWindow, SignInWithCode, SignInWithRecoveryCode, cancel_sign_in};
use sign_in::{confirm_device, confirm_password, sign_in};
use sign_in::{sign_in_in_window, sign_in_with_code, sign_in_with_recovery_code};
use work::{ReviewView, SyncChanges, WorkState, get_work, pause_work, refresh_everything};
use work::{resume_work, review_changes, stop_work, sync_changes};

/// The name under which the page sends a command's input.
const INPUT: &str = "input";

macro_rules! commands {
    ($($name:ident($($input:ident)?) -> $output:ty;)*) => {
        /// Answers every command of the list; false for any other.
        pub(crate) fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool {
            |Invoke { message, resolver, .. }| {
                let webview = message.webview();
                let Some(state) = webview.try_state::<AppState>() else {
                    return false;
                };
                let state = state.inner().clone();
                match message.command() {
                    $(stringify!($name) => {
                        $(let input = input::<$input>(message.payload());)?
                        resolver.respond_async(guarded(async move {
                            let _: Option<$output> = None;
                            $(let input: $input = input?;)?
                            $name(&state $(, { let input: $input = input; input })?).await
                        }));
                    })*
                    _ => return false,
                }
                true
            }
        }

        /// Feeds every command's name, input and output to the contract.
        #[cfg(test)]
        pub(crate) fn contract(contract: &mut crate::contract::Contract) {
            $(
                {
                    let input = None$(.or_else(|| Some(contract.declare::<$input>())))?;
                    let output = contract.declare::<$output>();
                    contract.command(stringify!($name), input, &output);
                }
            )*
        }
    };
}

include!("list.rs");

fn input<T: DeserializeOwned>(payload: &InvokeBody) -> Result<T, IpcError> {
    let InvokeBody::Json(payload) = payload else {
        return Err(IpcError::bug("a command's input is JSON"));
    };
    let input = payload.get(INPUT).unwrap_or(&serde_json::Value::Null);
    // The cause may quote what was typed, a password too: it is left out.
    T::deserialize(input).map_err(|_| IpcError::bug("a command's input has its type"))
}

/// A panic inside a command is a bug that is said, not a window that stops answering.
async fn guarded<T: Send + 'static>(
    command: impl Future<Output = Result<T, IpcError>> + Send + 'static,
) -> Result<T, tauri::ipc::InvokeError> {
    let ended = tauri::async_runtime::spawn(command).await;
    let result = ended.unwrap_or_else(|_| Err(IpcError::bug("a command ends without a panic")));
    result.map_err(|error| {
        serde_json::to_value(&error).map_or_else(
            |_| tauri::ipc::InvokeError::from("an error that cannot be written"),
            tauri::ipc::InvokeError,
        )
    })
}
