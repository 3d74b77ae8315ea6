//! What only the real window can show. Skipped, and said so, where there is no display.

mod bus;
mod demo_process;
mod disk;
mod journeys;
mod killed;
mod policy;
#[cfg(target_os = "linux")]
mod processes;
mod record;
#[cfg(target_os = "linux")]
mod sign_in_window;
mod stage;
mod tabs;
mod tour;
mod webdriver;
mod window;

use std::fs;

use stage::{stage, start};

#[tokio::test]
async fn the_main_job_works_through_the_real_window() {
    let Some((stage, _alone)) = stage().await else { return };
    tour::run(&stage).await.expect("every step of the tour");
    let steps = fs::read_to_string(stage.out.join("tour.json")).expect("tour.json");
    let steps: serde_json::Value = serde_json::from_str(&steps).expect("JSON");
    let steps = steps["steps"].as_array().expect("steps");
    assert!(steps.len() >= 9, "the tour shows the whole job, not {} steps", steps.len());
    for step in steps {
        let picture = step["picture"].as_str().expect("a picture a step");
        assert!(stage.out.join(picture).is_file(), "{picture}");
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named_kept_and_opened_again_when_it_is_out_of_the_way() {
    let Some((stage, _alone)) = stage().await else { return };
    let app_data = stage.data.join("app");
    fs::create_dir_all(&app_data).expect("a folder");
    let file = app_data.join("trustdesk.sqlite3");
    fs::write(&file, "these are my tax papers").expect("written");
    let window = start(&stage, &[]).await;
    window.screen("database").await.expect("the database screen");
    window.read("#database-path", "trustdesk.sqlite3").await.expect("the file's name");
    assert_eq!(fs::read(&file).expect("kept"), b"these are my tax papers");

    fs::rename(&file, app_data.join("papers.txt")).expect("moved away");
    window.press("main", "Try again").await.expect("a button");
    window.screen("start").await.expect("the first start, with a new file");
    assert_eq!(fs::read(app_data.join("papers.txt")).expect("kept"), b"these are my tax papers");
}

#[tokio::test]
async fn one_button_signs_in_to_the_demo_index_inside_the_app() {
    let Some((stage, _alone)) = stage().await else { return };
    let demo = [("TRUSTDESK_START_INDEX", "demo".as_ref())];
    let window = start(&stage, &demo).await;
    window.screen("sign-in").await.expect("the demo index's sign-in");
    window.press("main", "Use the demo account").await.expect("the one button");
    window.screen("projects").await.expect("the projects");
    window.see("#project-sampleproject").await.expect("a project");
}

#[tokio::test]
async fn an_address_that_is_no_index_is_refused_in_words() {
    let Some((stage, _alone)) = stage().await else { return };
    let window = start(&stage, &[]).await;
    window.screen("start").await.expect("the first start");
    window.click("#choose-other").await.expect("a choice");
    window.fill("#start-address", "http://pypi.org").await.expect("a field");
    window.press("main", "Use this index").await.expect("a button");
    window.read("#start-address-errors", "Only https").await.expect("the reason");

    // Nothing listens on the discard port of this computer.
    window.fill("#start-address", "http://127.0.0.1:9").await.expect("a field");
    window.press("main", "Use this index").await.expect("a button");
    window.screen("sign-in").await.expect("an address that may be one");
    window.fill("#sign-in-username", "alice").await.expect("a field");
    window.fill("#sign-in-password", "secret").await.expect("a field");
    window.press("main", "Continue").await.expect("a button");
    window.read("main", "The index cannot be reached").await.expect("one plain sentence");
}
