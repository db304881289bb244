//! How alike two wordings are, and which of two lists belong together.

/// Two wordings are recognisably the same from here on.
pub(crate) const SAME: f64 = 0.5;

/// How alike two wordings are, from 0 to 1: the words they share, by their beginnings, over the
/// words of the shorter.
pub(crate) fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (stems(a), stems(b));
    let shorter = a.len().min(b.len());
    if shorter == 0 {
        return 0.0;
    }
    let mut left = b.clone();
    let mut shared = 0;
    for stem in &a {
        if let Some(at) = left.iter().position(|other| other == stem) {
            left.swap_remove(at);
            shared += 1;
        }
    }
    // A long wording holds the words of many short ones by chance.
    let longer = a.len().max(b.len());
    let share = f64::from(shared);
    #[expect(clippy::cast_precision_loss, reason = "a count of words")]
    let (shorter, longer) = (shorter as f64, longer as f64);
    share / shorter * 0.8 + share / longer * 0.2
}

/// The beginnings of the words: endings are where Swedish words differ.
fn stems(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2)
        .map(|word| word.to_lowercase().chars().take(6).collect())
        .collect()
}

/// Pairs the members of two lists that keep their order, so that the sum of likenesses is the
/// greatest; pairs less alike than `least` are not made.
pub(crate) fn pair(a: &[&str], b: &[&str], least: f64) -> Vec<(usize, usize)> {
    let alike = |i: usize, j: usize| {
        let value = likeness(a[i], b[j]);
        if value < least { -1.0 } else { value }
    };
    let mut best = vec![vec![0.0_f64; b.len() + 1]; a.len() + 1];
    let scores: Vec<Vec<f64>> = (0..a.len())
        .map(|i| (0..b.len()).map(|j| alike(i, j)).collect())
        .collect();
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let both = scores[i][j] + best[i + 1][j + 1];
            best[i][j] = both.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < a.len() && j < b.len() {
        let both = scores[i][j] + best[i + 1][j + 1];
        if scores[i][j] >= least && both >= best[i + 1][j] && both >= best[i][j + 1] {
            pairs.push((i, j));
            i += 1;
            j += 1;
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortened_wording_is_the_same() {
        let long = "Utforska möjligheten att tillskapa ytterligare resurser för arbetet.";
        assert!(likeness(long, "Utforska möjligheter till resurssättning.") > 0.4);
        assert!(likeness(long, "Dra lärdomar av andra kluster.") < 0.2);
    }

    #[test]
    fn lists_are_paired_in_order() {
        let a = [
            "Utforma koncept för medarbetare",
            "Utforma koncept för chefer",
            "Sprida exempel",
        ];
        let b = ["Utforma koncept för chefer", "Sprida goda exempel"];
        assert_eq!(pair(&a, &b, SAME), [(1, 0), (2, 1)]);
    }
}
