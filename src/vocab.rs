//! The terms of the vocabulary and of those it builds on, as constants, and its files.
//!
//! A test checks every term of [`plan`], [`status`] and [`role`] against the files in `vocab/`.

use oxrdf::NamedNodeRef;

/// `vocab/ontology.ttl`: classes, properties, precisions, review states, methods.
pub const ONTOLOGY: &str = include_str!("../vocab/ontology.ttl");
/// `vocab/status.ttl`: the status scheme.
pub const STATUS: &str = include_str!("../vocab/status.ttl");
/// `vocab/role.ttl`: the role scheme.
pub const ROLE: &str = include_str!("../vocab/role.ttl");
/// `vocab/shapes.ttl`: the constraints, in SHACL.
pub const SHAPES: &str = include_str!("../vocab/shapes.ttl");
/// `vocab/context.jsonld`: the JSON-LD context.
pub const CONTEXT: &str = include_str!("../vocab/context.jsonld");
/// `vocab/plan.schema.json`: the JSON Schema of a plan's JSON-LD.
pub const SCHEMA: &str = include_str!("../vocab/plan.schema.json");

/// The IRI of the ontology.
pub const ONTOLOGY_IRI: &str = "https://w3id.org/samplan/ns";
/// The IRI of the status scheme.
pub const STATUS_IRI: &str = "https://w3id.org/samplan/status";
/// The IRI of the role scheme.
pub const ROLE_IRI: &str = "https://w3id.org/samplan/role";
/// The IRI of the shapes.
pub const SHAPES_IRI: &str = "https://w3id.org/samplan/ns/shapes";

/// The prefixes of every Turtle, `TriG` and RDF/XML file written here, by namespace.
pub const PREFIXES: &[(&str, &str)] = &[
    ("adms", adms::NS),
    ("csvw", csvw::NS),
    ("dcat", dcat::NS),
    ("dcatap", dcatap::NS),
    ("dcmitype", dcmitype::NS),
    ("dcterms", dcterms::NS),
    ("foaf", foaf::NS),
    ("hydra", hydra::NS),
    ("m8g", m8g::NS),
    ("oa", oa::NS),
    ("org", org::NS),
    ("owl", owl::NS),
    ("pav", pav::NS),
    ("plan", plan::NS),
    ("prov", prov::NS),
    ("qb", qb::NS),
    ("rdf", rdf::NS),
    ("rdfs", rdfs::NS),
    ("role", role::NS),
    ("schema", schema::NS),
    ("sd", sd::NS),
    ("sdmx-attribute", sdmx::NS),
    ("sh", sh::NS),
    ("skos", skos::NS),
    ("spdx", spdx::NS),
    ("sssom", sssom::NS),
    ("status", status::NS),
    ("vcard", vcard::NS),
    ("void", void::NS),
    ("void-ext", void_ext::NS),
    ("xsd", xsd::NS),
];

/// The IRI with a prefix where there is one, else in angle brackets.
pub fn compact(iri: &str) -> String {
    PREFIXES
        .iter()
        .find_map(|(prefix, namespace)| {
            let local = iri.strip_prefix(namespace)?;
            Some(format!("{prefix}:{local}"))
        })
        .unwrap_or_else(|| format!("<{iri}>"))
}

