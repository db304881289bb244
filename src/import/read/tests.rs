//! Documents of every format, made here, read by what is in them.

use std::fs;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::document::{Cell, Passage, Table};
use super::*;

/// Reads bytes as a file of a name.
fn named(name: &str, bytes: &[u8]) -> Result<Document, Refusal> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    file(&path)
}

fn read(bytes: impl AsRef<[u8]>) -> Document {
    named("plan", bytes.as_ref()).unwrap()
}

fn refused(bytes: impl AsRef<[u8]>) -> String {
    let refusal = named("plan.pdf", bytes.as_ref()).unwrap_err();
    assert!(refusal.sv.len() > 20 && refusal.en.len() > 20);
    refusal.en
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A DOCX with a body, styles, lists, notes and links.
fn docx(body: &str) -> Vec<u8> {
    let document =
        format!("<w:document xmlns:w='w' xmlns:r='r'><w:body>{body}</w:body></w:document>");
    package(&[
        ("word/document.xml", document.as_str()),
        (
            "word/styles.xml",
            "<w:styles>\
             <w:style w:styleId='Rubrik'><w:name w:val='Title'/></w:style>\
             <w:style w:styleId='Rubrik1'><w:name w:val='heading 1'/></w:style>\
             <w:style w:styleId='Egen'><w:name w:val='Egen'/><w:basedOn w:val='Rubrik2'/></w:style>\
             <w:style w:styleId='Rubrik2'><w:name w:val='x'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>\
             <w:style w:styleId='Punkt2'><w:name w:val='List Bullet 2'/><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style>\
             <w:style w:styleId='Toc'><w:name w:val='toc 1'/></w:style>\
             </w:styles>",
        ),
        (
            "word/numbering.xml",
            "<w:numbering><w:abstractNum w:abstractNumId='7'>\
             <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>\
             <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/></w:lvl>\
             </w:abstractNum><w:abstractNum w:abstractNumId='8'>\
             <w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='o'/></w:lvl>\
             </w:abstractNum>\
             <w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>\
             <w:num w:numId='2'><w:abstractNumId w:val='8'/></w:num></w:numbering>",
        ),
        (
            "word/footnotes.xml",
            "<w:footnotes><w:footnote w:id='-1'><w:p/></w:footnote>\
             <w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t> Se bilaga.</w:t></w:r></w:p></w:footnote>\
             </w:footnotes>",
        ),
        (
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Id='r1' Target='https://example.org/?a=1&amp;b=2'/></Relationships>",
        ),
        (
            "docProps/core.xml",
            "<c><dc:title> En  plan </dc:title></c>",
        ),
    ])
}

#[test]
fn docx_fields_lead_somewhere() {
    let field = |text: &str| format!("<w:fldChar w:fldCharType='{text}'/>");
    let instruction = "<w:instrText> HYPERLINK \"https://x.org/\" \\o \"tip\"</w:instrText>";
    let body = format!(
        "<w:p><w:r>{}{instruction}{}<w:t>här</w:t>{}<w:t>. Sida </w:t>{}<w:instrText>PAGE</w:instrText>{}<w:t>3</w:t>{}</w:r></w:p>",
        field("begin"),
        field("separate"),
        field("end"),
        field("begin"),
        field("separate"),
        field("end"),
    );
    let document = read(docx(&body));
    assert_eq!(outline(&document), ["p här. Sida 3"]);
    let Block::Paragraph(text) = &document.blocks[0] else {
        panic!("no paragraph");
    };
    assert_eq!(text.links.len(), 1);
    assert_eq!(&text.text[text.links[0].at.clone()], "här");
}

#[test]
fn what_is_repeated_does_not_grow_without_end() {
    let text = "x".repeat(1 << 20);
    let rows = format!(
        "<table:table-row table:number-rows-repeated=\"1000\"><table:table-cell office:value-type=\"string\">\
         <text:p>{text}</text:p></table:table-cell></table:table-row>"
    );
    assert!(refused(ods(&rows)).contains("too large"));
}

fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// The blocks in short.
fn outline(document: &Document) -> Vec<String> {
    let mut all = Vec::new();
    for block in &document.blocks {
        all.push(match block {
            Block::Heading(heading) => format!(
                "h{} {:?} {}",
                heading.level,
                heading.number.as_deref().unwrap_or_default(),
                heading.text.text
            ),
            Block::Paragraph(text) => format!("p {}", text.text),
            Block::Item(item) => format!(
                "i{} {:?} {}",
                item.depth,
                item.number.as_deref().unwrap_or_default(),
                item.text.text
            ),
            Block::Footnote(note) => format!("f {} {}", note.marker, note.text.text),
            Block::Table(table) => format!("t {:?}", cells(table)),
            Block::Lines(lines) => format!("l {}", lines.len()),
        });
    }
    all
}

fn cells(table: &Table) -> Vec<Vec<String>> {
    let cell = |cell: &Cell| {
        let span = if cell.span > 1 {
            format!("{}×", cell.span)
        } else {
            String::new()
        };
        let merged = if cell.merged { "^" } else { "" };
        format!("{span}{merged}{}", cell.text().text)
    };
    let rows = table.rows.iter();
    rows.map(|row| row.cells.iter().map(cell).collect())
        .collect()
}

/// Whether every passage stands on lines of the source that hold its words.
fn stands(document: &Document) {
    let source: Vec<&str> = document.source.lines().collect();
    let check = |passage: &Passage| {
        let first = passage.text.split([' ', '\n']).next().unwrap();
        let line = source[passage.line().unwrap() as usize - 1];
        assert!(line.contains(first), "{first:?} is not in {line:?}");
    };
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => check(&heading.text),
            Block::Paragraph(text) => check(text),
            Block::Item(item) => check(&item.text),
            Block::Footnote(note) => check(&note.text),
            Block::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    for block in &cell.content {
                        if let Block::Paragraph(text) = block {
                            check(text);
                        }
                    }
                }
            }
            Block::Lines(_) => {}
        }
    }
}

