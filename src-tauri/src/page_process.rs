//! The page's own process. It can end while the app lives: by a fault of its own, or because the
//! system wants its memory. Then the page is loaded again; all that it shows is in the core.

use std::sync::{Mutex, PoisonError};

use trustdesk_core::clock::{Clock, SystemClock};

/// A page that ends again and again is left alone after so many times in such a while.
const IN_A_ROW: usize = 3;
const A_ROW_MS: i64 = 60 * 1000;

/// When the page was loaded again of late.
#[derive(Default)]
struct LoadedAgain(Mutex<Vec<i64>>);

impl LoadedAgain {
    fn once_more(&self, now_ms: i64) -> bool {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.retain(|at_ms| now_ms - at_ms < A_ROW_MS);
        let once_more = times.len() < IN_A_ROW;
        if once_more {
            times.push(now_ms);
        }
        once_more
    }

    fn after_its_end(&self, load: impl FnOnce()) {
        let once_more = self.once_more(SystemClock.steady_ms());
        tracing::warn!(once_more, "the page's process has ended");
        if once_more {
            load();
        }
    }
}

/// Tauri itself does not hear of it on Linux.
#[cfg(target_os = "linux")]
pub(crate) fn watch<R: tauri::Runtime>(window: &tauri::WebviewWindow<R>) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt as _;

    window.with_webview(|page| {
        let again = LoadedAgain::default();
        page.inner().connect_web_process_terminated(move |page, _| {
            again.after_its_end(|| page.reload());
        });
    })
}

#[cfg(target_os = "macos")]
pub(crate) fn watched<R: tauri::Runtime>(app: tauri::Builder<R>) -> tauri::Builder<R> {
    let again = LoadedAgain::default();
    app.on_web_content_process_terminate(move |page| {
        if page.label() == crate::window::MAIN {
            // What cannot be loaded again stays as it is; there is nothing better to do.
            again.after_its_end(|| drop(page.reload()));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_ends_again_and_again_is_not_loaded_for_ever() {
        let again = LoadedAgain::default();
        for at_ms in [0, 1_000, 2_000] {
            assert!(again.once_more(at_ms), "{at_ms}");
        }
        assert!(!again.once_more(3_000), "it would end as well");
        assert!(again.once_more(A_ROW_MS), "the first time is long ago");
        assert!(!again.once_more(A_ROW_MS + 1));
    }
}
