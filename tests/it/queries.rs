//! The published queries of `queries/`, each against the plans of `data/`. What is expected was
//! counted in the documents and in the Turtle, not taken from what a query answered.

use std::collections::BTreeSet;

use crate::support::named;

/// The rows of a named query with shorter addresses: `plan/…`, `status:new`.
async fn rows(name: &str, parameters: &[(&str, &str)]) -> Vec<Vec<String>> {
    let shorten = |cell: String| {
        cell.strip_prefix("http://localhost:8080/")
            .or_else(|| cell.strip_prefix("https://w3id.org/samplan/ns#"))
            .map(str::to_owned)
            .or_else(|| {
                Some(format!(
                    "status:{}",
                    cell.strip_prefix("https://w3id.org/samplan/status/")?
                ))
            })
            .or_else(|| {
                Some(format!(
                    "role:{}",
                    cell.strip_prefix("https://w3id.org/samplan/role/")?
                ))
            })
            .unwrap_or(cell)
    };
    named(name, parameters)
        .await
        .into_iter()
        .map(|row| row.into_iter().map(shorten).collect())
        .collect()
}

/// Some columns of each row.
fn columns<const N: usize>(rows: &[Vec<String>], wanted: [usize; N]) -> Vec<[&str; N]> {
    rows.iter()
        .map(|row| wanted.map(|column| row[column].as_str()))
        .collect()
}

/// The different values of one column.
fn values(rows: &[Vec<String>], column: usize) -> BTreeSet<&str> {
    rows.iter().map(|row| row[column].as_str()).collect()
}

/// How many rows have this value in this column.
fn count(rows: &[Vec<String>], column: usize, value: &str) -> usize {
    rows.iter().filter(|row| row[column] == value).count()
}

const OLD: &str = "plan/vastmanland-2018-2020";
const VASTMANLAND: &str = "plan/vastmanland-2021-2022";
const VASTERBOTTEN: &str = "plan/vasterbotten-2026";

#[tokio::test]
async fn every_plan_is_listed_with_owner_period_and_what_it_contains() {
    let found = rows("plans", &[("lang", "en")]).await;
    assert_eq!(
        columns(&found, [0, 3, 5, 6, 7, 8, 9, 11, 12, 13, 14]),
        [
            [
                VASTERBOTTEN,
                "Kommunchefsforum (Västerbotten)",
                "Västerbottens län",
                "2026-01-01",
                "2026-12-31",
                "2026-05-21",
                "",
                "5",
                "26",
                "7",
                "0",
            ],
            [
                OLD,
                "Region Västmanland",
                "Västmanlands län",
                "2018-01-01",
                "2020-12-31",
                "",
                "",
                "0",
                "14",
                "5",
                "14",
            ],
            [
                VASTMANLAND,
                "Region Västmanland",
                "Västmanlands län",
                "2021-01-01",
                "2022-12-31",
                "",
                OLD,
                "3",
                "18",
                "2",
                "0",
            ],
        ]
    );
    assert_eq!(
        found[1][1],
        "Regional digital agenda for Västmanland – action plan 2018–2020"
    );
}

#[tokio::test]
async fn the_plans_of_one_owner_are_listed_without_the_others() {
    let found = rows("plans", &[("organisation", "region-vastmanland")]).await;
    assert_eq!(values(&found, 0), BTreeSet::from([OLD, VASTMANLAND]));
}

#[tokio::test]
async fn a_plan_is_a_table_of_its_activities_in_the_order_of_the_document() {
    let found = rows("activities", &[("plan", "vastmanland-2021-2022")]).await;
    assert_eq!(found.len(), 18 + 2);
    assert_eq!(
        columns(&found[3..7], [3, 4, 7, 8, 9, 10, 12, 13]),
        [
            [
                "Ett välmående Västmanland",
                "plan/vastmanland-2021-2022/activity/minska-digitalt-utanforskap",
                "",
                "2018-01-01",
                "2021-12-31",
                "Folkbiblioteken i Västmanlands län; Kulturutveckling, Region Västmanland",
                "Pågår",
                "Pågår",
            ],
            [
                "Ett tillgängligt Västmanland",
                "plan/vastmanland-2021-2022/activity/digitalisering-av-kulturutbud",
                "",
                "2020-01-01",
                "2021-12-31",
                "Region Västmanland",
                "Pågår",
                "Pågår",
            ],
            [
                "Ett tillgängligt Västmanland",
                "plan/vastmanland-2021-2022/activity/kulturarvsberattarna",
                "Digitalisering av länets kulturutbud",
                "",
                "",
                "",
                "Pågår",
                "pågår",
            ],
            [
                "Ett tillgängligt Västmanland",
                "plan/vastmanland-2021-2022/activity/ny-scenkonst-for-mindre-samlingar",
                "Digitalisering av länets kulturutbud",
                "",
                "",
                "",
                "Pågår",
                "pågår",
            ],
        ]
    );
    assert_eq!(count(&found, 11, "status:new"), 6);
    assert_eq!(count(&found, 11, "status:ongoing"), 12 + 2);
}

