//! Lives that a seed decides: whatever happens in them, no change is lost and nothing is asked twice.

use trustdesk_domain::ChangeState;
use trustdesk_tests::simulation::{Seen, dropped_after_each_poll, live};

/// Enough for every state to be entered and left. `cargo xtask torture` lives more of them.
const LIVES: u64 = 60;

#[tokio::test]
async fn no_life_loses_a_change_or_asks_for_one_twice() {
    let mut seen = Seen::default();
    for seed in 0..LIVES {
        match Box::pin(live(seed)).await {
            Ok(life) => seen.add(&life),
            Err((broken, diary)) => panic!("{broken:?}\n{}", diary.join("\n")),
        }
    }
    println!("{LIVES} lives, {} requests for changes", seen.posts);
    for state in ChangeState::ALL {
        // Sending is over before anybody can look, but for a process that was killed.
        if state != ChangeState::Sending {
            assert!(seen.entered.contains(&state), "no life came to {state:?}: {seen:?}");
            assert_eq!(seen.left.contains(&state), !state.is_final(), "{state:?}");
        }
    }
}

#[tokio::test]
async fn work_that_is_dropped_after_any_of_its_polls_loses_and_doubles_nothing() {
    match Box::pin(dropped_after_each_poll()).await {
        Ok(polls) => {
            println!("dropped after up to {polls} polls");
            assert!(polls > 20, "a sync waits for its database and its index more often: {polls}");
        }
        Err((broken, diary)) => panic!("{broken:?}\n{}", diary.join("\n")),
    }
}
