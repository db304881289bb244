//! Words with their places on a page → lines of text, with columns where they are on the page.
//!
//! A line that is set narrowly would leave its column if letters were only counted; so words
//! that stand close are one run, and a run begins at the character its place on the page gives.

use super::super::Refusal;
use super::super::xml::{Token, attribute, walk};

/// A word on a page, in points from the top left corner.
#[derive(Clone, Debug, PartialEq)]
struct Word {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    text: String,
}

impl Word {
    fn height(&self) -> f64 {
        self.bottom - self.top
    }

    fn middle(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }
}

/// Words that stand close on a line.
struct Run {
    left: f64,
    right: f64,
    text: String,
}

/// How wide the space between two words of a run may be, in heights of the line.
const SPACE: f64 = 0.34;

/// How far apart the middles of words of one line may be, in heights.
const ALIGNED: f64 = 0.35;

/// The same of lines that are taller than the text.
const APART_TALL: f64 = 0.5;

/// How much taller letters are of another size.
const RESIZED: f64 = 1.15;

/// How high the band between lines of a paragraph is at most, in heights: where a page has few
/// lines, they say little.
const SPARSE: f64 = 0.6;

/// How much higher a band is that a blank line stands for, in heights.
const APART: f64 = 0.2;

/// How many blank lines a gap becomes at most.
const BLANK: usize = 4;

/// How many characters a line has at most, before its runs are moved together.
const WIDEST: f64 = 400.0;

