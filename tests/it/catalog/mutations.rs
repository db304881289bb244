//! What would make a catalogue that a validator or a harvester refuses is refused before it is
//! served, with words that say how to mend it.

use std::fs;
use std::process::Command;

use crate::support::copy_of_data;

/// A change: the file, what stands there, what is put there instead, the rule it breaks.
type Mutation = (&'static str, &'static str, &'static str, &'static str);

const CATALOG: &str = "catalog.ttl";
const OTHERS: &str = "reference/organisations/others.ttl";
const REGIONS: &str = "reference/organisations/regions.ttl";
const PLAN: &str = "plans/vasterbotten-2026/stated.ttl";

const PUBLISHER: &str = "dcterms:publisher <organisation/samplan> ;";
const CONTACT: &str = "dcat:contactPoint <catalog/contact> ;";
const LICENCE: &str = "    dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> .\n\n<catalog/contact>";
const SPATIAL: &str = "dcterms:spatial <https://sws.geonames.org/2661886/> ;";
const TITLE: &str = "\"Samplan: public action plans as open data\"@en";
const MAIL: &str = "<mailto:samplan@example.org>";
const RIGHTS: &str = "dcterms:source <plan/vasterbotten-2026/source> ;";

const MUTATIONS: &[Mutation] = &[
    (CATALOG, PUBLISHER, "", "catalog-publisher"),
    (
        CATALOG,
        PUBLISHER,
        "dcterms:publisher <organisation/samplan> , <organisation/region-stockholm> ;",
        "catalog-publisher",
    ),
    (
        CATALOG,
        PUBLISHER,
        "dcterms:publisher <organisation/nobody> ;",
        "catalog-publisher",
    ),
    (
        CATALOG,
        PUBLISHER,
        "dcterms:publisher [ a <http://xmlns.com/foaf/0.1/Agent> ] ;",
        "catalog-publisher",
    ),
    (
        OTHERS,
        "dcterms:type <http://purl.org/adms/publishertype/NonProfitOrganisation> ;",
        "",
        "catalog-publisher-kind",
    ),
    (
        OTHERS,
        "publishertype/NonProfitOrganisation>",
        "publishertype/Club>",
        "agent-type",
    ),
    (
        REGIONS,
        "<http://dataportal.se/organisation/SE2321000016>",
        "<https://dataportal.se/organisation/SE232100-0016>",
        "agent-portal",
    ),
    (
        REGIONS,
        "foaf:name \"Region Stockholm\"@sv",
        "foaf:name \"Region Stockholm\"",
        "agent-name",
    ),
    (
        CATALOG,
        TITLE,
        "\"Samplan: public action plans as open data\"",
        "title-language",
    ),
    (
        CATALOG,
        TITLE,
        "\"Samplan: Aktionspläne\"@de",
        "catalog-title",
    ),
    (CATALOG, CONTACT, "", "catalog-contact"),
    (
        CATALOG,
        CONTACT,
        "dcat:contactPoint <catalog/contact> , <organisation/samplan> ;",
        "catalog-contact",
    ),
    (
        CATALOG,
        CONTACT,
        "dcat:contactPoint <organisation/samplan> ;",
        "catalog-contact-apart",
    ),
    (
        CATALOG,
        CONTACT,
        "dcat:contactPoint [ a vcard:Organization ; vcard:fn \"A\"@sv ; vcard:hasEmail <mailto:a@example.org> ] ;",
        "catalog-contact",
    ),
    (
        CATALOG,
        "a vcard:Organization ;",
        "a vcard:Kind ;",
        "contact-kind",
    ),
    (
        CATALOG,
        "a vcard:Organization ;",
        "a vcard:Organization , vcard:Kind ;",
        "contact-kind",
    ),
    (
        CATALOG,
        "a vcard:Organization ;",
        "a vcard:Organization , vcard:Individual ;",
        "contact-kind",
    ),
    (CATALOG, MAIL, "\"samplan@example.org\"", "contact-email"),
    (CATALOG, MAIL, "<samplan@example.org>", "contact-email"),
    (
        CATALOG,
        "vcard:hasEmail <mailto:samplan@example.org> ;",
        "",
        "contact-email",
    ),
    (
        CATALOG,
        "vcard:hasEmail <mailto",
        "vcard:hasTelephone [ vcard:hasValue <tel:+4610> ] ; vcard:hasEmail <mailto",
        "contact",
    ),
    (
        CATALOG,
        "vcard:fn \"Samplan\"@sv , \"Samplan\"@en ;",
        "",
        "contact-name",
    ),
    (
        CATALOG,
        LICENCE,
        "    dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> .\n\n<catalog/contact>",
        "catalog-licence",
    ),
    (
        CATALOG,
        LICENCE,
        "    dcterms:license <http://creativecommons.org/publicdomain/zero/1.0> .\n\n<catalog/contact>",
        "catalog-licence",
    ),
    (
        CATALOG,
        LICENCE,
        "    dcterms:license <http://creativecommons.org/licenses/by/4.0/> .\n\n<catalog/contact>",
        "catalog-licence",
    ),
    (
        CATALOG,
        "dcterms:issued \"2026-11-22\"^^xsd:date ;",
        "dcterms:issued \"2026-11\"^^xsd:gYearMonth ;",
        "catalog-issued",
    ),
    (
        CATALOG,
        "dcterms:issued \"2026-11-22\"^^xsd:date ;",
        "dcterms:issued \"2026-11-22\" ;",
        "catalog-issued",
    ),
    (
        CATALOG,
        "authority/language/SWE>",
        "authority/language/sv>",
        "catalog-language",
    ),
    (
        CATALOG,
        "<http://publications.europa.eu/resource/authority/language/SWE>",
        "\"sv\"",
        "catalog-language",
    ),
    (
        CATALOG,
        SPATIAL,
        "dcterms:spatial [ dcat:bbox \"POLYGON EMPTY\" ] ;",
        "catalog-spatial",
    ),
    (
        CATALOG,
        SPATIAL,
        "dcterms:spatial <http://sws.geonames.org/2661886> ;",
        "catalog-spatial",
    ),
    (
        CATALOG,
        SPATIAL,
        "dcat:keyword \"handlingsplan, klimat\"@sv ;",
        "catalog-keyword",
    ),
    (
        CATALOG,
        SPATIAL,
        "dcat:keyword \"handlingsplan\" ;",
        "catalog-keyword",
    ),
    (
        CATALOG,
        SPATIAL,
        "dcat:keyword \"Handlingsplan\"@sv ;",
        "catalog-keyword",
    ),
    (
        CATALOG,
        SPATIAL,
        "dcterms:accrualPeriodicity <http://purl.org/cld/freq/annual> ;",
        "catalog",
    ),
    (
        CATALOG,
        SPATIAL,
        "dcat:record <catalog/record> ;",
        "catalog",
    ),
    (
        CATALOG,
        SPATIAL,
        "<http://data.europa.eu/r5r/applicableLegislation> <http://data.europa.eu/eli/reg_impl/2023/138/oj> ;",
        "catalog",
    ),
    (CATALOG, "0a64f1c4-", "0A64F1C4-", "catalog-identifier"),
    (
        CATALOG,
        "<catalog/contact> a vcard",
        "<dataset/a> a dcat:Dataset .\n<catalog/contact> a vcard",
        "catalog-made",
    ),
    (
        CATALOG,
        "<catalog/contact> a vcard",
        "<dataset/a/csv> a dcat:Distribution ; dcat:accessURL <a> , <b> .\n<catalog/contact> a vcard",
        "catalog-made",
    ),
    (
        CATALOG,
        "<catalog/contact> a vcard",
        "<dataset/a/csv> a dcat:Distribution ; dcat:byteSize \"12 kB\" .\n<catalog/contact> a vcard",
        "catalog-made",
    ),
    (
        PLAN,
        RIGHTS,
        "dcterms:license <https://creativecommons.org/licenses/by/4.0/> ; dcterms:source <plan/vasterbotten-2026/source> ;",
        "licence",
    ),
    (
        PLAN,
        RIGHTS,
        "dcterms:license <http://creativecommons.org/licenses/by/4.0/deed.sv> ; dcterms:source <plan/vasterbotten-2026/source> ;",
        "licence",
    ),
    (
        PLAN,
        RIGHTS,
        "dcterms:license \"CC BY\" ; dcterms:source <plan/vasterbotten-2026/source> ;",
        "licence",
    ),
    (
        PLAN,
        "dcterms:title \"Handlingsplan 2026 för kommunerna samverkan inom digitaliseringsområdet\"@sv",
        "dcterms:title \"Handlingsplan 2026 för kommunerna samverkan inom digitaliseringsområdet\"",
        "title-language",
    ),
    (
        PLAN,
        "dcterms:modified \"2026-11-22\"^^xsd:date",
        "dcterms:modified \"2026-11\"^^xsd:gYearMonth",
        "layer-modified",
    ),
    (
        PLAN,
        "dcterms:issued \"2026-11-22\"^^xsd:date",
        "dcterms:issued \"2026\"^^xsd:gYear",
        "layer-issued",
    ),
    (
        PLAN,
        "dcat:startDate \"2026-01-01\"^^xsd:date",
        "dcat:startDate \"2026-01\"^^xsd:gYearMonth",
        "period-start",
    ),
    (
        PLAN,
        "dcat:startDate \"2026-01-01\"^^xsd:date",
        "dcat:startDate \"2027-01-01\"^^xsd:date",
        "period-order",
    ),
];

#[test]
fn each_is_refused_by_its_rule_with_words() {
    let mut wrong = Vec::new();
    for (file, from, to, rule) in MUTATIONS {
        let dir = copy_of_data();
        let path = dir.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_samplan"))
            .args(["check", "--data", dir.path().to_str().unwrap()])
            .output()
            .unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        let refused = output.status.code() == Some(1) && said.contains(&format!("({rule})"));
        if !refused {
            wrong.push(format!("{file}: {to} should break {rule}: {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
