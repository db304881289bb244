//! What search engines are told: which pages there are, and when each last changed.
//!
//! By the Sitemap protocol 0.9, which allows 50 000 addresses a file: where there are more, the
//! sitemap is a list of such files.

use std::io::Cursor;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::describe::TextPage;
use super::{Error, catalog, comparison, modified, resolve, service};
use crate::rdf::Base;
use crate::store::Snapshot;
use crate::vocab::{foaf, plan, rdf};

/// How many addresses a file may list.
const MOST: usize = 50_000;

/// The namespace of the protocol.
const NS: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A page: its path below the base, and the day on which it last changed.
type Entry = (String, Option<String>);

/// Every page that a search engine should list, in order.
fn entries(snapshot: &Snapshot) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    for path in [
        "",
        "plan",
        "framework",
        "organisation",
        "ns",
        service::QUERIES,
    ] {
        if let Some(resource) = resolve(snapshot, path)? {
            entries.push((path.to_owned(), modified(snapshot, &resource)?));
        }
    }
    let own = [TextPage::About, TextPage::Accessibility];
    entries.extend(own.map(|page| (page.path().to_owned(), None)));
    of_plans(snapshot, &mut entries);
    for class in [plan::FRAMEWORK, plan::GOAL, foaf::AGENT] {
        for node in snapshot.referring(rdf::TYPE, class)? {
            if let Some(path) = snapshot.base().relative(node.as_str()) {
                let day = if class == foaf::AGENT {
                    // As its graphs say: there are many, and their pages show little else.
                    let graphs = snapshot.layers_about(node.as_ref())?;
                    snapshot.modified(graphs.keys())?
                } else {
                    // Its page shows goals above and below it too.
                    let resource = resolve(snapshot, path)?;
                    let day = resource.map(|resource| modified(snapshot, &resource));
                    day.transpose()?.flatten()
                };
                entries.push((path.to_owned(), day));
            }
        }
    }
    comparisons(snapshot, &mut entries)?;
    // Without a catalogue the other pages are still there.
    if let Ok(catalog) = catalog::catalog(snapshot) {
        let own = catalog.modified().map(str::to_owned);
        entries.push((catalog::CATALOG.to_owned(), own));
        entries.push((catalog::PREVIEW.to_owned(), None));
        let datasets = catalog.datasets.iter();
        entries.extend(datasets.map(|(path, dataset)| (path.clone(), dataset.modified.clone())));
    }
    Ok(entries)
}

/// The comparisons over frameworks that plans have been reviewed against.
fn comparisons(snapshot: &Snapshot, entries: &mut Vec<Entry>) -> Result<(), Error> {
    entries.push((comparison::COMPARE.to_owned(), None));
    let reference = snapshot.reference()?;
    for framework in comparison::serving_of(snapshot)?.frameworks.keys() {
        if let Some(framework) = reference.frameworks.get(framework) {
            let path = format!("{}/{}", comparison::COMPARE, framework.id);
            if let Some(resource) = resolve(snapshot, &path)? {
                let day = modified(snapshot, &resource)?;
                entries.push((path, day));
            }
        }
    }
    Ok(())
}

/// The plans with their activities.
fn of_plans(snapshot: &Snapshot, entries: &mut Vec<Entry>) {
    for entry in snapshot.plans().values() {
        let modified = entry.plan.modified().map(|day| day.to_string());
        let activities = entry.plan.activities.keys().map(crate::model::Iri::as_str);
        for iri in std::iter::once(entry.iri.as_str()).chain(activities) {
            if let Some(path) = snapshot.base().relative(iri) {
                entries.push((path.to_owned(), modified.clone()));
            }
        }
    }
}

/// How many files the sitemap has beside its list of them; none where one is enough.
pub(super) fn parts(snapshot: &Snapshot) -> Result<usize, Error> {
    // Asked for with every address that looks like a part's.
    let parts = snapshot.once("parts of the sitemap", || {
        let many = entries(snapshot)?.len();
        Ok::<usize, Error>(if many <= MOST { 0 } else { many.div_ceil(MOST) })
    })?;
    Ok(*parts)
}

