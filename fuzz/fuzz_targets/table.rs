//! Rows below the header of a table laid out in columns.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/import_properties.rs"]
mod import_properties;

use import_properties::broken;

const HEAD: &str =
    "Handlingsplan för Region Dalarna 2024–2026\n\nNr   Åtgärd              Ansvarig          Tidplan      Status\n";

fuzz_target!(|data: &[u8]| {
    assert_eq!(broken(&[HEAD.as_bytes(), data].concat()), [""; 0]);
});
