//! PDF, through `pdftotext` in a process of its own, which gets little time and memory.
//!
//! Asked for the places of words rather than for `-layout`, which lets narrow lines of a table
//! slip out of their columns.

mod page;

use std::env;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{Content, Refusal, text};

/// How long the process may run.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// How much text the process may give, in bytes.
const TEXT_LIMIT: u64 = 64 << 20;

/// How much it may say about what is wrong, in bytes.
const REPORT_LIMIT: u64 = 64 << 10;

/// How much memory the process may have, in KiB.
const MEMORY_LIMIT: u32 = 2 << 20;

/// Extracts the lines of a PDF file.
///
/// # Errors
/// No `pdftotext`; a file that is encrypted, damaged, without letters, or that takes too long.
pub(super) fn read(path: &Path) -> Result<Content, Refusal> {
    let program = program().ok_or_else(|| {
        Refusal::new(
            "Filen är en PDF, och för att läsa den behövs programmet pdftotext, som saknas. \
             Installera det (Debian och Ubuntu: apt install poppler-utils; macOS: brew install \
             poppler), eller använd dokumentet som DOCX eller text.",
            "The file is a PDF, and reading it takes the program pdftotext, which is missing. \
             Install it (Debian and Ubuntu: apt install poppler-utils; macOS: brew install \
             poppler), or use the document as DOCX or text.",
        )
    })?;
    let failed = |error: io::Error| {
        Refusal::new(
            format!("pdftotext kan inte köras ({error}). Använd dokumentet som DOCX eller text."),
            format!("pdftotext cannot be run ({error}). Use the document as DOCX or text."),
        )
    };
    // An absolute path never looks like an option.
    let path = path.canonicalize().map_err(failed)?;
    let child = command(&program, &path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let run = Run::new(child).map_err(failed)?;
    if !run.status.success() {
        return Err(if run.report.contains("password") {
            Refusal::encrypted()
        } else {
            Refusal::damaged("PDF")
        });
    }
    let source = page::text(&String::from_utf8_lossy(&run.text))?;
    if !source.chars().any(char::is_alphabetic) {
        return Err(Refusal::new(
            "PDF-filen innehåller bara bilder, ingen text. Använd originaldokumentet, eller låt \
             ett program för textigenkänning (OCR, till exempel ocrmypdf) lägga till texten.",
            "The PDF file has only pictures, no text. Use the original document, or have a program \
             for text recognition (OCR, such as ocrmypdf) add the text.",
        ));
    }
    text::read(source)
}

/// Where `pdftotext` is.
pub(super) fn program() -> Option<PathBuf> {
    let name = format!("pdftotext{}", env::consts::EXE_SUFFIX);
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}

/// The command that writes the text of a file to its standard output.
fn command(program: &Path, path: &Path) -> Command {
    let mut command = if cfg!(unix) {
        let mut shell = Command::new("/bin/sh");
        // Where memory cannot be limited (macOS), time and output still are.
        let limits = format!("ulimit -v {MEMORY_LIMIT} 2>/dev/null; exec \"$@\"");
        shell.arg("-c").arg(limits).arg("sh").arg(program);
        shell
    } else {
        Command::new(program)
    };
    command.args(["-bbox", "-enc", "UTF-8"]).arg(path).arg("-");
    command
}

/// What a process gave.
struct Run {
    status: ExitStatus,
    text: Vec<u8>,
    report: String,
}

impl Run {
    /// Waits for a process, and kills it when it takes too long or gives too much.
    fn new(mut child: Child) -> io::Result<Self> {
        let text = child.stdout.take().map(|out| drain(out, TEXT_LIMIT + 1));
        let report = child.stderr.take().map(|err| drain(err, REPORT_LIMIT));
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if start.elapsed() > TIME_LIMIT {
                child.kill()?;
                break child.wait()?;
            }
            thread::sleep(Duration::from_millis(5));
        };
        let join = |reader: Option<thread::JoinHandle<Vec<u8>>>| {
            reader
                .and_then(|reader| reader.join().ok())
                .unwrap_or_default()
        };
        let (text, report) = (join(text), join(report));
        if text.len() as u64 > TEXT_LIMIT {
            return Err(io::Error::other("> 64 MiB"));
        }
        if start.elapsed() > TIME_LIMIT {
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(Self {
            status,
            text,
            report: String::from_utf8_lossy(&report).into_owned(),
        })
    }
}

/// Reads up to so many bytes on the side, then closes the pipe, which ends whoever writes more.
fn drain(from: impl Read + Send + 'static, limit: u64) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before a failure is all there is.
        let _ = from.take(limit).read_to_end(&mut bytes);
        bytes
    })
}