#[tokio::test]
async fn all_activities_of_all_plans_have_a_row_each() {
    let found = rows("activities", &[]).await;
    assert_eq!(count(&found, 0, VASTERBOTTEN), 26 + 7);
    assert_eq!(count(&found, 0, OLD), 14 + 5);
    assert_eq!(count(&found, 0, VASTMANLAND), 18 + 2);
    assert_eq!(values(&found, 4).len(), found.len(), "no activity twice");
}

#[tokio::test]
async fn goals_are_counted_with_the_activities_under_the_areas_that_serve_them() {
    let found = rows("activities-by-goal", &[("framework", "rds-vasterbotten")]).await;
    assert_eq!(
        columns(&found, [2, 3, 5, 6, 7, 8]),
        [
            [
                "framework/rds-vasterbotten/goal/1",
                "Digital delaktighet",
                "Västerbottens län",
                "3",
                "3",
                "1"
            ],
            [
                "framework/rds-vasterbotten/goal/2",
                "Digital kompetens",
                "Västerbottens län",
                "9",
                "9",
                "1"
            ],
            [
                "framework/rds-vasterbotten/goal/3",
                "Digital säkerhet",
                "Västerbottens län",
                "4",
                "4",
                "1"
            ],
            [
                "framework/rds-vasterbotten/goal/4",
                "Digital utveckling och innovation",
                "Västerbottens län",
                "12",
                "12",
                "1",
            ],
            [
                "framework/rds-vasterbotten/goal/5",
                "Digital infrastruktur och konnektivitet",
                "Västerbottens län",
                "5",
                "5",
                "1",
            ],
        ]
    );
    // An area that serves a goal brings the activities under it along.
    let found = rows("activities-by-goal", &[("framework", "bredband-2025")]).await;
    assert_eq!(
        columns(&found, [2, 6, 7, 8]),
        [
            ["framework/bredband-2025/goal/2023", "1", "1", "1"],
            ["framework/bredband-2025/goal/2025", "8", "3", "2"],
        ]
    );
    assert_eq!(rows("activities-by-goal", &[]).await.len(), 30);
}

#[tokio::test]
async fn a_framework_that_no_plan_is_linked_to_has_no_activities_by_goal() {
    let found = rows(
        "activities-by-goal",
        &[("framework", "un-sdg"), ("lang", "en")],
    )
    .await;
    assert_eq!(found, Vec::<Vec<String>>::new());
}

#[tokio::test]
async fn goals_that_no_plan_addresses_are_listed_with_the_goal_above() {
    let found = rows(
        "goals-not-addressed",
        &[("framework", "digital-decade"), ("lang", "en")],
    )
    .await;
    assert_eq!(found.len(), 9);
    assert_eq!(
        columns(&found, [1, 3, 5])[..2],
        [
            ["Digital Decade Policy Programme 2030", "Digital skills", ""],
            [
                "Digital Decade Policy Programme 2030",
                "≥80 % with basic digital skills",
                "Digital skills"
            ],
        ]
    );
    let newer = rows("goals-not-addressed", &[("framework", "digstrat-2025")]).await;
    assert_eq!(
        columns(&newer, [2]),
        [
            ["framework/digstrat-2025/goal/naringsliv"],
            ["framework/digstrat-2025/goal/valfard"]
        ]
    );
    // A goal is addressed where one under it is: the overall goal of the older strategy.
    let older = rows("goals-not-addressed", &[("framework", "digstrat-2017")]).await;
    assert_eq!(older, Vec::<Vec<String>>::new());
    let all = rows("goals-not-addressed", &[]).await;
    assert_eq!(all.len(), 99 - 27, "99 goals, of which 27 are served");
}

#[tokio::test]
async fn a_goal_that_only_another_plan_addresses_is_not_addressed_by_this_one() {
    let framework = ("framework", "rus2030-vastmanland");
    let none = rows("goals-not-addressed", &[framework]).await;
    assert_eq!(none.len(), 0);
    let theirs = rows(
        "goals-not-addressed",
        &[framework, ("plan", "vasterbotten-2026")],
    )
    .await;
    assert_eq!(theirs.len(), 3);
    let both = rows(
        "goals-not-addressed",
        &[
            framework,
            ("plan", "vasterbotten-2026"),
            ("plan", "vastmanland-2021-2022"),
        ],
    )
    .await;
    assert_eq!(both.len(), 0);
}