#[test]
fn text_is_numbered_lines_with_pages() {
    let document = read("\u{feff}Plan\r\n\n\tÅtgärd\n\x0CSida 2\n- [länk](x)\n");
    assert_eq!(document.format, Format::Text);
    assert!(document.source.starts_with("Plan\r\n"));
    let [Block::Lines(lines)] = &document.blocks[..] else {
        panic!("{:?}", document.blocks);
    };
    let lines: Vec<_> = lines
        .iter()
        .map(|line| (line.number, line.page, line.text.as_str()))
        .collect();
    let expected = [
        (1, 1, "Plan"),
        (2, 1, ""),
        (3, 1, "\tÅtgärd"),
        (4, 2, "Sida 2"),
        (5, 2, "- [länk](x)"),
    ];
    assert_eq!(lines, expected);
}

#[test]
fn the_sources_of_published_plans_are_text_to_the_letter() {
    let plans = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/plans");
    for plan in fs::read_dir(plans).unwrap() {
        let path = plan.unwrap().path().join("source.txt");
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let document = file(&path).unwrap();
        assert_eq!((document.format, &document.source), (Format::Text, &text));
    }
}

#[test]
fn older_encodings_are_text() {
    assert_eq!(read(b"\xC5tg\xE4rder \x96 m\xE5l").source, "Åtgärder – mål");
    assert_eq!(read(b"\xFF\xFEM\0\xE5\0l\0").source, "Mål");
    assert_eq!(read(b"\xFE\xFF\0M\0\xE5\0l").source, "Mål");
}

#[test]
fn formats_are_told_by_content() {
    let format = |text: &str| read(text).format;
    assert_eq!(format("a;b\n1;2\n"), Format::Csv);
    assert_eq!(format("a\tb\n1\t2\n"), Format::Csv);
    assert_eq!(format("a,b\n\"1,5\",2\n"), Format::Csv);
    assert_eq!(format("Plan\n\na\tb\nc\td\n"), Format::Text);
    assert_eq!(format("Hej, du\nJa, nej\n"), Format::Text);
    assert_eq!(format("- ett\n- [två](https://x.org)\n"), Format::Text);
    assert_eq!(format("# Plan\n\nOrd\n"), Format::Markdown);
    assert_eq!(
        format("| a | b |\n|---|---|\n| 1 | 2 |\n"),
        Format::Markdown
    );
    assert_eq!(format("#1 är bäst\n"), Format::Text);
}

