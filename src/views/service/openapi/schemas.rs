//! The trees that JSON answers are.

use serde_json::{Value, json};

/// The schemas that are referred to.
pub(super) fn schemas() -> Value {
    json!({
        "SparqlResults": {
            "description": "SPARQL 1.1 Query Results JSON.",
            "type": "object", "required": ["head"],
            "properties": {
                "head": { "type": "object", "properties": {
                    "vars": { "type": "array", "items": { "type": "string" } } } },
                "boolean": { "type": "boolean" },
                "results": { "type": "object", "required": ["bindings"], "properties": {
                    "bindings": { "type": "array", "items": {
                        "type": "object",
                        "additionalProperties": { "$ref": "#/components/schemas/Term" } } } } }
            }
        },
        "Term": {
            "type": "object", "required": ["type", "value"],
            "properties": {
                "type": { "type": "string", "enum": ["uri", "literal", "bnode"] },
                "value": { "type": "string" },
                "datatype": { "type": "string" },
                "xml:lang": { "type": "string" }
            }
        },
        "Problem": problem(),
        "Readiness": readiness()
    })
}

fn problem() -> Value {
    json!({
        "description": "RFC 9457.",
        "type": "object", "required": ["title", "status", "detail"],
        "properties": {
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "line": { "type": "integer", "description": "Where a query is wrong, from 1." },
            "column": { "type": "integer", "description": "The character in the line, from 1." },
            "excerpt": { "type": "string", "description": "The line, and a mark below the place." },
            "formats": { "type": "array", "items": { "type": "string" },
                "description": "The media types that it is to be had in." },
            "parameters": { "type": "array", "description": "What is wrong with which parameter.",
                "items": { "type": "object", "required": ["name", "detail"], "properties": {
                    "name": { "type": "string" }, "detail": { "type": "string" } } } }
        }
    })
}

fn readiness() -> Value {
    json!({
        "description": "What is served, and what of the data folder is not.",
        "type": "object",
        "required": ["status", "revision", "plans", "refused", "not_taken_up"],
        "properties": {
            "status": { "type": "string" },
            "revision": { "type": "string", "description": "The hash of all data." },
            "plans": {
                "type": "object", "description": "The plans, by id.",
                "additionalProperties": {
                    "type": "object", "required": ["revision"],
                    "properties": { "revision": { "type": "string" } }
                }
            },
            "refused": {
                "type": "array", "description": "What breaks a rule.",
                "items": { "type": "object", "required": ["what", "findings"], "properties": {
                    "what": { "type": "string" },
                    "findings": { "type": "array", "items": { "type": "string" } } } }
            },
            "not_taken_up": {
                "type": ["string", "null"],
                "description": "Why the folder as it is now is not served, where it is not."
            }
        }
    })
}