#[tokio::test]
async fn an_organisation_answers_for_what_it_is_named_in_and_for_what_each_of_its_group_does() {
    let found = rows("responsibilities", &[("organisation", "kopings-kommun")]).await;
    assert_eq!(
        columns(&found, [2, 4, 9, 10, 11]),
        [
            [
                "role:responsible",
                "plan/vastmanland-2021-2022/activity/kartlaggning-av-kommunernas-it",
                "Kommunerna i Västmanlands län",
                "Respektive kommun",
                "true",
            ],
            [
                "role:responsible",
                "plan/vastmanland-2021-2022/activity/leda-digitalisering",
                "",
                "Köpings kommun",
                "false",
            ],
            [
                "role:responsible",
                "plan/vastmanland-2021-2022/activity/pts-bredbandsstod",
                "Kommunerna i Västmanlands län",
                "respektive kommun",
                "true",
            ],
        ]
    );
}

#[tokio::test]
async fn who_does_what_has_a_row_for_each_participation_and_each_member() {
    let found = rows("responsibilities", &[]).await;
    // 31 participations, and ten municipalities in two of them
    assert_eq!(count(&found, 6, VASTMANLAND), 31 + 2 * 10);
    // the matrix: 28 rows for the region, 21 of them for the municipalities too; and who adopted
    assert_eq!(count(&found, 6, VASTERBOTTEN), 28 + 21 + 1);
    assert_eq!(count(&found, 6, OLD), 0, "its appendix names nobody");
    // the steering group and the adopting body have a role in the plan as a whole
    let whole: Vec<_> = found
        .iter()
        .filter(|row| row[4].is_empty())
        .cloned()
        .collect();
    assert_eq!(
        columns(&whole, [0, 2, 6]),
        [
            [
                "organisation/kommunchefsforum-vasterbotten",
                "role:adopting-body",
                VASTERBOTTEN
            ],
            [
                "organisation/regionala-ledningsgruppen-vastmanland",
                "role:steering-group",
                VASTMANLAND
            ],
        ]
    );
}

#[tokio::test]
async fn who_pays_is_asked_by_role() {
    let found = rows("responsibilities", &[("role", "funder"), ("lang", "en")]).await;
    assert_eq!(
        columns(&found, [1, 3, 4, 10, 11]),
        [
            [
                "Region Västmanland",
                "Funder",
                "plan/vastmanland-2021-2022/activity/leda-digitalisering",
                "finansieras av Region Västmanland",
                "false",
            ],
            [
                "Tillväxtverket",
                "Funder",
                "plan/vastmanland-2021-2022/activity/digitalisering-i-foretag-pa-landsbygden",
                "finansierat av Tillväxtverket",
                "false",
            ],
        ]
    );
}

#[tokio::test]
async fn the_marks_of_the_matrix_add_up_to_roles() {
    // X/x 17, X/– 7, X/X 2, x/X 2
    let found = rows("organisations", &[("plan", "vasterbotten-2026")]).await;
    assert_eq!(
        columns(&found, [0, 2, 4, 5]),
        [
            ["organisation/region-vasterbotten", "role:lead", "26", "1"],
            [
                "organisation/kommunerna-i-vasterbottens-lan",
                "role:supporting",
                "17",
                "1"
            ],
            [
                "organisation/kommunerna-i-vasterbottens-lan",
                "role:lead",
                "4",
                "1"
            ],
            [
                "organisation/region-vasterbotten",
                "role:supporting",
                "2",
                "1"
            ],
        ]
    );
}

#[tokio::test]
async fn status_is_counted_by_county_and_year_and_silence_is_kept() {
    let found = rows("status-by-region", &[]).await;
    assert_eq!(
        columns(&found, [2, 6, 8, 9, 10]),
        [
            [
                VASTERBOTTEN,
                "Plan",
                "status:not-stated",
                "Ej angiven",
                "26"
            ],
            [OLD, "Plan", "", "", "14"],
            [OLD, "FollowUp", "", "", "9"],
            [OLD, "FollowUp", "status:completed", "Genomförd", "1"],
            [OLD, "FollowUp", "status:continuous", "Löpande arbete", "1"],
            [OLD, "FollowUp", "status:ongoing", "Pågår", "1"],
            [
                OLD,
                "FollowUp",
                "status:partly-completed",
                "Delvis genomförd",
                "1"
            ],
            [OLD, "FollowUp", "status:paused", "Pausad", "1"],
            [VASTMANLAND, "Plan", "status:new", "Ny", "6"],
            [VASTMANLAND, "Plan", "status:ongoing", "Pågår", "12"],
        ]
    );
}

#[tokio::test]
async fn the_status_of_a_year_is_that_of_the_plans_whose_period_includes_it() {
    let found = rows("status-by-region", &[("year", "2022"), ("lang", "en")]).await;
    assert_eq!(
        columns(&found, [1, 2, 4, 5, 7, 9, 10]),
        [
            [
                "Västmanlands län",
                VASTMANLAND,
                "2021",
                "2022",
                "action plan (edition)",
                "New",
                "6"
            ],
            [
                "Västmanlands län",
                VASTMANLAND,
                "2021",
                "2022",
                "action plan (edition)",
                "Ongoing",
                "12"
            ],
        ]
    );
    let before = rows("status-by-region", &[("year", "2019")]).await;
    assert_eq!(values(&before, 2), BTreeSet::from([OLD]));
}

