//! Builds the front-end of the query editor (`web/`), where npm is at hand.
//!
//! Leaves `editor.js`, `editor.css` and `editor-licences.txt` in `$OUT_DIR/editor/`, for the
//! server to embed. The editor is a comfort: the page of `/sparql` has a plain form that works
//! without it. So whatever goes wrong here (no npm, no network, no time) costs the editor and a
//! warning, never the build: the three files are then empty. `SAMPLAN_EDITOR=off` leaves it out
//! without a warning.
//!
//! Nothing is written outside `OUT_DIR`, but for what npm keeps in its own cache. Packages are
//! those of `package-lock.json`, by their hashes, and no script of theirs is run.
//!
//! Cargo repeats the warning with every build but not the attempt: a repeated attempt would
//! mean compiling everything anew each time, for all who have no npm.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use std::{env, io, thread};

/// What the build of the front-end reads.
const SOURCES: [&str; 7] = [
    "package.json",
    "package-lock.json",
    "build.mjs",
    "src/answer.js",
    "src/completion.js",
    "src/editor.css",
    "src/editor.js",
];

/// What it makes.
const PRODUCTS: [&str; 3] = ["editor.js", "editor.css", "editor-licences.txt"];

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };
const NPM_ARGUMENTS: [&str; 10] = [
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--prefer-offline",
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=1000",
    "--fetch-timeout=20000",
    "--logs-max=0",
];

/// For all the programs together.
const PATIENCE: Duration = Duration::from_secs(180);

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-env-changed=SAMPLAN_EDITOR");
    println!("cargo:rerun-if-changed=build.rs");
    for source in SOURCES {
        println!("cargo:rerun-if-changed=web/{source}");
    }
    let out = env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "Cargo has to set OUT_DIR"))?;
    let products = out.join("editor");
    fs::create_dir_all(&products)?;
    if env::var_os("SAMPLAN_EDITOR").is_some_and(|value| value == "off") {
        return leave_out(&products);
    }
    let Err(reason) = build(&out.join("web"), &products) else {
        return Ok(());
    };
    println!(
        "cargo:warning=The query editor is left out: {reason}. The plain form at /sparql works \
         all the same. To try again: touch build.rs. To build without it and without this \
         warning: SAMPLAN_EDITOR=off."
    );
    leave_out(&products)
}

/// Puts empty files in the place of the editor's.
fn leave_out(products: &Path) -> io::Result<()> {
    PRODUCTS
        .iter()
        .try_for_each(|name| fs::write(products.join(name), ""))
}

/// Builds the editor in `work`, or says why it cannot.
fn build(work: &Path, products: &Path) -> Result<(), String> {
    let until = Instant::now() + PATIENCE;
    copy_sources(work).map_err(|error| format!("web/ could not be copied ({error})"))?;
    install(work, until)?;
    let mut bundle = Command::new("node");
    bundle.arg("build.mjs").arg(products).current_dir(work);
    run(bundle, &work.join("build.log"), until)?;
    let made = |name: &&str| fs::metadata(products.join(name)).is_ok_and(|file| file.len() > 0);
    match PRODUCTS.iter().find(|name| !made(name)) {
        Some(missing) => Err(format!("its build made no {missing}")),
        None => Ok(()),
    }
}

fn copy_sources(work: &Path) -> io::Result<()> {
    fs::create_dir_all(work.join("src"))?;
    for source in SOURCES {
        // Not fs::copy: a read-only file of a checkout would stay read-only.
        fs::write(work.join(source), fs::read(Path::new("web").join(source))?)?;
    }
    Ok(())
}

/// Installs the packages, unless those of the same lock file are there from an earlier run.
fn install(work: &Path, until: Instant) -> Result<(), String> {
    let says = |error: io::Error| format!("{} could not be used ({error})", work.display());
    let stamp = work.join("installed.json");
    let wanted = fs::read(work.join("package-lock.json")).map_err(says)?;
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    if stamp.exists() {
        // What it tells of is about to be replaced.
        fs::remove_file(&stamp).map_err(says)?;
    }
    let mut npm = Command::new(NPM);
    npm.args(NPM_ARGUMENTS).current_dir(work);
    run(npm, &work.join("npm.log"), until)?;
    fs::write(&stamp, wanted).map_err(says)
}

/// Runs a program to its end, and says what went wrong if it did not end well in time.
fn run(mut command: Command, log: &Path, until: Instant) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = File::create(log).and_then(|file| Ok((file.try_clone()?, file)));
    let (out, err) = output.map_err(|error| format!("no log of {name} ({error})"))?;
    command.stdin(Stdio::null()).stdout(out).stderr(err);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => format!("there is no {name} on the path"),
        _ => format!("{name} did not start ({error})"),
    })?;
    match wait(&mut child, until) {
        Ok(Some(status)) if status.success() => Ok(()),
        Ok(Some(status)) => Err(format!("{name} ended with {status} ({})", complaint(log))),
        Ok(None) => {
            end(&mut child);
            Err(format!(
                "{name} was not done after {} seconds",
                PATIENCE.as_secs()
            ))
        }
        Err(error) => {
            end(&mut child);
            Err(format!("{name} could not be waited for ({error})"))
        }
    }
}

/// How a program ended, or nothing if it had not when the time was over.
fn wait(child: &mut Child, until: Instant) -> io::Result<Option<ExitStatus>> {
    loop {
        let status = child.try_wait()?;
        if status.is_some() || Instant::now() >= until {
            return Ok(status);
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Ends a program and, where there are process groups, what it has started.
fn end(child: &mut Child) {
    if cfg!(unix) {
        let group = format!("-{}", child.id());
        // The child itself is ended below in any case.
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// What a program complained of first, and where to read on.
fn complaint(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines
        .clone()
        .find(|line| line.contains("rror"))
        .or_else(|| lines.next());
    format!(
        "{}; see {}",
        line.unwrap_or("it said nothing"),
        log.display()
    )
}
