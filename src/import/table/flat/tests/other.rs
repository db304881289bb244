//! Tables with other columns, in another order, with other words.

use proptest::prelude::*;

use super::*;

/// The rows as words, the header first, and the number of the last line.
fn read(text: &str) -> Vec<(Vec<Vec<String>>, u32)> {
    let lines = numbered(text);
    let tables = find(&lines).into_iter();
    tables
        .map(|found| {
            let rows = found.table.rows.iter().map(|row| {
                let cells = row.cells.iter();
                cells.map(|cell| cell.text().text).collect()
            });
            (rows.collect(), lines[found.lines.end - 1].number)
        })
        .collect()
}

#[test]
fn the_period_may_be_the_last_column() {
    let text = "\
Handlingsplan

Åtgärd Ansvar Tidplan

Ta fram en gemensam modell för
digital tillgänglighet i länets
kommuner.
Modellen provas i två kommuner.

Kommunförbundet
Norr

hösten 2024

Erbjuda stöd till föreningar som
vill erbjuda digitala möten.

Region Norr och
länets kommuner

Löpande

Utred en e-arkivlösning

Region Norr 2024-2025

Nästa steg

Planen följs upp varje år.
";
    let [(rows, last)] = &read(text)[..] else {
        panic!("one table");
    };
    assert_eq!(*last, 25);
    assert_eq!(
        rows[1..],
        [
            [
                "Ta fram en gemensam modell för digital tillgänglighet i länets kommuner.\n\n\
                 Modellen provas i två kommuner.",
                "Kommunförbundet Norr",
                "hösten 2024",
            ],
            [
                "Erbjuda stöd till föreningar som vill erbjuda digitala möten.",
                "Region Norr och länets kommuner",
                "Löpande",
            ],
            ["Utred en e-arkivlösning", "Region Norr", "2024-2025"],
        ]
    );
}

#[test]
fn english_tables_with_prose_between_them() {
    let text = "\
Action
Timeline
Responsible
Status

Publish the open data catalogue
of the county.

Q1 2024 –
Q3 2025

The county board

In progress

Train staff in web accessibility

2024 The county board Done
Skills
The county needs people with digital skills, and the schools and the firms of the county have to
train them together if there are to be enough of them.

2024 was the year in which the first of these courses began, and they have been full ever since.

Action Timeline Responsible Status

Open two new
courses

2025-

Each
municipality

New
";
    let tables = read(text);
    let [(first, end), (second, last)] = &tables[..] else {
        panic!("two tables: {tables:#?}");
    };
    assert_eq!(first[0], ["Action", "Timeline", "Responsible", "Status"]);
    assert_eq!(
        first[1..],
        [
            [
                "Publish the open data catalogue of the county.",
                "Q1 2024 – Q3 2025",
                "The county board",
                "In progress",
            ],
            [
                "Train staff in web accessibility",
                "2024",
                "The county board",
                "Done"
            ],
        ]
    );
    assert_eq!(*end, 18);
    assert_eq!(
        second[1..],
        [["Open two new courses", "2025-", "Each municipality", "New"]]
    );
    assert_eq!(*last, 35);
}

#[test]
fn rows_are_known_by_their_status_where_there_is_no_period() {
    let text = "\
Nr Aktivitet Ansvarig förvaltning Status

1

Införa e-signering i
nämndernas arbete

Kommunledningen

Klar

2

Välj ett system för
diarieföring.
- Kravställning
- Upphandling

Kultur och fritid
Teknik

Ej påbörjad

Bilaga
";
    let [(rows, _)] = &read(text)[..] else {
        panic!("one table");
    };
    assert_eq!(
        rows[0],
        ["Nr", "Aktivitet", "Ansvarig förvaltning", "Status"]
    );
    assert_eq!(
        rows[1..],
        [
            [
                "1",
                "Införa e-signering i nämndernas arbete",
                "Kommunledningen",
                "Klar"
            ],
            [
                "2",
                "Välj ett system för diarieföring.\n• Kravställning\n• Upphandling",
                "Kultur och fritid\n\nTeknik",
                "Ej påbörjad",
            ],
        ]
    );
}

#[test]
fn an_outcome_ends_before_a_heading() {
    let text = "\
Insats När Resultat

Bygg ut fibernätet i
glesbygd.

2021 Två byar har anslutits till nätet under året.
Fler följer.

Det sista området dröjer, då marken ännu är
frusen.

Avslutning

Här slutar planen.
";
    let [(rows, last)] = &read(text)[..] else {
        panic!("one table");
    };
    assert_eq!(*last, 10);
    assert_eq!(
        rows[1][2],
        "Två byar har anslutits till nätet under året. Fler följer.\n\n\
         Det sista området dröjer, då marken ännu är frusen."
    );
}