#[test]
fn csv_keeps_the_lines_of_its_values() {
    let document = read("Nr;Åtgärd\n\n1;\"Ta fram\nen plan\"\n2;\n");
    let Block::Table(table) = &document.blocks[0] else {
        panic!("no table");
    };
    assert_eq!(
        cells(table),
        [["Nr", "Åtgärd"], ["1", "Ta fram\nen plan"], ["2", ""]]
    );
    assert_eq!(table.rows[1].cells[0].text().lines, [3]);
    assert_eq!(table.rows[1].cells[1].text().lines, [3, 4]);
    assert_eq!(table.rows[2].cells[0].text().lines, [5]);
}

#[test]
fn markdown_is_blocks() {
    let document = read(
        "# Plan\n\n## 1.2 Mål\n\nEtt [två](https://x.org/) tre[^1]\nfyra\n\n- a\n  1. b\n- c\n\n\
         | Nr | Namn |\n|---|---|\n| 1 | x<br>y |\n\n[^1]: Not\n",
    );
    assert_eq!(
        outline(&document),
        [
            "h0 \"\" Plan",
            "h1 \"1.2\" Mål",
            "p Ett två tre fyra",
            "i0 \"\" a",
            "i1 \"1\" b",
            "i0 \"\" c",
            "t [[\"Nr\", \"Namn\"], [\"1\", \"x\\ny\"]]",
            "f 1 Not",
        ]
    );
    let Block::Paragraph(text) = &document.blocks[2] else {
        panic!("no paragraph");
    };
    assert_eq!(text.lines, [5, 6]);
    assert_eq!(&text.text[text.links[0].at.clone()], "två");
    assert_eq!((text.marks[0].at, text.marks[0].marker.as_str()), (12, "1"));
    stands(&document);
}

#[test]
fn docx_is_blocks() {
    let body = [
        p("<w:pStyle w:val='Rubrik'/>", "Handlingsplan"),
        p("<w:pStyle w:val='Toc'/>", "Mål 3"),
        p("<w:pStyle w:val='Rubrik1'/>", "3. Mål"),
        p("<w:pStyle w:val='Egen'/>", "Delmål"),
        "<w:p><w:r><w:t>Ett</w:t><w:tab/></w:r><w:hyperlink r:id='r1'><w:r><w:t>två</w:t></w:r>\
         </w:hyperlink><w:r><w:footnoteReference w:id='2'/></w:r><w:del><w:r><w:t>bort</w:t></w:r></w:del>\
         <w:ins><w:r><w:t xml:space='preserve'> tre &amp; </w:t></w:r></w:ins>\
         <w:r><w:br/><w:t>fyra</w:t></w:r></w:p>"
            .to_owned(),
        p("<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>", "a"),
        p("<w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr>", "b"),
        p("<w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr>", "c"),
        p("<w:numPr><w:ilvl w:val='0'/><w:numId w:val='2'/></w:numPr>", "d"),
        p("<w:pStyle w:val='Punkt2'/>", "e"),
    ]
    .concat();
    let document = read(docx(&body));
    assert_eq!(document.format, Format::Docx);
    assert_eq!(document.title.as_deref(), Some("En plan"));
    assert_eq!(
        outline(&document),
        [
            "h0 \"\" Handlingsplan",
            "h1 \"3\" Mål",
            "h2 \"\" Delmål",
            "p Ett två tre &\nfyra",
            "i0 \"1\" a",
            "i1 \"1.1\" b",
            "i1 \"1.2\" c",
            "i0 \"\" d",
            "i1 \"\" e",
            "f 1 Se bilaga.",
        ]
    );
    let Block::Paragraph(text) = &document.blocks[3] else {
        panic!("no paragraph");
    };
    assert_eq!(text.lines, [5, 6]);
    assert_eq!(text.marks[0].at, "Ett två".len());
    assert_eq!(text.links[0].address, "https://example.org/?a=1&b=2");
    assert_eq!(&text.text[text.links[0].at.clone()], "två");
    stands(&document);
}