#[tokio::test]
async fn a_year_without_plans_has_no_status_and_no_activities() {
    assert_eq!(rows("status-by-region", &[("year", "2024")]).await.len(), 0);
    assert_eq!(
        rows("activities-in-year", &[("year", "2024")]).await.len(),
        0
    );
}

#[tokio::test]
async fn what_became_of_the_measures_of_2018_to_2020_is_told_in_the_words_of_the_appendix() {
    let found = rows(
        "outcomes",
        &[("plan", "vastmanland-2018-2020"), ("lang", "en")],
    )
    .await;
    assert_eq!(found.len(), 14);
    assert_eq!(
        values(&found, 12),
        BTreeSet::from([VASTMANLAND]),
        "reported in the next edition"
    );
    let with_status: Vec<_> = found
        .iter()
        .filter(|row| !row[8].is_empty())
        .cloned()
        .collect();
    assert_eq!(
        columns(&with_status, [6, 9, 10, 11]),
        [
            [
                "plan/vastmanland-2018-2020/follow-up/tillstandshantering-pa-verksamt-se",
                "Ongoing",
                "Kommunerna fortsätter att kartlägga",
                "true",
            ],
            [
                "plan/vastmanland-2018-2020/follow-up/digital-informationstjanst-om-bredband",
                "Paused",
                "har pausats",
                "true",
            ],
            [
                "plan/vastmanland-2018-2020/follow-up/sprida-information-om-goda-exempel",
                "Continuous",
                "Ingår i det löpande arbetet",
                "true",
            ],
            [
                "plan/vastmanland-2018-2020/follow-up/kartlagga-bredbandsutbyggnad",
                "Completed",
                "är genomförd",
                "true",
            ],
            [
                "plan/vastmanland-2018-2020/follow-up/seminarier",
                "Partly completed",
                "Inga seminarier arrangerades för inloggningstjänst och e-arkiv",
                "true",
            ],
        ]
    );
    assert_eq!(
        found[3][7],
        "Arbetet med en digital informationstjänst har pausats då den tänkta finansieringen uteblev \
         och ingen är utsedd att driva arbetet."
    );
}

#[tokio::test]
async fn an_activity_without_follow_up_has_empty_cells_and_a_status_selects() {
    let none = rows("outcomes", &[("plan", "vasterbotten-2026")]).await;
    assert_eq!(none.len(), 26);
    assert!(
        none.iter().all(|row| row[6..].iter().all(String::is_empty)),
        "{none:?}"
    );
    let paused = rows("outcomes", &[("status", "paused")]).await;
    assert_eq!(
        columns(&paused, [2]),
        [["plan/vastmanland-2018-2020/activity/digital-informationstjanst-om-bredband"]]
    );
}

#[tokio::test]
async fn an_edition_tells_what_it_continues_splits_adds_and_leaves() {
    let found = rows("changes-between-editions", &[("lang", "en")]).await;
    assert_eq!(values(&found, 0), BTreeSet::from([VASTMANLAND]));
    assert_eq!(count(&found, 4, "no-predecessor"), 18 - 3);
    assert_eq!(count(&found, 4, "no-successor"), 14 - 2);
    let linked: Vec<_> = found
        .iter()
        .filter(|row| !row[6].is_empty() && !row[8].is_empty())
        .cloned()
        .collect();
    assert_eq!(
        columns(&linked, [4, 5, 6, 8]),
        [
            [
                "continued",
                "continues",
                "plan/vastmanland-2021-2022/activity/kartlaggning-av-fibertillgang",
                "plan/vastmanland-2018-2020/activity/kartlagga-bredbandsutbyggnad",
            ],
            [
                "split",
                "split into several",
                "plan/vastmanland-2021-2022/activity/samverkan-inom-digitalisering",
                "plan/vastmanland-2018-2020/activity/samordna-natverk",
            ],
            [
                "split",
                "split into several",
                "plan/vastmanland-2021-2022/activity/samverkan-inom-socialforvaltningarna",
                "plan/vastmanland-2018-2020/activity/samordna-natverk",
            ],
        ]
    );
    assert!(
        linked.iter().all(|row| row[10].starts_with("Read as ")),
        "{linked:?}"
    );
    assert!(
        found
            .iter()
            .filter(|row| row[6].is_empty() || row[8].is_empty())
            .all(|row| row[10].is_empty()),
        "only a link has a reason"
    );
    assert_eq!(found.len(), 30);
    let split = rows("changes-between-editions", &[("change", "split")]).await;
    assert_eq!(columns(&split, [5]), [["delad i flera"], ["delad i flera"]]);
}

