#![no_main]
#![allow(missing_docs)]

libfuzzer_sys::fuzz_target!(init: fuzzing::begin(), |data: &[u8]| fuzzing::enter("directory_client", data));