#[test]
fn docx_tables_keep_spans() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p("", text))
    };
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let body = [
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>".to_owned(),
        cell("<w:gridSpan w:val='2'/>", "Mål"),
        cell("", "År"),
        "</w:tr>".to_owned(),
        row(&[cell("<w:vMerge w:val='restart'/>", "A"), cell("", "b"), cell("", "2025")]),
        row(&[cell("<w:vMerge/>", ""), cell("", "c"), "<w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>inre</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc>".to_owned()]),
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>bort</w:t></w:r></w:p></w:tc></w:tr>".to_owned(),
        "</w:tbl>".to_owned(),
    ]
    .concat();
    let document = read(docx(&body));
    let Block::Table(table) = &document.blocks[0] else {
        panic!("no table");
    };
    let expected = [
        vec!["2×Mål", "År"],
        vec!["A", "b", "2025"],
        vec!["^", "c", "inre"],
    ];
    assert_eq!(cells(table), expected);
    assert!(table.rows[0].header && !table.rows[1].header);
    assert_eq!(document.source, "Mål\nÅr\nA\nb\n2025\nc\ninre\n");
    stands(&document);
}

fn workbook() -> Vec<u8> {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

    let mut workbook = Workbook::new();
    let plain = Format::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = workbook.add_worksheet().set_name("Mål").unwrap();
    sheet.merge_range(1, 1, 1, 3, "Plan", &plain).unwrap();
    sheet.merge_range(3, 1, 4, 1, "A", &plain).unwrap();
    sheet.write(3, 3, 2025).unwrap();
    sheet.write(4, 3, 1.5).unwrap();
    let day = ExcelDateTime::from_ymd(2025, 12, 31).unwrap();
    sheet.write_with_format(5, 3, &day, &date).unwrap();
    sheet.write(5, 1, "två\nrader").unwrap();
    let sheet = workbook.add_worksheet().set_name("Andra").unwrap();
    sheet.write(0, 0, "x").unwrap();
    sheet.write(1_048_575, 16_383, "y").unwrap();
    let sheet = workbook.add_worksheet().set_name("Dold").unwrap();
    sheet.write(0, 0, "hemligt").unwrap();
    sheet.set_hidden(true);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn workbooks_are_tables() {
    let document = read(workbook());
    assert_eq!(document.format, Format::Xlsx);
    assert_eq!(
        outline(&document),
        [
            "h1 \"\" Mål",
            "t [[\"2×Plan\"], [\"A\", \"2025\"], [\"^\", \"1.5\"], [\"två\\nrader\", \"2025-12-31\"]]",
            "h1 \"\" Andra",
            "t [[\"x\", \"\"], [\"\", \"y\"]]",
        ]
    );
    assert!(!document.source.contains("hemligt"));
    stands(&document);
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name='Blad1'>{rows}\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

#[test]
fn ods_is_a_table() {
    let document = read(ods(
        "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>Nr</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"date\" office:date-value=\"2025-12-31\"><text:p>x</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"float\" office:value=\"3\"><text:p>3</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048575\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
    ));
    assert_eq!(document.format, Format::Ods);
    assert_eq!(outline(&document), ["t [[\"Nr\", \"2025-12-31\", \"3\"]]"]);
}

#[test]
fn repeated_cells_are_refused_before_they_are_written_out() {
    for row in [
        "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"4000\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>",
        "<table:table-row><table:table-cell><text:p>a<text:s text:c=\"99999999999\"/></text:p></table:table-cell></table:table-row>",
    ] {
        assert!(refused(ods(row)).contains("too large"));
    }
}

/// A PDF of one page that draws what `content` says.
fn pdf(content: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n\
         2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
         3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 \
         <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>> endobj\n\
         4 0 obj <</Length {}>> stream\n{content}\nendstream endobj\n\
         trailer <</Root 1 0 R/Size 5>>\n%%EOF\n",
        content.len()
    )
    .into_bytes()
}

/// Whether `pdftotext` is there; says so where it is not.
fn has_pdftotext() -> bool {
    let found = pdf::program().is_some();
    if !found {
        eprintln!("SKIPPED: pdftotext is not installed, so reading PDF is not tested");
    }
    found
}

#[test]
fn pdf_is_lines() {
    if !has_pdftotext() {
        return;
    }
    let bytes = pdf("BT /F1 12 Tf 50 200 Td (Handlingsplan 2025) Tj 0 -40 Td (Mal) Tj ET");
    let document = named("-plan.txt", &bytes).unwrap();
    assert_eq!(document.format, Format::Pdf);
    let [Block::Lines(lines)] = &document.blocks[..] else {
        panic!("{:?}", document.blocks);
    };
    assert!(
        lines
            .iter()
            .any(|line| line.text.trim() == "Handlingsplan 2025")
    );
    assert!(refused(pdf("0 0 10 10 re f")).contains("only pictures"));
    assert!(refused("%PDF-1.4\nnothing").contains("damaged"));
}

#[test]
fn what_cannot_be_a_plan_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    assert!(file(folder.path()).unwrap_err().en.contains("not a file"));
    let missing = file(&folder.path().join("x")).unwrap_err().en;
    assert!(missing.contains("does not exist"));
    let sparse = folder.path().join("large.txt");
    File::create(&sparse).unwrap().set_len(2 << 30).unwrap();
    assert!(file(&sparse).unwrap_err().en.contains("too large"));

    assert!(refused("").contains("no text"));
    assert!(refused(" \n\n").contains("no text"));
    assert!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").contains("older Office"));
    assert!(refused(b"\xFF\xD8\xFF\xE0\0\x10JFIF").contains("picture"));
    assert!(refused(b"\x89PNG\r\n\x1A\n\0\0").contains("picture"));
    assert!(refused(b"\x7FELF\x02\x01\0\0").contains("neither text"));
    assert!(refused("<!DOCTYPE html><p>x").contains("web page"));
    assert!(refused("{\\rtf1 x}").contains("RTF"));
    assert!(refused(package(&[("a.txt", "a")])).contains("package"));
    assert!(refused(package(&[("word/document.xml", "<w:p><w:t>x</w:p>")])).contains("damaged"));
    assert!(refused(package(&[("word/document.xml", "<w:p><w:t>x")])).contains("damaged"));
    assert!(refused(package(&[("xl/workbook.xml", "<x>")])).contains("damaged"));
    assert!(refused(docx("")).contains("no text"));
    let mut cut = docx(&p("", "x"));
    cut.truncate(cut.len() / 2);
    assert!(refused(cut).contains("damaged"));
    assert!(refused("\n".repeat(600_000) + "a").contains("too large"));
}