/// The text of a document: its lines, pages parted by a form feed.
///
/// `words` is what `pdftotext -bbox` writes: XHTML with an element for every page and word.
///
/// # Errors
/// What is not well-formed.
pub(super) fn text(words: &str) -> Result<String, Refusal> {
    // What a font maps to control characters is no XML.
    let clean: String = words
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    let mut out = String::new();
    let mut page: Vec<Word> = Vec::new();
    let mut word: Option<Word> = None;
    let mut pages = 0;
    walk(&clean, |token| {
        match token {
            Token::Open("word", tag) => {
                let place = |name| attribute(tag, name).and_then(|value| value.parse().ok());
                word = (|| {
                    Some(Word {
                        left: place("xMin")?,
                        right: place("xMax")?,
                        top: place("yMin")?,
                        bottom: place("yMax")?,
                        text: String::new(),
                    })
                })();
            }
            Token::Text(text) => {
                if let Some(word) = &mut word {
                    word.text.push_str(text.trim());
                }
            }
            Token::Close("word") => page.extend(word.take().filter(|word| !word.text.is_empty())),
            Token::Close("page") => {
                if pages > 0 {
                    out.push('\u{c}');
                }
                pages += 1;
                lines(std::mem::take(&mut page), &mut out);
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(out)
}

/// A line of a page: where it lies, and its runs.
struct Line {
    top: f64,
    bottom: f64,
    height: f64,
    runs: Vec<Run>,
}

/// Writes the lines of a page, with blank lines where the page is free of letters for more than
/// lines of a paragraph are apart. Lines of cells beside each other may overlap: what is centred
/// in its cell lies between the lines of its neighbour.
fn lines(words: Vec<Word>, out: &mut String) {
    let lines: Vec<Line> = in_lines(words)
        .into_iter()
        .map(|line| Line {
            top: line
                .iter()
                .map(|word| word.top)
                .fold(f64::INFINITY, f64::min),
            bottom: line.iter().map(|word| word.bottom).fold(0.0, f64::max),
            height: line.iter().map(Word::height).fold(0.0, f64::max),
            runs: runs(line),
        })
        .collect();
    let unit = unit(lines.iter().flat_map(|line| &line.runs));
    let usual = usual(&lines);
    let text = text_height(&lines);
    let mut bottom: Option<(f64, f64)> = None;
    for line in &lines {
        if let Some((bottom, tall)) = bottom {
            let band = line.top - bottom;
            let height = line.height.min(tall).max(1.0);
            // Letters of another size begin something else.
            let resized = line.height.max(tall) > height * RESIZED && band > -height * ALIGNED;
            // The lines of a title are farther apart than those of the text.
            let tall = height > text * RESIZED;
            let least = if tall { APART_TALL } else { APART };
            let apart = band > usual.min(height * SPARSE) + height * least;
            let blank = if apart || resized {
                ((band - usual) / height).round().max(1.0)
            } else {
                0.0
            };
            for _ in 0..whole(blank).min(BLANK) {
                out.push('\n');
            }
        }
        let lowest = bottom.map_or(line.bottom, |(bottom, _)| bottom.max(line.bottom));
        bottom = Some((lowest, line.height));
        write(&line.runs, unit, out);
        out.push('\n');
    }
}

/// How tall most lines are.
fn text_height(lines: &[Line]) -> f64 {
    let mut heights: Vec<f64> = lines.iter().map(|line| line.height).collect();
    heights.sort_by(f64::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(1.0)
}

/// How high the band between the lines of a paragraph is: less than most on the page, since
/// bands between paragraphs are higher and fewer.
fn usual(lines: &[Line]) -> f64 {
    let mut bands: Vec<f64> = lines
        .windows(2)
        .map(|pair| pair[1].top - pair[0].bottom)
        .filter(|band| *band > -lines[0].height * ALIGNED)
        .collect();
    bands.sort_by(f64::total_cmp);
    bands
        .get(bands.len() * 3 / 20)
        .copied()
        .unwrap_or(0.0)
        .max(0.0)
}

/// The words by lines, from the top, each from the left.
fn in_lines(mut words: Vec<Word>) -> Vec<Vec<Word>> {
    words.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    let mut lines: Vec<Vec<Word>> = Vec::new();
    for word in words {
        let fits = lines
            .last()
            .and_then(|line| line.first())
            .is_some_and(|first| {
                let low = first.height().min(word.height());
                (word.middle() - first.middle()).abs() <= ALIGNED * low
            });
        match lines.last_mut() {
            Some(line) if fits => line.push(word),
            _ => lines.push(vec![word]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    lines
}

/// The runs of a line. In a justified line all spaces are wide, and it is one run.
fn runs(words: Vec<Word>) -> Vec<Run> {
    const EVEN: f64 = 1.4;
    let gaps: Vec<f64> = words
        .windows(2)
        .map(|pair| pair[1].left - pair[0].right)
        .collect();
    let widest = gaps.iter().copied().fold(0.0, f64::max);
    let narrowest = gaps.iter().copied().fold(f64::INFINITY, f64::min);
    let height = words.iter().map(Word::height).fold(0.0, f64::max);
    let justified = gaps.len() >= 4 && widest <= narrowest * EVEN && widest <= height * 1.2;
    let mut runs: Vec<Run> = Vec::new();
    for word in words {
        match runs.last_mut() {
            Some(run) if justified || word.left - run.right <= SPACE * word.height() => {
                // Letters that overlap are of one word.
                if word.left > run.right {
                    run.text.push(' ');
                }
                run.text.push_str(&word.text);
                run.right = run.right.max(word.right);
            }
            _ => runs.push(Run {
                left: word.left,
                right: word.right,
                text: word.text,
            }),
        }
    }
    runs
}

/// How much narrower, since runs begin at whole characters.
const ROOM: f64 = 0.94;

/// How wide a character is taken to be: as narrow as in the narrowest run, so that none is
/// longer than its place.
fn unit<'a>(runs: impl Iterator<Item = &'a Run>) -> f64 {
    const SHORT: usize = 4;
    let mut narrowest = f64::INFINITY;
    let mut right: f64 = 0.0;
    for run in runs {
        let letters = run.text.chars().count();
        right = right.max(run.right);
        if letters >= SHORT && run.right > run.left {
            narrowest = narrowest.min((run.right - run.left) / count(letters));
        }
    }
    let least = (right / WIDEST).max(0.5);
    if narrowest.is_finite() {
        (narrowest * ROOM).max(least)
    } else {
        least.max(4.0)
    }
}

/// Writes the runs of a line where they stand, at least two spaces apart.
fn write(runs: &[Run], unit: f64, out: &mut String) {
    let mut at = 0;
    for run in runs {
        let wanted = whole(run.left / unit);
        let least = if at == 0 { 0 } else { at + 2 };
        let start = wanted.max(least);
        out.extend(std::iter::repeat_n(' ', start - at));
        out.push_str(&run.text);
        at = start + run.text.chars().count();
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words on a page")]
fn count(count: usize) -> f64 {
    count as f64
}

/// A number of characters or lines on a page.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a page has few, and none left of its edge"
)]
fn whole(number: f64) -> usize {
    number.clamp(0.0, 10_000.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(words: &[(f64, f64, f64, &str)]) -> String {
        let words: Vec<String> = words
            .iter()
            .map(|(left, right, top, text)| {
                let bottom = top + 10.0;
                format!(
                    "<word xMin=\"{left}\" yMin=\"{top}\" xMax=\"{right}\" yMax=\"{bottom}\">{text}</word>"
                )
            })
            .collect();
        let words = words.concat();
        text(&format!(
            "<html><body><doc><page>{words}</page></doc></body></html>"
        ))
        .unwrap()
    }

    #[test]
    fn a_narrow_line_stays_in_its_column() {
        let text = page(&[
            (10.0, 40.0, 10.0, "Insats"),
            (100.0, 130.0, 10.0, "Ansvar"),
            (10.0, 95.0, 22.0, "lililililililililili"),
            (100.0, 140.0, 22.0, "Kommunen"),
        ]);
        let lines: Vec<&str> = text.lines().collect();
        let column = lines[0].find("Ansvar");
        assert_eq!(column, lines[1].find("Kommunen"));
    }

    #[test]
    fn words_that_stand_close_are_a_run_and_gaps_are_blank_lines() {
        let text = page(&[
            (10.0, 30.0, 10.0, "Ett"),
            (33.0, 50.0, 10.0, "mål"),
            (10.0, 30.0, 40.0, "Två"),
        ]);
        assert!(text.contains("Ett mål\n\n"), "{text:?}");
    }
}
