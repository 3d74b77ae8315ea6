//! One life that is cut short, once or more often, and what is left of it.

use std::path::Path;
use std::time::Duration;

use tokio::time::sleep;

use super::player::{Player, Signal, was_killed};
use super::stage::{Life, Stage};
use super::strace::{Call, Strace};
use crate::broken::Broken;
use crate::dice::Dice;

/// Longer than most steps take.
const LONGEST_PAUSE_US: u64 = 4_000;
/// More requests than the shortest sync makes.
const REQUESTS: usize = 4;

/// A moment of a life, as near as another process can come to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// After so many things were said,
    said: usize,
    /// and so many more requests had come to the wire, unless something else was said first,
    asked: usize,
    /// and so much time had passed.
    pause: Duration,
    signal: Signal,
}

impl Moment {
    /// A moment within so many steps.
    pub(crate) fn within(steps: usize, signal: Signal, dice: &mut Dice) -> Self {
        let (said, asked) = (dice.count(steps), dice.count(REQUESTS));
        Self { said, asked, pause: Duration::from_micros(dice.below(LONGEST_PAUSE_US)), signal }
    }
}

/// How a life is cut short.
#[derive(Clone, Debug)]
pub(crate) enum Cut {
    At(Moment),
    Before(Call),
}

impl Stage {
    /// Lets the process run until it is cut off; whether it was, for it may have been faster.
    pub(crate) async fn run(&mut self, torture: &Path, cut: &Cut) -> Result<bool, Broken> {
        let ended = match cut {
            Cut::Before(call) => {
                let strace = Strace::killing_at(call);
                let player = Player::start(self.player(torture, Some(&strace)));
                player.hear_out(&mut self.books).await?
            }
            Cut::At(moment) => {
                let mut player = Player::start(self.player(torture, None));
                self.wait_for(&mut player, *moment).await;
                player.end_by(moment.signal).await;
                player.hear_out(&mut self.books).await?
            }
        };
        if ended.success() || was_killed(ended) {
            return Ok(was_killed(ended));
        }
        Err(Broken::Stuck(format!("the process ended by itself: {ended}")))
    }

    async fn wait_for(&mut self, player: &mut Player, moment: Moment) {
        for _ in 0..moment.said {
            match player.says().await {
                Some(said) => self.books.hear(said),
                None => return,
            }
        }
        tokio::select! {
            () = self.proxy.asked_again(moment.asked) => {}
            said = player.says() => said.into_iter().for_each(|said| self.books.hear(said)),
        }
        // Not a wait for anything: the length of this pause is the moment itself.
        sleep(moment.pause).await;
    }
}

/// One life that is cut short like this, and every third time once more by the dice; how often it was.
pub(crate) async fn cut_short(torture: &Path, life: Life, cut: Cut) -> Result<u64, Broken> {
    let mut stage = Stage::begin(life).await;
    let mut dice = Dice::of_round(life.seed ^ 1, life.number);
    let mut kills = u64::from(stage.run(torture, &cut).await?);
    stage.hold().await?;
    while dice.below(3) == 0 && stage.books.next() < stage.books.steps() {
        let left = stage.books.steps() - stage.books.next();
        let again = Cut::At(Moment::within(left, Signal::Kill, &mut dice));
        kills += u64::from(stage.run(torture, &again).await?);
        stage.hold().await?;
    }
    stage.come_to_rest().await?;
    Ok(kills)
}