#[test]
fn a_bomb_is_refused_soon() {
    let start = Instant::now();
    let zeros = " ".repeat(40 << 20);
    assert!(refused(package(&[("word/document.xml", &zeros)])).contains("too large"));
    let deep = "<w:p>".repeat(100_000);
    assert!(refused(docx(&deep)).contains("damaged"));
    assert!(start.elapsed() < Duration::from_secs(20));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_bytes_panic(
        which in 0_usize..6,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let body = p("<w:numPr><w:numId w:val='1'/></w:numPr>", "x");
        let mut bytes = match which {
            0 => docx(&body),
            1 => workbook(),
            2 => ods("<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"),
            3 => b"# A\n\n| a | b |\n|---|---|\n| [x](y) | z[^1] |\n\n[^1]: n\n- a\n  - b\n".to_vec(),
            4 => b"a;b\n\"1;\n2\";3\n".to_vec(),
            _ => "Å\x0C plan\n".as_bytes().to_vec(),
        };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cut.index(3) == 0 {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = sniff::format(&bytes).and_then(|format| parse(format, &bytes));
    }

    #[test]
    fn no_markup_panics(parts in prop::collection::vec(prop::sample::select(vec![
        "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:p>", "</w:p>",
        "<w:t>ö", "</w:t>", "<w:br/>", "<w:del>", "</w:del>", "<w:trPr>", "</w:trPr>",
        "<w:gridSpan w:val='99999999999'/>", "<w:gridBefore w:val='4'/>", "<w:vMerge/>",
        "<w:ilvl w:val='99'/>", "<w:numId w:val='1'/>", "<w:footnoteReference w:id='2'/>",
        "<w:hyperlink r:id='r1'>", "</w:hyperlink>", "&#0;", "&amp;", "&nix;",
    ]), 0..40)) {
        let bytes = docx(&parts.concat());
        let _ = parse(Format::Docx, &bytes);
        let text = parts.concat();
        let _ = markdown::read(text.clone());
        let _ = csv::read(text);
    }
}