/// The number of the part at a path: `sitemap-1.xml`.
pub(super) fn part_at(path: &str) -> Option<usize> {
    let number = path.strip_prefix("sitemap-")?.strip_suffix(".xml")?;
    let digits = !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| number.parse().ok())?
}

/// The sitemap, or a part of it.
pub(super) fn sitemap(snapshot: &Snapshot, part: Option<usize>) -> Result<Vec<u8>, Error> {
    written(snapshot.base(), &entries(snapshot)?, part, MOST)
}

fn written(
    base: &Base,
    entries: &[Entry],
    part: Option<usize>,
    most: usize,
) -> Result<Vec<u8>, Error> {
    let of = |entries: &[Entry]| {
        let pages = entries
            .iter()
            .map(|(path, modified)| (base.node(path).into_string(), modified.clone()));
        write("urlset", "url", pages)
    };
    match part {
        None if entries.len() <= most => of(entries),
        None => {
            let latest = |entries: &[Entry]| {
                let days = entries.iter().filter_map(|(_, day)| day.clone());
                days.max()
            };
            let parts = (1..).zip(entries.chunks(most)).map(|(number, part)| {
                let path = format!("sitemap-{number}.xml");
                (base.node(&path).into_string(), latest(part))
            });
            write("sitemapindex", "sitemap", parts)
        }
        Some(number) => {
            let part = entries.chunks(most).nth(number.saturating_sub(1));
            of(part.unwrap_or_default())
        }
    }
}

fn write(
    root: &str,
    element: &str,
    entries: impl Iterator<Item = (String, Option<String>)>,
) -> Result<Vec<u8>, Error> {
    let mut xml = Writer::new_with_indent(Cursor::new(Vec::new()), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element(root)
        .with_attribute(("xmlns", NS))
        .write_inner_content(|xml| {
            for (address, modified) in entries {
                xml.create_element(element).write_inner_content(|xml| {
                    xml.create_element("loc")
                        .write_text_content(BytesText::new(&address))?;
                    if let Some(modified) = &modified {
                        xml.create_element("lastmod")
                            .write_text_content(BytesText::new(modified))?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })?;
    let mut bytes = xml.into_inner().into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

/// `robots.txt` (RFC 9309): everything may be read; queries are for programs that ask, not for
/// those that follow links.
pub(super) fn robots(snapshot: &Snapshot) -> String {
    let base = snapshot.base();
    let (path, sitemap) = (base.path(), base.node("sitemap.xml"));
    format!(
        "User-agent: *\nDisallow: {path}sparql?\nDisallow: {path}query/*?\nDisallow: {path}search?\nDisallow: {path}search.\nDisallow: {path}compare/*?\nAllow: {path}\n\nSitemap: {}\n",
        sitemap.as_str()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_pages_than_a_file_may_list_are_in_parts() {
        let base = Base::default();
        let entry = |path: &str, day: &str| (path.to_owned(), Some(day.to_owned()));
        let entries = [
            entry("a", "2026-01-01"),
            entry("b&c", "2026-01-03"),
            entry("d", "2026-01-02"),
        ];
        let text = |part| String::from_utf8(written(&base, &entries, part, 2).unwrap()).unwrap();
        let list = text(None);
        assert!(
            list.contains("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">")
        );
        assert_eq!(list.matches("<loc>").count(), 2);
        let first = list.find("sitemap-1.xml").unwrap();
        let latest = list.find("2026-01-03").unwrap();
        assert!(first < latest && latest < list.find("sitemap-2.xml").unwrap());
        assert!(text(Some(1)).contains("<loc>http://localhost:8080/b&amp;c</loc>"));
        assert_eq!(text(Some(2)).matches("<loc>").count(), 1);
        let whole = written(&base, &entries, None, 3).unwrap();
        assert_eq!(
            String::from_utf8(whole).unwrap().matches("<url>").count(),
            3
        );
    }
}