/// One module of constants a namespace.
macro_rules! namespace {
    ($(#[$doc:meta])* $module:ident $ns:literal { $($name:ident = $local:literal,)* }) => {
        $(#[$doc])*
        pub mod $module {
            use super::NamedNodeRef;

            /// The namespace.
            pub const NS: &str = $ns;

            $(
                #[doc = concat!("`", $ns, $local, "`")]
                pub const $name: NamedNodeRef<'static> =
                    NamedNodeRef::new_unchecked(concat!($ns, $local));
            )*

            /// Every term of the module.
            pub const ALL: &[NamedNodeRef<'static>] = &[$($name,)*];
        }
    };
}

namespace! {
    /// Our own terms.
    plan "https://w3id.org/samplan/ns#" {
        PLAN = "Plan",
        FOCUS_AREA = "FocusArea",
        ACTIVITY = "Activity",
        GOAL = "Goal",
        FRAMEWORK = "Framework",
        FOLLOW_UP = "FollowUp",
        ALIGNMENT = "Alignment",
        FOOTNOTE = "Footnote",
        SECTION = "Section",
        REFERENCE = "Reference",
        STATED_GRAPH = "StatedGraph",
        INTERPRETED_GRAPH = "InterpretedGraph",
        EDITORIAL_GRAPH = "EditorialGraph",
        SUGGESTED_GRAPH = "SuggestedGraph",
        REFERENCE_GRAPH = "ReferenceGraph",
        IN_PLAN = "inPlan",
        FOCUS_AREA_OF = "focusArea",
        SUB_ACTIVITY_OF = "subActivityOf",
        POSITION = "position",
        MARKER = "marker",
        APPROACH = "approach",
        IMPLEMENTS = "implements",
        FOLLOW_UP_FREQUENCY = "followUpFrequency",
        RESPONSIBLE = "responsible",
        SUPPORTING = "supporting",
        DISTRIBUTIVE = "distributive",
        STATUS_TEXT = "statusText",
        SOURCE_TEXT = "sourceText",
        SOURCE_RANGE = "sourceRange",
        PRECISION = "precision",
        FOLLOW_UP_OF = "followUpOf",
        REPORTED_IN = "reportedIn",
        CONTRIBUTES_TO = "contributesTo",
        ALIGNED = "aligned",
        ALIGNED_WITH = "alignedWith",
        FITS_NO_GOAL_OF = "fitsNoGoalOf",
        REVIEW_STATE = "reviewState",
        CONFIDENCE = "confidence",
        METHOD = "method",
        COMPARISON = "comparison",
        OBSERVED_PLAN = "observedPlan",
        OBSERVED_GOAL = "observedGoal",
        ACTIVITY_COUNT = "activityCount",
        ORGANISATION_NUMBER = "organisationNumber",
        SCB_CODE = "scbCode",
    }
}
namespace! {
    /// Status concepts; their keys are those of [`crate::model::Status`].
    status "https://w3id.org/samplan/status/" {}
}
namespace! {
    /// Role concepts; their keys are those of [`crate::model::Role`].
    role "https://w3id.org/samplan/role/" {}
}
namespace! {
    /// ADMS.
    adms "http://www.w3.org/ns/adms#" { STATUS = "status", }
}
namespace! {
    /// The kinds of publishers of ADMS.
    publisher_type "http://purl.org/adms/publishertype/" {
        LOCAL_AUTHORITY = "LocalAuthority", NATIONAL_AUTHORITY = "NationalAuthority",
        REGIONAL_AUTHORITY = "RegionalAuthority",
    }
}
namespace! {
    /// The status scheme of ADMS.
    adms_status "http://purl.org/adms/status/" { WITHDRAWN = "Withdrawn", }
}
namespace! {
    /// DCAT 3.
    dcat "http://www.w3.org/ns/dcat#" {
        ACCESS_SERVICE = "accessService",
        ACCESS_URL = "accessURL",
        BYTE_SIZE = "byteSize",
        CATALOG = "Catalog",
        COMPRESS_FORMAT = "compressFormat",
        CONTACT_POINT = "contactPoint",
        DATASET_CLASS = "Dataset",
        DATASET = "dataset",
        DATASET_SERIES = "DatasetSeries",
        DATA_SERVICE = "DataService",
        DISTRIBUTION_CLASS = "Distribution",
        DISTRIBUTION = "distribution",
        DOWNLOAD_URL = "downloadURL",
        ENDPOINT_DESCRIPTION = "endpointDescription",
        ENDPOINT_URL = "endpointURL",
        END_DATE = "endDate",
        IN_SERIES = "inSeries",
        KEYWORD = "keyword",
        LANDING_PAGE = "landingPage",
        MEDIA_TYPE = "mediaType",
        PREV = "prev",
        SERVES_DATASET = "servesDataset",
        SERVICE = "service",
        START_DATE = "startDate",
        THEME = "theme",
        THEME_TAXONOMY = "themeTaxonomy",
        VERSION = "version",
    }
}
namespace! {
    /// DCMI types.
    dcmitype "http://purl.org/dc/dcmitype/" { SERVICE = "Service", COLLECTION = "Collection", }
}
namespace! {
    /// DCMI terms.
    dcterms "http://purl.org/dc/terms/" {
        ABSTRACT = "abstract",
        ACCESS_RIGHTS = "accessRights",
        ALTERNATIVE = "alternative",
        CONFORMS_TO = "conformsTo",
        CREATOR = "creator",
        DATE = "date",
        DATE_ACCEPTED = "dateAccepted",
        DESCRIPTION = "description",
        FORMAT = "format",
        HAS_PART = "hasPart",
        IS_PART_OF = "isPartOf",
        IS_REPLACED_BY = "isReplacedBy",
        IS_VERSION_OF = "isVersionOf",
        ISSUED = "issued",
        IDENTIFIER = "identifier",
        IMT = "IMT",
        LANGUAGE = "language",
        LICENSE = "license",
        LICENSE_DOCUMENT = "LicenseDocument",
        LOCATION = "Location",
        MEDIA_TYPE_CLASS = "MediaType",
        MEDIA_TYPE_OR_EXTENT = "MediaTypeOrExtent",
        MODIFIED = "modified",
        PERIOD_OF_TIME = "PeriodOfTime",
        PUBLISHER = "publisher",
        REFERENCES = "references",
        RELATION = "relation",
        REPLACES = "replaces",
        RIGHTS = "rights",
        RIGHTS_STATEMENT = "RightsStatement",
        SOURCE = "source",
        SUBJECT = "subject",
        SPATIAL = "spatial",
        STANDARD = "Standard",
        TEMPORAL = "temporal",
        TITLE = "title",
        TYPE = "type",
    }
}
namespace! {
    /// FOAF.
    foaf "http://xmlns.com/foaf/0.1/" {
        PRIMARY_TOPIC = "primaryTopic",
        AGENT = "Agent",
        DOCUMENT = "Document",
        HOMEPAGE = "homepage",
        MEMBER = "member",
        NAME = "name",
        ORGANIZATION = "Organization",
        PAGE = "page",
        PROJECT = "Project",
    }
}
namespace! {
    /// EU Core Vocabularies.
    m8g "http://data.europa.eu/m8g/" {
        HAS_PARTICIPANT = "hasParticipant",
        HAS_PARTICIPATION = "hasParticipation",
        PARTICIPATION = "Participation",
        REFERENCE_FRAMEWORK = "ReferenceFramework",
        ROLE = "role",
    }
}
namespace! {
    /// Web Annotation.
    oa "http://www.w3.org/ns/oa#" {
        EXACT = "exact",
        HAS_SELECTOR = "hasSelector",
        HAS_SOURCE = "hasSource",
        HAS_TARGET = "hasTarget",
        PREFIX = "prefix",
        SPECIFIC_RESOURCE = "SpecificResource",
        SUFFIX = "suffix",
        TEXT_QUOTE_SELECTOR = "TextQuoteSelector",
    }
}
namespace! {
    /// The Organization Ontology.
    org "http://www.w3.org/ns/org#" { UNIT_OF = "unitOf", }
}
namespace! {
    /// SHACL.
    sh "http://www.w3.org/ns/shacl#" {
        CLASS = "class",
        DATATYPE = "datatype",
        DECLARE = "declare",
        DEFAULT_VALUE = "defaultValue",
        DESCRIPTION = "description",
        IN = "in",
        MAX_INCLUSIVE = "maxInclusive",
        MAX_LENGTH = "maxLength",
        MESSAGE = "message",
        MIN_INCLUSIVE = "minInclusive",
        MIN_LENGTH = "minLength",
        NAME = "name",
        NAMESPACE = "namespace",
        NODE_SHAPE = "NodeShape",
        OPTIONAL = "optional",
        ORDER = "order",
        PARAMETER_CLASS = "Parameter",
        PARAMETER = "parameter",
        PATH = "path",
        PREFIX = "prefix",
        PREFIXES = "prefixes",
        PREFIX_DECLARATION = "PrefixDeclaration",
        PROPERTY = "property",
        SELECT = "select",
        SPARQL_EXECUTABLE = "SPARQLExecutable",
        SPARQL_SELECT_EXECUTABLE = "SPARQLSelectExecutable",
        TARGET_CLASS = "targetClass",
    }
}
namespace! {
    /// schema.org.
    schema "https://schema.org/" {
        ADDITIONAL_PROPERTY = "additionalProperty",
        KEYWORDS = "keywords",
        MAX_VALUE = "maxValue",
        NAME = "name",
        PROPERTY_ID = "propertyID",
        PROPERTY_VALUE = "PropertyValue",
        TARGET = "target",
        UNIT_CODE = "unitCode",
        UNIT_TEXT = "unitText",
    }
}
namespace! {
    /// CSV on the Web.
    csvw "http://www.w3.org/ns/csvw#" {
        COLUMN = "column",
        NAME = "name",
        TITLES = "titles",
    }
}
namespace! {
    /// SPARQL 1.1 Service Description.
    sd "http://www.w3.org/ns/sparql-service-description#" {
        DATASET = "Dataset",
        DEFAULT_DATASET = "defaultDataset",
        DEFAULT_GRAPH = "defaultGraph",
        ENDPOINT = "endpoint",
        FEATURE = "feature",
        GRAPH_CLASS = "Graph",
        GRAPH = "graph",
        NAME = "name",
        NAMED_GRAPH_CLASS = "NamedGraph",
        NAMED_GRAPH = "namedGraph",
        RESULT_FORMAT = "resultFormat",
        SERVICE = "Service",
        SPARQL_11_QUERY = "SPARQL11Query",
        SUPPORTED_LANGUAGE = "supportedLanguage",
    }
}
namespace! {
    /// Vocabulary of Interlinked Datasets.
    void "http://rdfs.org/ns/void#" {
        CLASS = "class",
        CLASSES = "classes",
        CLASS_PARTITION = "classPartition",
        DATASET = "Dataset",
        DATASET_DESCRIPTION = "DatasetDescription",
        DISTINCT_OBJECTS = "distinctObjects",
        DISTINCT_SUBJECTS = "distinctSubjects",
        ENTITIES = "entities",
        EXAMPLE_RESOURCE = "exampleResource",
        FEATURE = "feature",
        PROPERTIES = "properties",
        PROPERTY = "property",
        PROPERTY_PARTITION = "propertyPartition",
        ROOT_RESOURCE = "rootResource",
        SPARQL_ENDPOINT = "sparqlEndpoint",
        SUBSET = "subset",
        TRIPLES = "triples",
        URI_SPACE = "uriSpace",
        VOCABULARY = "vocabulary",
    }
}
namespace! {
    /// The extension of `VoID` by which datatypes are counted, as query editors read it.
    void_ext "http://ldf.fi/void-ext#" {
        DATATYPE = "datatype",
        DATATYPE_PARTITION = "datatypePartition",
    }
}
namespace! {
    /// vCard.
    vcard "http://www.w3.org/2006/vcard/ns#" {
        EMAIL = "Email",
        FN = "fn",
        HAS_EMAIL = "hasEmail",
        HAS_URL = "hasURL",
        INDIVIDUAL = "Individual",
        ORGANIZATION = "Organization",
    }
}
namespace! {
    /// DCAT-AP.
    dcatap "http://data.europa.eu/r5r/" { AVAILABILITY = "availability", }
}
namespace! {
    /// Open Data Rights Statements.
    odrs "http://schema.theodi.org/odrs#" { RIGHTS_STATEMENT = "RightsStatement", }
}
namespace! {
    /// Hydra, for pages of a collection.
    hydra "http://www.w3.org/ns/hydra/core#" {
        COLLECTION = "Collection",
        FIRST = "first",
        LAST = "last",
        NEXT = "next",
        PARTIAL_COLLECTION_VIEW = "PartialCollectionView",
        PREVIOUS = "previous",
        TOTAL_ITEMS = "totalItems",
        VIEW = "view",
    }
}
namespace! {
    /// OWL.
    owl "http://www.w3.org/2002/07/owl#" {
        ANNOTATED_PROPERTY = "annotatedProperty",
        ANNOTATED_SOURCE = "annotatedSource",
        ANNOTATED_TARGET = "annotatedTarget",
        CLASS = "Class",
        DATATYPE_PROPERTY = "DatatypeProperty",
        OBJECT_PROPERTY = "ObjectProperty",
        ONTOLOGY = "Ontology",
        SAME_AS = "sameAs",
        VERSION_INFO = "versionInfo",
    }
}
namespace! {
    /// Provenance, authoring and versioning.
    pav "http://purl.org/pav/" {
        AUTHORED_BY = "authoredBy",
        AUTHORED_ON = "authoredOn",
        RETRIEVED_ON = "retrievedOn",
    }
}
namespace! {
    /// PROV-O.
    prov "http://www.w3.org/ns/prov#" {
        ACTIVITY = "Activity",
        ENTITY = "Entity",
        SPECIALIZATION_OF = "specializationOf",
        WAS_ASSOCIATED_WITH = "wasAssociatedWith",
        WAS_ATTRIBUTED_TO = "wasAttributedTo",
        WAS_DERIVED_FROM = "wasDerivedFrom",
        WAS_GENERATED_BY = "wasGeneratedBy",
        WAS_REVISION_OF = "wasRevisionOf",
    }
}
namespace! {
    /// The RDF Data Cube Vocabulary.
    qb "http://purl.org/linked-data/cube#" {
        DATA_SET = "DataSet",
        DATA_SET_OF = "dataSet",
        OBSERVATION = "Observation",
        STRUCTURE = "structure",
    }
}
namespace! {
    /// The attributes of SDMX for data cubes.
    sdmx "http://purl.org/linked-data/sdmx/2009/attribute#" { OBS_STATUS = "obsStatus", }
}
namespace! {
    /// RDF.
    rdf "http://www.w3.org/1999/02/22-rdf-syntax-ns#" {
        FIRST = "first",
        NIL = "nil",
        REST = "rest",
        TYPE = "type",
        VALUE = "value",
    }
}
namespace! {
    /// RDF Schema.
    rdfs "http://www.w3.org/2000/01/rdf-schema#" {
        COMMENT = "comment",
        DATATYPE = "Datatype",
        DOMAIN = "domain",
        LABEL = "label",
        RANGE = "range",
        SEE_ALSO = "seeAlso",
        SUB_CLASS_OF = "subClassOf",
    }
}
namespace! {
    /// SKOS.
    skos "http://www.w3.org/2004/02/skos/core#" {
        ALT_LABEL = "altLabel",
        BROADER = "broader",
        BROAD_MATCH = "broadMatch",
        CLOSE_MATCH = "closeMatch",
        CONCEPT = "Concept",
        CONCEPT_SCHEME = "ConceptScheme",
        DEFINITION = "definition",
        EDITORIAL_NOTE = "editorialNote",
        EXACT_MATCH = "exactMatch",
        IN_SCHEME = "inScheme",
        NARROW_MATCH = "narrowMatch",
        NOTATION = "notation",
        NOTE = "note",
        PREF_LABEL = "prefLabel",
        RELATED_MATCH = "relatedMatch",
        SCOPE_NOTE = "scopeNote",
        TOP_CONCEPT_OF = "topConceptOf",
    }
}
namespace! {
    /// SPDX.
    spdx "http://spdx.org/rdf/terms#" {
        ALGORITHM = "algorithm",
        CHECKSUM = "checksum",
        CHECKSUM_CLASS = "Checksum",
        CHECKSUM_VALUE = "checksumValue",
    }
}
namespace! {
    /// SSSOM: mappings between concepts.
    sssom "https://w3id.org/sssom/" { MAPPING = "Mapping", }
}
namespace! {
    /// XML Schema datatypes.
    xsd "http://www.w3.org/2001/XMLSchema#" {
        ANY_URI = "anyURI",
        BOOLEAN = "boolean",
        DATE = "date",
        DECIMAL = "decimal",
        HEX_BINARY = "hexBinary",
        INTEGER = "integer",
        NON_NEGATIVE_INTEGER = "nonNegativeInteger",
        STRING = "string",
    }
}
