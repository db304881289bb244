//! Numbers that look random and are the same every time (`SplitMix64`).

/// A source of numbers.
pub(super) struct Random(u64);

impl Random {
    /// The source of one edition: another for every publisher and year.
    pub(super) fn of(publisher: usize, year: u16) -> Self {
        Self((publisher as u64) << 16 | u64::from(year))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of several.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let most = of.len() as u64;
        let at = usize::try_from(self.next() % most).unwrap_or_default();
        &of[at]
    }

    /// As many different ones of several as are asked for, in any order.
    pub(super) fn several<'a, T>(&mut self, count: usize, of: &'a [T]) -> Vec<&'a T> {
        let mut left: Vec<&T> = of.iter().collect();
        let mut found = Vec::new();
        while found.len() < count && !left.is_empty() {
            let most = left.len() as u64;
            let at = usize::try_from(self.next() % most).unwrap_or_default();
            found.push(left.swap_remove(at));
        }
        found
    }
}
