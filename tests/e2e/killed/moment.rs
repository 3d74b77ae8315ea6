//! The moments at which the app is killed.

use std::time::Duration;

use trustdesk_tests::dice::Dice;

/// A save is begun 300 ms after the last key.
const PAUSE_MS: u64 = 300;
/// Queueing, sending and reading the list again are over by then, more often than not.
const SENDING_MS: u64 = 600;

#[derive(Clone, Copy, Debug)]
pub(super) enum Moment {
    /// After so many keys of the last field.
    Key(usize),
    /// So long after the last key.
    Pause(Duration),
    /// When the screen says “Draft saved”.
    Saved,
    /// So long after *Save draft* was pressed.
    Parking(Duration),
    /// So long after *Add* was pressed.
    Adding(Duration),
    /// So long after the screen showed what *Add* was pressed for: it is being sent.
    Shown(Duration),
    /// So long after *Send N changes* was pressed.
    Sending(Duration),
    /// So long after *Remove publisher* was pressed.
    Removing(Duration),
}

/// One a round. Those of sending come first: what became of a lost answer is known after a minute
/// only, which passes while the others type.
pub(super) fn moment(round: usize, dice: &mut Dice) -> Moment {
    let mut ms = |bound| Duration::from_millis(dice.below(bound));
    match round {
        0..18 if round % 6 == 4 => Moment::Sending(ms(SENDING_MS)),
        0..18 if round % 6 == 5 => Moment::Removing(ms(SENDING_MS)),
        0..18 if round % 2 == 1 => Moment::Shown(ms(PAUSE_MS)),
        0..18 => Moment::Adding(ms(SENDING_MS)),
        18..24 => Moment::Parking(ms(PAUSE_MS)),
        24..30 => Moment::Saved,
        30..38 => Moment::Pause(ms(PAUSE_MS)),
        _ => Moment::Key(1 + dice.count(100)),
    }
}