#[test]
fn a_table_goes_on_under_a_repeated_header() {
    let text = "\
Aktivitet Period Ansvarig Status

Bygg ut nätet.

2021 Region Norr Ny

Kartlägg behovet av digitala

Aktivitet Period Ansvarig Status

tjänster i länet.

2022 Region Norr Pågår

Aktivitet Period Ansvarig Status

Sprid resultatet.

2023 Region Norr Ny
";
    let [(rows, last)] = &read(text)[..] else {
        panic!("one table");
    };
    assert_eq!(*last, 19);
    let activities: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(
        activities,
        [
            "Bygg ut nätet.",
            "Kartlägg behovet av digitala tjänster i länet.",
            "Sprid resultatet.",
        ]
    );
}

#[test]
fn paragraphs_between_two_periods_go_where_they_fit() {
    let text = "\
Aktivitet Period Utfall

Införa ett gemensamt system
för bokning av lokaler i hela
länet.

2019

Ett system har upphandlats och är infört i samtliga
kommuner utom två, som följer under nästa år då de
har bytt plattform.

Användarna är nöjda enligt den enkät som gjordes i
samband med att systemet infördes.

Erbjuda utbildning för dem
som möter medborgare i sitt
arbete.

Utbildningen ska ges digitalt
vid flera tillfällen under ett
år.

2020

Utbildningen gavs vid fyra tillfällen till sammanlagt
tvåhundra deltagare från alla kommuner.
";
    let [(rows, _)] = &read(text)[..] else {
        panic!("one table");
    };
    assert!(rows[1][2].ends_with("systemet infördes."), "{}", rows[1][2]);
    assert_eq!(
        rows[2][0],
        "Erbjuda utbildning för dem som möter medborgare i sitt arbete.\n\n\
         Utbildningen ska ges digitalt vid flera tillfällen under ett år."
    );
    assert!(rows[2][2].ends_with("alla kommuner."), "{}", rows[2][2]);
}

#[test]
fn a_table_without_blank_lines_has_its_rows() {
    let text = "\
Aktivitet Period Ansvarig Status
Bygg ut nätet i hela
länet.
2021
Region Norr
Ny
Kartlägg behovet av
digitala tjänster.
2022 Region Norr Pågår
";
    let [(rows, _)] = &read(text)[..] else {
        panic!("one table");
    };
    assert_eq!(
        rows[1..],
        [
            ["Bygg ut nätet i hela länet.", "2021", "Region Norr", "Ny"],
            [
                "Kartlägg behovet av digitala tjänster.",
                "2022",
                "Region Norr",
                "Pågår"
            ],
        ]
    );
}

#[test]
fn sentences_and_wide_gaps_are_no_headers() {
    for text in [
        "Mål och Aktiviteter\n\n2021 Region Norr Ny\n",
        "Aktivitet      Period      Status\n\nBygg   2021   Ny\n",
        "Aktiviteter följs upp varje period.\n\n2021\n",
        "Aktivitet Period Status\n\nIngenting följer.\n",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_lines_are_dealt_with(
        lines in prop::collection::vec(
            prop_oneof![
                Just(String::new()),
                Just("Aktivitet Period Ansvarig Status".to_owned()),
                Just("Åtgärd Tidplan Utfall".to_owned()),
                Just("Insats Status".to_owned()),
                Just("Aktivitet Ansvar Start Slut".to_owned()),
                Just("2019-".to_owned()),
                Just("2020".to_owned()),
                Just("hösten".to_owned()),
                Just("2021 Region Norr Pågår".to_owned()),
                Just("Region Öst 2022".to_owned()),
                Just("Ny".to_owned()),
                Just("- punkt".to_owned()),
                Just("att gå vidare".to_owned()),
                Just("https://example.org/".to_owned()),
                Just("Öka takten.".to_owned()),
                "\\PC{0,40}",
            ],
            0..60,
        ),
        pages in prop::collection::vec(1..4_u32, 60),
    ) {
        let count = lines.len();
        let lines: Vec<TextLine> = (1..).zip(lines).zip(pages).map(|((number, text), page)| {
            TextLine { number, page, text }
        }).collect();
        let mut end = 0;
        for found in find(&lines) {
            prop_assert!(found.lines.start >= end && found.lines.end <= count);
            prop_assert!(found.lines.start < found.lines.end);
            end = found.lines.end;
            let width = found.table.rows[0].cells.len();
            prop_assert!(found.table.rows.iter().all(|row| row.cells.len() == width));
            for row in &found.table.rows {
                for cell in &row.cells {
                    let _ = crate::import::table::title::title_and_description(cell);
                }
            }
        }
    }
}
