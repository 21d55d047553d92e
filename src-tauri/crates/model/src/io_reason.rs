//! Why the operating system refused, as people read it.

use std::io::{Error, ErrorKind};

/// The reason of a failed access to a file or a connection, without full stop: in our words where the kind says enough, else
/// in the system's own, without its number.
pub fn io_reason(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "it does not exist".to_owned(),
        ErrorKind::PermissionDenied => "access is denied".to_owned(),
        ErrorKind::AlreadyExists => "it already exists".to_owned(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::NotADirectory => "a part of its path is no folder".to_owned(),
        ErrorKind::InvalidFilename => "its name is not allowed on this system".to_owned(),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            "another program is using it".to_owned()
        }
        ErrorKind::TimedOut => "there was no answer in time".to_owned(),
        ErrorKind::ConnectionRefused => "nothing answers".to_owned(),
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof => "the connection was closed".to_owned(),
        ErrorKind::InvalidData => "it is not text".to_owned(),
        _ if error.raw_os_error().is_some() => {
            let text = error.to_string();
            let end = text.rfind(" (os error ").unwrap_or(text.len());
            text[..end].trim_end_matches('.').to_owned()
        }
        _ => "the system gives no reason".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reason_has_a_number_or_a_library_in_it() {
        for code in 1..134 {
            let said = io_reason(&Error::from_raw_os_error(code));
            assert!(!said.is_empty() && !said.contains("os error"), "{code}: {said}");
        }
        let library = Error::new(ErrorKind::InvalidData, "stream did not contain valid UTF-8");
        assert_eq!(io_reason(&library), "it is not text");
        assert_eq!(
            io_reason(&Error::other("Custom { kind: Other }")),
            "the system gives no reason"
        );
    }
}