#[tokio::test]
async fn a_topic_is_found_in_titles_descriptions_and_bullets_whatever_the_case() {
    let found = rows("activities-about", &[("word", "ÖPPNA")]).await;
    assert_eq!(
        columns(&found, [0, 4]),
        [
            [
                "plan/vastmanland-2021-2022/activity/oppna-data",
                "beskrivning"
            ],
            ["plan/vastmanland-2021-2022/activity/oppna-data", "rubrik"],
        ]
    );
    let bullet = rows("activities-about", &[("word", "gdpr"), ("lang", "en")]).await;
    assert_eq!(
        columns(&bullet, [0, 4, 5]),
        [[
            "plan/vastmanland-2018-2020/activity/seminarier",
            "bullet",
            "systematiskt informationssäkerhetsarbete (GDPR)",
        ]]
    );
    let broadband = rows("activities-about", &[("word", "bredband")]).await;
    assert_eq!(
        (count(&broadband, 2, OLD), count(&broadband, 2, VASTMANLAND)),
        (4, 5)
    );
    assert_eq!(broadband.len(), 9);
}

#[tokio::test]
async fn an_unknown_word_finds_nothing() {
    assert_eq!(
        rows("activities-about", &[("word", "kvantdator")])
            .await
            .len(),
        0
    );
    assert_eq!(rows("references", &[("word", "kvantdator")]).await.len(), 0);
}

#[tokio::test]
async fn municipalities_take_part_themselves_each_in_a_group_or_together() {
    let itself = rows("municipalities", &[("way", "itself")]).await;
    assert_eq!(
        columns(&itself, [0, 2, 4, 5, 9]),
        [
            [
                "organisation/kopings-kommun",
                "1983",
                "själv",
                "",
                "plan/vastmanland-2021-2022/activity/leda-digitalisering",
            ],
            [
                "organisation/surahammars-kommun",
                "1907",
                "själv",
                "",
                "plan/vastmanland-2021-2022/activity/leda-digitalisering",
            ],
        ]
    );
    let each = rows("municipalities", &[("way", "each")]).await;
    assert_eq!(
        each.len(),
        2 * 10,
        "“respektive kommun” stands in two rows of the plan"
    );
    assert_eq!(values(&each, 0).len(), 10);
    let together = rows("municipalities", &[("way", "together")]).await;
    assert_eq!(
        together.len(),
        15 * 21,
        "21 marks in the column “Kommun”, for all fifteen"
    );
    assert_eq!(values(&together, 11), BTreeSet::from([VASTERBOTTEN]));
    assert_eq!(rows("municipalities", &[]).await.len(), 2 + 20 + 315);
    let one = rows("municipalities", &[("municipality", "kopings-kommun")]).await;
    assert_eq!(columns(&one, [3]), [["each"], ["each"], ["itself"]]);
}

#[tokio::test]
async fn what_plans_refer_to_is_found_by_framework_and_by_word() {
    let ena = rows("references", &[("framework", "ena")]).await;
    assert_eq!(
        columns(&ena, [0, 2, 4, 7]),
        [
            [
                "plan/vasterbotten-2026/reference/ena",
                "framework/ena",
                "plan/vasterbotten-2026/activity/nationella-fardplaner",
                "aktivitet",
            ],
            [
                "plan/vasterbotten-2026/reference/ena",
                "framework/ena",
                VASTERBOTTEN,
                "handlingsplan (utgåva)"
            ],
            [
                "plan/vasterbotten-2026/reference/ena",
                "framework/ena",
                "plan/vasterbotten-2026/section/referenser",
                "textavsnitt",
            ],
            [
                "plan/vasterbotten-2026/reference/digital-post",
                "framework/ena",
                "plan/vasterbotten-2026/activity/sammanhallet-digitalt-informationsflode",
                "aktivitet",
            ],
        ]
    );
    let service = rows("references", &[("word", "VERKSAMT")]).await;
    assert_eq!(
        columns(&service, [2, 4]),
        [
            [
                "",
                "plan/vastmanland-2018-2020/activity/tillstandshantering-pa-verksamt-se"
            ],
            [
                "",
                "plan/vastmanland-2018-2020/follow-up/tillstandshantering-pa-verksamt-se"
            ],
            [
                "",
                "plan/vastmanland-2021-2022/activity/stod-till-foretagare-pa-verksamt-se"
            ],
            ["", "plan/vastmanland-2021-2022/footnote/verksamt-se"],
        ]
    );
    assert_eq!(rows("references", &[]).await.len(), 71);
}

