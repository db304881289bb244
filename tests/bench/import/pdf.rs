//! A PDF of pages of text, as small as the format allows: one font, words set at places.

/// The width and height of a page (A4), in points.
const PAGE: (f32, f32) = (595.0, 842.0);

/// A page: words, and where they are set.
#[derive(Default)]
pub(crate) struct Page(Vec<u8>);

impl Page {
    /// Sets words at a place, in points from the left and the top.
    pub(crate) fn words(&mut self, left: f32, top: f32, size: f32, words: &str) {
        let place = format!("BT /F1 {size} Tf {left} {} Td (", PAGE.1 - top);
        self.0.extend(place.bytes());
        for letter in words.chars().map(code) {
            if matches!(letter, b'(' | b')' | b'\\') {
                self.0.push(b'\\');
            }
            self.0.push(letter);
        }
        self.0.extend(b") Tj ET\n");
    }
}

/// A letter in `WinAnsiEncoding`: Latin-1, and the dash and bullet that plans use.
fn code(letter: char) -> u8 {
    match letter {
        '–' => 0x96,
        '•' => 0x95,
        _ => u8::try_from(u32::from(letter)).unwrap_or(b'?'),
    }
}

/// The file that these pages are.
pub(crate) fn file(pages: &[Page]) -> Vec<u8> {
    // Objects 1 to 3 are the catalogue, the list of pages and the font; then each page and its
    // content.
    let kids: Vec<String> = (0..pages.len())
        .map(|at| format!("{} 0 R", 4 + 2 * at))
        .collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!(
            "<< /Type /Pages /Count {} /Kids [{}] >>",
            kids.len(),
            kids.join(" ")
        )
        .into(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_vec(),
    ];
    for Page(content) in pages {
        let (width, height) = PAGE;
        let own = objects.len() + 2;
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {own} 0 R \
                 /Resources << /Font << /F1 3 0 R >> >> >>"
            )
            .into(),
        );
        let mut stream = format!("<< /Length {} >>\nstream\n", content.len()).into_bytes();
        stream.extend(content);
        stream.extend(b"\nendstream");
        objects.push(stream);
    }
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = vec![format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len() + 1
    )];
    for (number, object) in (1..).zip(&objects) {
        table.push(format!("{:010} 00000 n \n", file.len()));
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    let size = objects.len() + 1;
    file.extend(table.concat().bytes());
    file.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes(),
    );
    file
}
