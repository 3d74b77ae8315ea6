//! SIGKILL at seeded moments of typing, saving and sending through the real window, on one data folder:
//! nothing that the screen called saved is lost, and nothing is doubled. A usual run tries each kind of
//! moment; `cargo xtask torture --window` tries all fifty moments.

mod ledger;
mod moment;
mod round;
mod settled;
mod typing;

use std::path::Path;

use ledger::Ledger;
use moment::moment;
use round::Round;
use trustdesk_tests::dice::Dice;

use crate::demo_process::DemoProcess;
use crate::stage::{stage, start};

const PROJECT: &str = "sampleproject";
const KILLS: usize = 50;
/// One or two of each kind of moment, in their order.
const SAMPLE: [usize; 12] = [0, 1, 4, 5, 6, 7, 10, 11, 18, 24, 30, 38];
/// Another number types other text and kills at other moments.
const SEED: &str = "TRUSTDESK_TEST_SEED";
/// Set: every moment is tried.
const ALL: &str = "TRUSTDESK_TEST_ALL_KILLS";

#[tokio::test]
async fn killed_windows_lose_nothing_that_was_called_saved_and_double_nothing() {
    let Some((stage, _alone)) = stage().await else { return };
    let seed = std::env::var(SEED).map_or(1, |seed| seed.parse().expect("a number"));
    let state = stage.data.join("demo-index.json");
    let demo = DemoProcess::start(&stage.cli, &state).expect("the demo index runs");
    let origin = demo.origin();
    let environment =
        [("TRUSTDESK_DEMO_ORIGIN", Path::new(&origin)), ("TRUSTDESK_START_INDEX", "demo".as_ref())];
    let data = stage.data.join("app");

    let window = start(&stage, &environment).await;
    window.press("main", "Use the demo account").await.expect("the one button");
    window.screen("projects").await.expect("signed in, with the session in the keyring");
    window.kill();

    let mut ledger = Ledger::default();
    let all = std::env::var_os(ALL).is_some();
    let numbers: Vec<usize> = if all { (0..KILLS).collect() } else { SAMPLE.into() };
    for number in &numbers {
        let number = *number;
        let mut dice = Dice::of_round(seed, number);
        let moment = moment(number, &mut dice);
        let mut round = Round::new(number, moment, dice);
        let window = start(&stage, &environment).await;
        let played = round.play(&window, &mut ledger).await;
        window.kill();
        let replay = format!("{SEED}={seed}, kill {number}: {moment:?}");
        let killed_at = played.unwrap_or_else(|problem| panic!("{replay}: {problem:#}"));
        eprintln!("{replay}");
        let Round { provider, typing, asked, .. } = round;
        ledger.examine(&data, provider, &typing, asked.as_ref(), killed_at).await;
    }

    let window = start(&stage, &environment).await;
    settled::settle(&window).await.expect("every change is done");
    settled::finds_every_draft(&window, &ledger).await.expect("every draft is on screen");
    window.close().await.expect("closed");
    settled::holds(&ledger, &state);
    println!(
        "{} kills, seed {seed}: {} saved drafts kept, 0 lost; {} adds and {} removals confirmed, \
         0 doubled",
        numbers.len(),
        ledger.saved,
        ledger.adds.len(),
        ledger.removals.len()
    );
}
