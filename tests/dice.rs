//! What a seed decides: the same seed types the same text, meets the same faults and kills at the same
//! moments.

/// SplitMix64: small, and the same for ever, which no crate promises of its generators.
pub struct Dice(u64);

impl Dice {
    /// Each round has dice of its own, so that what one round needs does not move the next.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "rounds are counted in small numbers")]
    pub fn of_round(seed: u64, round: usize) -> Self {
        let mut dice = Self(seed);
        let start = dice.next() ^ u64::try_from(round).expect("a small number");
        Self(start)
    }

    /// Any number below this.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// One of these.
    pub fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.count(choices.len())]
    }

    /// Small letters, which every index stores as they are typed.
    pub fn word(&mut self, letters: usize) -> String {
        (0..letters).map(|_| char::from(self.one_of(b"abcdefghijklmnopqrstuvwxyz"))).collect()
    }

    /// Any count below this.
    pub fn count(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).expect("a small number");
        usize::try_from(self.below(bound)).expect("a small number")
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
