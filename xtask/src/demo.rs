//! `cargo xtask demo`: the app on the demo index, for a person or for the tour.

use std::path::{Path, PathBuf};

use crate::desktop::{self, Desktop};
use crate::packages::Purpose;
use crate::program::{program, run_shown, spoken};
use crate::repository::Repository;
use crate::stop::Stop;
use crate::{build, screen};

/// Where the app that a person tries keeps its data, counted from the repository's root.
const DEMO_DATA: &str = "target/demo";

/// Where the tour's pictures go when nobody says where, counted from the repository's root.
pub(crate) const TOUR_FOLDER: &str = "target/tour";

pub(crate) fn demo(repository: &Repository, tour: Option<PathBuf>) -> Result<(), Stop> {
    match tour {
        Some(folder) => drive(repository, &folder),
        None if desktop::has_display() => open(repository),
        None => {
            screen::line("There is no display: the tour drives the app under a virtual one.");
            drive(repository, Path::new(TOUR_FOLDER))
        }
    }
}

fn open(repository: &Repository) -> Result<(), Stop> {
    build::programs(repository, Purpose::Build)?;
    let mut app = program(repository, repository.built("debug", "trustdesk"));
    // A folder of its own: what a person does for real is not opened, and not touched.
    app.env("TRUSTDESK_DATA", repository.root.join(DEMO_DATA));
    run_shown(app.env("TRUSTDESK_START_INDEX", "demo"))
}

fn drive(repository: &Repository, folder: &Path) -> Result<(), Stop> {
    let folder = placed(repository, folder)?;
    build::programs(repository, Purpose::Window)?;
    let mut tour = program(repository, repository.built("debug", "trustdesk-tour"));
    tour.arg("--app").arg(repository.built("debug", "trustdesk"));
    tour.arg("--cli").arg(repository.built("debug", "trustdesk-cli"));
    tour.arg("--out").arg(&folder);
    let desktop = Desktop::new()?;
    let ended = run_shown(&mut desktop.wrap(repository, &tour));
    if folder.join("tour.json").is_file() {
        screen::line(&format!("The tour's pictures and tour.json: {}", folder.display()));
    }
    ended.map_err(|stop| match stop {
        // The desktop around it is of no interest to the reader.
        Stop::Failed { status, .. } => Stop::Failed { program: spoken(&tour), status },
        other => other,
    })
}

/// A folder that a person names counts from where they are; the one that we name, from the repository's root.
fn placed(repository: &Repository, folder: &Path) -> Result<PathBuf, Stop> {
    if folder == Path::new(TOUR_FOLDER) {
        return Ok(repository.root.join(folder));
    }
    std::path::absolute(folder).map_err(|source| Stop::File { path: folder.to_path_buf(), source })
}
