//! A long action plan, made up: areas with prose and tables over several pages.

use crate::pdf::Page;

/// The columns: where each begins in points, how many characters fit, and its heading.
const COLUMNS: [(f32, usize, &str); 5] = [
    (45.0, 6, "Nr"),
    (80.0, 38, "Åtgärd"),
    (280.0, 24, "Ansvarig"),
    (415.0, 12, "Tidplan"),
    (495.0, 14, "Status"),
];

const VERBS: [&str; 6] = [
    "Utveckla",
    "Införa",
    "Stärka",
    "Kartlägga",
    "Samordna",
    "Följa upp",
];
const OBJECTS: [&str; 7] = [
    "digitala tjänster",
    "kompetensen hos chefer och medarbetare",
    "välfärdstekniken i hemmet",
    "bredbandet på landsbygden",
    "arbetet med öppna data",
    "informationssäkerheten",
    "den digitala delaktigheten",
];
const FOR: [&str; 5] = [
    "för invånare i hela länet",
    "för små företag",
    "inom skola och omsorg",
    "för äldre och deras anhöriga",
    "tillsammans med civilsamhället",
];
const WHO: [&str; 5] = [
    "Region Dalarna",
    "Falu kommun",
    "Borlänge kommun i samverkan med Region Dalarna",
    "Region Dalarna tillsammans med länets kommuner",
    "Mora kommun",
];
const WHEN: [&str; 5] = [
    "2024",
    "2024–2025",
    "2025–2026",
    "Q1 2025 – Q4 2026",
    "Löpande",
];
const STATUSES: [&str; 4] = ["Påbörjad", "Ej påbörjad", "Klar", "Pågår"];
const PROSE: [&str; 4] = [
    "Regionen ska tillsammans med kommunerna utveckla arbetet så att det kommer hela länet till del.",
    "Invånare och företag ska möta en offentlig sektor som är enkel, öppen och trygg att använda.",
    "Ett gemensamt arbete ger mer än många små, och det som görs en gång ska kunna användas av alla.",
    "Utvecklingen följs upp varje år, och resultaten redovisas för de politiska ledningarna.",
];

/// How many pages an area has.
const AREA: usize = 10;

/// How many rows a page of a table has.
const ROWS: usize = 9;

/// The plan in so many pages, and how many measures it has.
pub(crate) fn pages(count: usize) -> (Vec<Page>, usize) {
    let mut measures = 0;
    let pages = (0..count)
        .map(|at| {
            let mut page = Page::default();
            page.words(45.0, 30.0, 8.0, "Region Dalarna");
            page.words(280.0, 815.0, 8.0, &format!("Sida {} av {count}", at + 1));
            let mut top = 60.0;
            if at == 0 {
                page.words(
                    45.0,
                    top,
                    20.0,
                    "Handlingsplan för digitalisering 2024–2026",
                );
                top += 40.0;
            }
            if at % AREA == 0 {
                top = beginning(&mut page, at / AREA, top);
            }
            table(&mut page, top, &mut measures);
            page
        })
        .collect();
    (pages, measures)
}

/// The heading of an area and its prose; where the next line stands.
fn beginning(page: &mut Page, area: usize, mut top: f32) -> f32 {
    let object = OBJECTS[area % OBJECTS.len()];
    page.words(
        45.0,
        top,
        14.0,
        &format!("{}. Område {} – {object}", area + 1, area + 1),
    );
    top += 24.0;
    for at in 0..6 {
        let sentence = PROSE[(area + at) % PROSE.len()];
        page.words(45.0, top, 10.0, sentence);
        top += 13.0;
    }
    top + 20.0
}

/// A page of the table: its header, and as many rows as have room.
fn table(page: &mut Page, mut top: f32, measures: &mut usize) {
    for (left, _, heading) in COLUMNS {
        page.words(left, top, 9.0, heading);
    }
    top += 18.0;
    for _ in 0..ROWS {
        let number = *measures;
        let pick = |of: &[&'static str], by: usize| of[number / by % of.len()];
        let measure = format!(
            "{} {} {} i etapp {}",
            pick(&VERBS, 1),
            pick(&OBJECTS, 3),
            pick(&FOR, 2),
            number + 1
        );
        let cells = [
            (number + 1).to_string(),
            measure,
            pick(&WHO, 1).to_owned(),
            pick(&WHEN, 2).to_owned(),
            pick(&STATUSES, 1).to_owned(),
        ];
        let wrapped = COLUMNS
            .iter()
            .zip(&cells)
            .map(|((left, fits, _), cell)| (*left, wrap(cell, *fits)));
        let wrapped: Vec<(f32, Vec<String>)> = wrapped.collect();
        let mut bottom = top;
        for (left, lines) in &wrapped {
            let mut line_top = top;
            for line in lines {
                page.words(*left, line_top, 9.0, line);
                line_top += 11.0;
            }
            bottom = f32::max(bottom, line_top);
        }
        if bottom > 790.0 {
            break;
        }
        top = bottom + 10.0;
        *measures += 1;
    }
}

/// The lines that words make where so many characters fit.
fn wrap(words: &str, fits: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let Some(last) = lines.last_mut() else { break };
        if last.is_empty() {
            last.push_str(word);
        } else if last.chars().count() + 1 + word.chars().count() <= fits {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