#[tokio::test]
async fn activities_of_a_year_overlap_it_by_their_own_period_or_the_one_above() {
    let found = rows("activities-in-year", &[("year", "2019")]).await;
    // the four that the newer plan dates from 2018 or 2019, and ten of the older one
    assert_eq!(
        (count(&found, 2, OLD), count(&found, 2, VASTMANLAND)),
        (10, 4)
    );
    let later = rows("activities-in-year", &[("year", "2022"), ("lang", "en")]).await;
    assert_eq!(
        columns(&later, [0, 4, 5, 6, 7]),
        [
            [
                "plan/vastmanland-2021-2022/activity/bevaka-edih",
                "2021-01-01",
                "2022-12-31",
                "2021-2022",
                "its own",
            ],
            [
                "plan/vastmanland-2021-2022/activity/leda-digitalisering",
                "2021-01-01",
                "2022-12-31",
                "2021-2022",
                "its own",
            ],
            [
                "plan/vastmanland-2021-2022/activity/pedagogsajt",
                "2021-01-01",
                "2022-12-31",
                "2021-2022",
                "its own",
            ],
        ]
    );
    let inherited = rows("activities-in-year", &[("year", "2026"), ("lang", "en")]).await;
    assert_eq!(inherited.len(), 26 + 7);
    assert_eq!(values(&inherited, 7), BTreeSet::from(["that of the plan"]));
    let seminars = rows(
        "activities-in-year",
        &[("year", "2018"), ("plan", "vastmanland-2018-2020")],
    )
    .await;
    assert_eq!(count(&seminars, 7, "den överordnade aktivitetens"), 5);
}

#[tokio::test]
async fn plans_that_nobody_has_followed_up_are_listed_and_can_be_bounded_by_their_end() {
    let found = rows("plans-without-follow-up", &[]).await;
    assert_eq!(
        columns(&found, [0, 3, 5, 7, 8]),
        [
            [
                VASTMANLAND,
                "Region Västmanland",
                "2022-12-31",
                "ANNUAL",
                "18"
            ],
            [
                VASTERBOTTEN,
                "Kommunchefsforum (Västerbotten)",
                "2026-12-31",
                "ANNUAL",
                "26"
            ],
        ]
    );
    let ended = rows("plans-without-follow-up", &[("endedBefore", "2023-01-01")]).await;
    assert_eq!(columns(&ended, [0]), [[VASTMANLAND]]);
}

#[tokio::test]
async fn activities_that_nobody_has_followed_up_are_those_of_the_two_newer_plans() {
    let found = rows("activities-without-follow-up", &[]).await;
    assert_eq!(
        (
            count(&found, 0, VASTMANLAND),
            count(&found, 0, VASTERBOTTEN)
        ),
        (18, 26)
    );
    assert_eq!(found.len(), 18 + 26);
    let old = rows(
        "activities-without-follow-up",
        &[("plan", "vastmanland-2018-2020")],
    )
    .await;
    assert_eq!(old.len(), 0);
}

#[tokio::test]
async fn those_who_share_an_activity_work_together() {
    let found = rows("collaboration", &[("organisation", "region-vastmanland")]).await;
    assert_eq!(
        columns(&found, [3, 4, 5]),
        [
            ["Mälardalens högskola", "2", "1"],
            ["Region Sörmland", "2", "1"],
            ["Kommunerna i Västmanlands län", "1", "1"],
            ["Köpings kommun", "1", "1"],
            ["Länsbildningsförbundet (Västmanland)", "1", "1"],
            ["Länsstyrelsen i Västmanlands län", "1", "1"],
            ["Surahammars kommun", "1", "1"],
            ["Tillväxtverket", "1", "1"],
        ]
    );
    let all = rows("collaboration", &[]).await;
    // Region Västerbotten and its municipalities share 21 rows of the matrix
    assert_eq!(
        columns(&all[..2], [0, 2, 4]),
        [
            [
                "organisation/kommunerna-i-vasterbottens-lan",
                "organisation/region-vasterbotten",
                "21"
            ],
            [
                "organisation/region-vasterbotten",
                "organisation/kommunerna-i-vasterbottens-lan",
                "21"
            ],
        ]
    );
    let pairs: BTreeSet<_> = all.iter().map(|row| (&row[0], &row[2])).collect();
    assert!(
        pairs
            .iter()
            .all(|(one, other)| pairs.contains(&(*other, *one))),
        "both ways"
    );
}

#[tokio::test]
async fn silence_is_told_and_an_empty_cell_is_not_a_missing_column() {
    let found = rows("not-stated", &[("lang", "en")]).await;
    let told: Vec<_> = [OLD, VASTMANLAND, VASTERBOTTEN]
        .iter()
        .map(|plan| {
            let of = |missing: &str, how: &str| {
                found
                    .iter()
                    .filter(|row| row[0] == *plan && row[4] == missing && row[6] == how)
                    .count()
            };
            [
                of("status", "empty cell"),
                of("status", "not given"),
                of("period", "not given"),
                of("responsible", "not given"),
                of("area", "not given"),
            ]
        })
        .collect();
    assert_eq!(
        told,
        [[0, 14, 0, 14, 14], [0, 0, 0, 0, 0], [26, 0, 26, 0, 0]]
    );
    assert_eq!(found.len(), 42 + 52);
    let missing = rows("not-stated", &[("missing", "responsible")]).await;
    assert_eq!((missing.len(), missing[0][5].as_str()), (14, "ansvarig"));
}

