//! Records below the header of separated values.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/import_properties.rs"]
mod import_properties;

use import_properties::broken;

const HEAD: &str =
    "Åtgärd;Ansvarig;Tidplan;Status\nInföra e-tjänster;Region Dalarna;2024–2026;Pågår\n";

fuzz_target!(|data: &[u8]| {
    assert_eq!(broken(&[HEAD.as_bytes(), data].concat()), [""; 0]);
});
