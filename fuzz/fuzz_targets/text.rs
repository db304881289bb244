//! Any bytes, as a file of plain text.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/import_properties.rs"]
mod import_properties;

use import_properties::broken;

fuzz_target!(|data: &[u8]| {
    assert_eq!(broken(data), [""; 0]);
});