#[tokio::test]
async fn every_interpretation_is_listed_with_its_reason_and_nothing_that_is_stated() {
    let found = rows("interpretations", &[("lang", "en")]).await;
    assert_eq!(
        [OLD, VASTMANLAND, VASTERBOTTEN].map(|plan| count(&found, 0, plan)),
        [45, 71, 183]
    );
    let column = |row: &[String]| {
        row[2] == "plan/vasterbotten-2026/activity/larkoncept-for-medarbetare"
            && row[4] == "responsible"
    };
    let read: Vec<_> = found.iter().filter(|row| column(row)).cloned().collect();
    assert_eq!(
        columns(&read, [5, 7, 8]),
        [[
            "responsible",
            "Region Västerbotten",
            "X is read as lead and the column “Region” as Region Västerbotten; the document explains neither.",
        ]]
    );
    // “Respektive kommun” is interpreted for each of the ten, with the reason of the group
    let each: Vec<_> = found
        .iter()
        .filter(|row| {
            row[2] == "plan/vastmanland-2021-2022/activity/pts-bredbandsstod"
                && row[4] == "responsible"
        })
        .cloned()
        .collect();
    assert_eq!(each.len(), 10 + 1);
    assert!(
        each.iter()
            .all(|row| row[8].starts_with("The plan does not list the municipalities.")),
        "{each:?}"
    );
    assert_eq!(count(&found, 4, "inPlan"), 0);
    assert!(
        !found
            .iter()
            .any(|row| row[0] == VASTMANLAND && row[6] == "status:new"),
        "a status of the table is stated"
    );
}

#[tokio::test]
async fn the_goals_of_the_nation_are_shared_and_each_county_serves_its_own_strategy() {
    let shared = rows("shared-goals", &[]).await;
    assert_eq!(shared.len(), 5);
    assert_eq!(
        values(&shared, 0),
        BTreeSet::from(["framework/digstrat-2017"])
    );
    assert_eq!(values(&shared, 4), BTreeSet::from(["2"]));
    let found = rows("shared-goals", &[("atLeast", "1")]).await;
    assert_eq!(found.len(), 25);
    for own in ["rds-vasterbotten", "rus2030-vastmanland"] {
        let own = format!("framework/{own}");
        let of_one = found.iter().filter(|row| row[0] == own);
        assert!(of_one.clone().count() > 0 && of_one.clone().all(|row| row[4] == "1"));
    }
}

#[tokio::test]
async fn a_plan_implements_serves_and_mentions_frameworks() {
    let found = rows("frameworks-of-plans", &[("lang", "en")]).await;
    assert_eq!(
        columns(&found, [0, 3, 4]),
        [
            [
                VASTERBOTTEN,
                "implements",
                "plan/vasterbotten-2026/reference/strategisk-plan"
            ],
            [VASTERBOTTEN, "mentions", "framework/ena"],
            [VASTERBOTTEN, "mentions", "framework/metodstod-infosak"],
            [
                VASTERBOTTEN,
                "mentions",
                "framework/ramverk-digital-samverkan"
            ],
            [VASTERBOTTEN, "mentions", "framework/rds-vasterbotten"],
            [VASTERBOTTEN, "mentions", "framework/sdg-gateway"],
            [VASTERBOTTEN, "mentions", "framework/sdk"],
            [VASTERBOTTEN, "mentions", "framework/skr-handslag"],
            [VASTERBOTTEN, "serves", "framework/digstrat-2017"],
            [VASTERBOTTEN, "serves", "framework/digstrat-2025"],
            [VASTERBOTTEN, "serves", "framework/ena"],
            [
                VASTERBOTTEN,
                "serves",
                "framework/ramverk-digital-samverkan"
            ],
            [VASTERBOTTEN, "serves", "framework/rds-vasterbotten"],
            [OLD, "mentions", "framework/gdpr"],
            [OLD, "serves", "framework/bredband-2025"],
            [OLD, "serves", "framework/digstrat-2017"],
            [
                VASTMANLAND,
                "implements",
                "plan/vastmanland-2021-2022/reference/regional-digital-agenda"
            ],
            [VASTMANLAND, "mentions", "framework/bredband-2025"],
            [VASTMANLAND, "mentions", "framework/digstrat-2017"],
            [VASTMANLAND, "mentions", "framework/rus2030-vastmanland"],
            [VASTMANLAND, "serves", "framework/bredband-2025"],
            [VASTMANLAND, "serves", "framework/digstrat-2017"],
            [VASTMANLAND, "serves", "framework/rus2030-vastmanland"],
        ]
    );
    let one = rows("frameworks-of-plans", &[("framework", "digstrat-2017")]).await;
    assert_eq!(
        columns(&one, [0, 3]),
        [
            [VASTERBOTTEN, "bidrar till mål i"],
            [OLD, "bidrar till mål i"],
            [VASTMANLAND, "nämner"],
            [VASTMANLAND, "bidrar till mål i"],
        ]
    );
}

