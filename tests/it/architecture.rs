//! The invariants of the structure, read off the source: who may know what.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::root;

/// The code of a file, without its unit tests and comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The Rust files below `src/`, with the module each belongs to: its first folder or name.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(dir: &Path, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, into);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                into.push(path);
            }
        }
    }
    let src = root().join("src");
    let mut files = Vec::new();
    walk(&src, &mut files);
    files
        .into_iter()
        .map(|path| {
            let below = path.strip_prefix(&src).unwrap();
            let first = below.components().next().unwrap();
            let module = first.as_os_str().to_str().unwrap().trim_end_matches(".rs");
            let module = module.to_owned();
            (path, module)
        })
        .collect()
}

/// The files outside these modules whose code has one of these words.
fn seen_outside(modules: &[&str], words: &[&str]) -> Vec<String> {
    sources()
        .into_iter()
        .filter(|(_, module)| !modules.contains(&module.as_str()))
        .filter(|(path, _)| words.iter().any(|word| code(path).contains(word)))
        .map(|(path, _)| path.display().to_string())
        .collect()
}

#[test]
fn only_web_sees_axum() {
    assert_eq!(seen_outside(&["web"], &["axum", "tower_http"]), [""; 0]);
}

#[test]
fn only_sparql_and_validate_see_the_evaluator() {
    let words = ["oxigraph::store", "oxigraph::sparql", "spareval", "sparopt"];
    assert_eq!(seen_outside(&["sparql", "validate"], &words), [""; 0]);
}

#[test]
fn only_those_who_serve_see_the_runtime() {
    let allowed = ["cli", "web", "sparql"];
    assert_eq!(seen_outside(&allowed, &["tokio"]), [""; 0]);
    // Of the endpoint, the engine alone, and the talk with a worker.
    let beyond: Vec<_> = sources()
        .into_iter()
        .filter(|(path, module)| module == "sparql" && code(path).contains("tokio"))
        .map(|(path, _)| path.strip_prefix(root()).unwrap().display().to_string())
        .filter(|path| !path.starts_with("src/sparql/engine"))
        .collect();
    assert_eq!(beyond, ["src/sparql/worker/process.rs"]);
}

#[test]
fn the_model_knows_nothing_of_rdf_http_files_or_json() {
    for (path, _) in sources()
        .into_iter()
        .filter(|(_, module)| module == "model")
    {
        let code = code(&path);
        for word in [
            "oxrdf", "oxigraph", "axum", "serde", "std::fs", "std::io", "reqwest",
        ] {
            assert!(!code.contains(word), "{} knows {word}", path.display());
        }
    }
}

/// Who may use whom; nothing points back.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("vocab", &[]),
    ("text", &[]),
    ("search", &["model", "text"]),
    ("rdf", &["model", "vocab"]),
    ("validate", &["model", "rdf", "vocab"]),
    ("store", &["model", "rdf", "validate", "vocab"]),
    (
        "import",
        &["model", "rdf", "store", "text", "validate", "vocab"],
    ),
    ("sparql", &["model", "rdf", "store", "vocab"]),
    (
        "views",
        &["model", "rdf", "search", "sparql", "store", "text", "vocab"],
    ),
    ("config", &["rdf", "sparql"]),
    (
        "web",
        &["config", "rdf", "sparql", "store", "views", "vocab"],
    ),
];

#[test]
fn imports_point_one_way() {
    for (path, module) in sources() {
        let Some((_, may)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            assert!(
                ["cli", "main", "lib"].contains(&module.as_str()),
                "{module} is new: say what it may use"
            );
            continue;
        };
        for (position, _) in code(&path).match_indices("crate::") {
            let text = code(&path);
            let name: String = text[position + "crate::".len()..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let fine = name == module || may.contains(&name.as_str());
            assert!(fine, "{}: {module} must not use {name}", path.display());
        }
    }
}

#[test]
fn only_validate_makes_checked_graphs() {
    // Their fields are private to src/validate.rs, so a literal elsewhere would not compile;
    // this keeps a public constructor from being added.
    let text = code(&root().join("src/validate.rs"));
    for name in ["CheckedPlan", "CheckedGraph"] {
        let start = text.find(&format!("pub struct {name}")).unwrap();
        let definition: String = text[start..]
            .chars()
            .take_while(|c| *c != ';' && *c != '}')
            .collect();
        let definition = definition.trim_start_matches("pub struct");
        assert!(!definition.contains("pub "), "{name} has a public field");
    }
    assert!(!text.contains("-> CheckedPlan") && !text.contains("-> CheckedGraph"));
}

#[test]
fn only_tests_serve_what_nobody_checked() {
    let found = seen_outside(&[], &["Snapshot::unchecked", "Live::holding"]);
    assert_eq!(found, [""; 0]);
}

#[test]
fn nothing_switches_on_the_http_client_of_the_engine() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for name in ["oxhttp", "reqwest"] {
        assert!(
            !lock.contains(&format!("name = \"{name}\"")),
            "{name} is in the build"
        );
    }
}

#[test]
fn nothing_reads_the_clock_or_makes_random_names_for_outputs() {
    // Deadlines and request ids are the two places where time and chance belong; and a new
    // instance gets an identifier, once, which stands in its files.
    let found = seen_outside(&[], &["SystemTime::now", "Utc::now", "rand::", "new_v4"]);
    let init = root().join("src/store/folder.rs").display().to_string();
    assert_eq!(found, [init]);
}

/// Memory that others could change is where Rust's promises end; one place sees to it that they
/// cannot.
#[test]
fn only_the_map_of_an_index_is_unsafe() {
    let found: Vec<_> = sources()
        .into_iter()
        .filter(|(path, _)| code(path).contains("unsafe"))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(found, [root().join("src/store/index/memory.rs")]);
    assert_eq!(code(&found[0]).matches("unsafe {").count(), 1);
}
