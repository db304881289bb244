//! The data folder: which files it has and what they are.
//!
//! ```text
//! catalog.ttl                       who runs the instance
//! reference/**/*.ttl                frameworks, organisations, places
//! plans/{id}/{layer}.ttl            a plan, layer by layer
//! plans/{id}/source.txt             the text that line ranges count in
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Error, built_in};

/// The bytes of every file that matters, by its path below the data folder (`plans/x/stated.ttl`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    files: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    /// Reads a data folder. Files that mean nothing here are left out, dot-files too.
    pub fn read(path: &Path) -> Result<Self, Error> {
        if !path.is_dir() {
            return Err(Error::NoFolder(path.display().to_string()));
        }
        if !["catalog.ttl", "reference", "plans"]
            .iter()
            .any(|own| path.join(own).exists())
        {
            return Err(Error::NotData(path.display().to_string()));
        }
        let mut files = BTreeMap::new();
        walk(path, "", &mut files)?;
        Ok(Self { files })
    }

    /// A folder with these files.
    pub fn from_files(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { files }
    }

    /// The files of the whole folder, by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The catalogue's file; the built-in one where the folder has none.
    pub fn catalog(&self) -> &[u8] {
        self.files
            .get("catalog.ttl")
            .map_or(built_in::CATALOG.as_bytes(), Vec::as_slice)
    }

    /// The reference files; the built-in ones where the folder has no `reference/`.
    pub fn reference(&self) -> BTreeMap<String, Vec<u8>> {
        let own: BTreeMap<_, _> = self
            .files
            .iter()
            .filter(|(path, _)| path.starts_with("reference/"))
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect();
        if own.is_empty() {
            built_in::reference()
        } else {
            own
        }
    }

    /// The folders of plans: by name, the bytes by file name.
    pub fn plans(&self) -> BTreeMap<&str, BTreeMap<&str, &[u8]>> {
        let mut plans: BTreeMap<&str, BTreeMap<&str, &[u8]>> = BTreeMap::new();
        for (path, bytes) in &self.files {
            let Some((plan, file)) = path
                .strip_prefix("plans/")
                .and_then(|rest| rest.split_once('/'))
            else {
                continue;
            };
            plans.entry(plan).or_default().insert(file, bytes);
        }
        plans
    }
}

fn walk(dir: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Error> {
    let entries = fs::read_dir(dir).map_err(|error| Error::io(dir, error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Error::io(dir, error))?;
        let path = entry.path();
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if name.starts_with('.') {
            continue;
        }
        let below = format!("{prefix}{name}");
        if path.is_dir() {
            walk(&path, &format!("{below}/"), files)?;
        } else if matters(&below) {
            let bytes = fs::read(&path).map_err(|error| Error::io(&path, error))?;
            files.insert(below, bytes);
        }
    }
    Ok(())
}

fn matters(path: &str) -> bool {
    let turtle = Path::new(path)
        .extension()
        .is_some_and(|ending| ending == "ttl");
    path == "catalog.ttl"
        || (turtle && (path.starts_with("reference/") || path.starts_with("plans/")))
        || (path.starts_with("plans/") && path.ends_with("/source.txt"))
}

/// Writes a file so that it is there whole or not at all: aside, synced, then renamed.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let aside = write_aside(path, bytes)?;
    put_in_place(&aside, path)
}

/// Writes several files: all aside before the first takes its place, in the order given, so that
/// what goes wrong while writing changes none of them.
pub fn write_files(files: &[(PathBuf, Vec<u8>)]) -> Result<(), Error> {
    let mut aside = Vec::new();
    for (path, bytes) in files {
        match write_aside(path, bytes) {
            Ok(written) => aside.push((written, path)),
            Err(error) => {
                for (written, _) in aside {
                    // They are dot-files, which nobody reads; leaving one behind harms nothing.
                    let _ = fs::remove_file(written);
                }
                return Err(error);
            }
        }
    }
    for (written, path) in aside {
        put_in_place(&written, path)?;
    }
    Ok(())
}

/// Writes what a file is to hold beside it, and returns where.
fn write_aside(path: &Path, bytes: &[u8]) -> Result<PathBuf, Error> {
    let io = |error| Error::io(path, error);
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).map_err(io)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".new");
    let aside = path.with_file_name(format!(".{}", name.to_string_lossy()));
    let mut file = fs::File::create(&aside).map_err(io)?;
    file.write_all(bytes).map_err(io)?;
    file.sync_all().map_err(io)?;
    Ok(aside)
}

fn put_in_place(aside: &Path, path: &Path) -> Result<(), Error> {
    fs::rename(aside, path).map_err(|error| Error::io(path, error))?;
    if let Some(dir) = path.parent().and_then(|dir| fs::File::open(dir).ok()) {
        // Without this the rename may be lost in a power cut; not every system allows it.
        let _ = dir.sync_all();
    }
    Ok(())
}

/// The built-in description of the catalogue, with an identifier of its own, by which no portal
/// takes the datasets of the new instance for those of another.
fn catalog_of_a_new_instance() -> Vec<u8> {
    let new = format!("dcterms:identifier \"{}\"", uuid::Uuid::new_v4());
    let lines = built_in::CATALOG.lines().map(|line| {
        let own = line.trim_start().starts_with("dcterms:identifier ");
        if own {
            format!("    {new} ;\n")
        } else {
            format!("{line}\n")
        }
    });
    lines.collect::<String>().into_bytes()
}

/// Makes the data folder of a new instance: catalogue, reference data, a place for plans.
///
/// Returns the files written. A folder that holds anything is left as it is.
pub fn init(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Error::NotEmpty(path.display().to_string()));
    }
    fs::create_dir_all(path.join("plans")).map_err(|error| Error::io(path, error))?;
    let mut written = Vec::new();
    let catalog = ("catalog.ttl".to_owned(), catalog_of_a_new_instance());
    for (name, bytes) in built_in::reference().into_iter().chain([catalog]) {
        let file = path.join(name);
        write_file(&file, &bytes)?;
        written.push(file);
    }
    Ok(written)
}