#[tokio::test]
async fn a_link_to_a_goal_tells_its_words_and_who_asserts_it() {
    let found = rows(
        "goal-links",
        &[
            ("goal", "framework/rus2030-vastmanland/goal/valmaende"),
            ("lang", "en"),
        ],
    )
    .await;
    // Each activity of the area rests on two quotations, the area on one.
    assert_eq!(found.len(), 4 * 2 + 1);
    assert_eq!(
        columns(&found[..1], [2, 9, 11, 13, 14, 16, 17]),
        [[
            "plan/vastmanland-2021-2022/activity/minska-digitalt-utanforskap",
            "accepted",
            "judged by a person",
            "Samplan",
            "2026-11-27",
            "Gemensamma utgångspunkter",
            "Ett välmående Västmanland",
        ]]
    );
    assert_eq!(
        columns(&found[8..], [2, 9, 11, 13, 14, 16, 17]),
        [[
            "plan/vastmanland-2021-2022/area/valmaende",
            "accepted",
            "the document says so",
            "Samplan",
            "2026-11-22",
            "Gemensamma utgångspunkter",
            "Från och med 2021 är aktiviteter i handlingsplanen i enlighet med målområden i länets \
             regionala utvecklingsstrategi, RUS 2030:\n• Ett välmående Västmanland",
        ]]
    );
    assert_eq!(rows("goal-links", &[]).await.len(), 266);
    assert_eq!(
        rows("goal-links", &[("framework", "rds-vasterbotten")])
            .await
            .len(),
        71
    );
}

#[tokio::test]
async fn focus_areas_are_listed_with_their_activities_and_a_plan_without_them_too() {
    let found = rows("focus-areas", &[]).await;
    assert_eq!(
        columns(&found, [0, 3, 4, 6]),
        [
            [
                VASTERBOTTEN,
                "Digital delaktighet",
                "3",
                "Digital delaktighet"
            ],
            [VASTERBOTTEN, "Digital kompetens", "7", "Digital kompetens"],
            [VASTERBOTTEN, "Digital säkerhet", "4", "Digital säkerhet"],
            [
                VASTERBOTTEN,
                "Digital utveckling och innovation",
                "7",
                "Digital utveckling och innovation"
            ],
            [
                VASTERBOTTEN,
                "Digital infrastruktur och konnektivitet",
                "5",
                "Digital infrastruktur och konnektivitet",
            ],
            [OLD, "", "0", ""],
            [
                VASTMANLAND,
                "Ett välmående Västmanland",
                "4",
                "Ett välmående Västmanland"
            ],
            [
                VASTMANLAND,
                "Ett tillgängligt Västmanland",
                "7",
                "År 2025 bör hela Sverige ha tillgång till snabbt bredband."
            ],
            [
                VASTMANLAND,
                "Ett tillgängligt Västmanland",
                "7",
                "Ett tillgängligt Västmanland"
            ],
            [
                VASTMANLAND,
                "Ett nyskapande Västmanland genom hållbar utveckling",
                "7",
                "Ett nyskapande Västmanland genom hållbar tillväxt",
            ],
        ]
    );
}

#[tokio::test]
async fn the_wording_behind_each_detail_is_given_with_its_lines() {
    let marks = rows("wording", &[("plan", "vasterbotten-2026"), ("lang", "en")]).await;
    assert_eq!(
        values(&marks, 4),
        BTreeSet::from(["participation"]),
        "no activity has a period"
    );
    assert_eq!(
        (count(&marks, 7, "X"), count(&marks, 7, "x")),
        (17 + 7 + 2 * 2 + 2, 17 + 2)
    );
    let table = rows("wording", &[("plan", "vastmanland-2021-2022")]).await;
    let one = |activity: &str| {
        let end = format!("/activity/{activity}");
        table
            .iter()
            .filter(|row| row[2].ends_with(&end))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(
        columns(&one("oka-digital-kompetens"), [4, 6, 7, 8]),
        [
            [
                "deltagande",
                "Länsbildningsförbundet (Västmanland)",
                "Länsbildningsförbundet",
                "L144-L145"
            ],
            [
                "deltagande",
                "Länsstyrelsen i Västmanlands län",
                "länsstyrelsen",
                "L148"
            ],
            [
                "deltagande",
                "Region Västmanland",
                "i samverkan Region Västmanland",
                "L145-L147"
            ],
            ["period", "", "2019 – 2021", "L144"],
        ]
    );
}
