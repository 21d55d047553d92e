//! One error shape for every door: `{ code, message, action, field? }`.

use serde::{Deserialize, Serialize};

/// Shorthand for results that fail with [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong and what to do next. Shown to people as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
#[cfg_attr(feature = "contract", ts(rename = "Failure"))]
pub struct Error {
    /// Stable, for programs.
    #[cfg_attr(feature = "contract", ts(type = "string"))]
    pub code: Code,
    /// What happened, one sentence.
    pub message: String,
    /// What to do next, one sentence.
    pub action: String,
    /// The input the error belongs to, where there is one (for example `base_dn`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub field: Option<String>,
}

impl Error {
    /// An error with the code's standard action.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), action: code.action().to_owned(), field: None }
    }

    /// An error that says no more than its code does.
    pub fn of(code: Code) -> Self {
        Self::new(code, code.summary())
    }

    /// Replaces the standard action by a more exact one.
    #[must_use]
    pub fn with_action(mut self, action: impl Into<String>) -> Self {
        self.action = action.into();
        self
    }

    /// Names the input that the error belongs to.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

macro_rules! codes {
    ($($name:ident $text:literal $summary:literal $action:literal;)+) => {
        /// Every way to fail, with a stable text form in `snake_case`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Code { $(#[doc = $summary] $name,)+ }

        impl Code {
            /// All codes, for tables and tests.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];
            /// The stable text form.
            pub fn as_str(self) -> &'static str { match self { $(Code::$name => $text,)+ } }
            /// What the code means, one sentence.
            pub fn summary(self) -> &'static str { match self { $(Code::$name => $summary,)+ } }
            /// What to do about it, one sentence.
            pub fn action(self) -> &'static str { match self { $(Code::$name => $action,)+ } }
        }
    };
}

codes! {
    // Input
    InvalidInput "invalid_input" "A value is not usable." "Correct the value and try again.";
    InvalidDn "invalid_dn" "The text is not a distinguished name." "Write it like OU=Sales,DC=example,DC=com; escape commas inside a value with a backslash.";
    InvalidFilter "invalid_filter" "The text is not an LDAP filter." "Write it as in RFC 4515, for example (&(objectClass=person)(l=Berlin)).";
    InvalidMapping "invalid_mapping" "The mapping file has a value that cannot be used." "Correct the named key and apply the file again.";
    InvalidSettings "invalid_settings" "The settings file cannot be read." "Correct the named line, or move the file away to start afresh.";
    SettingsTooNew "settings_too_new" "The settings were written by a newer version." "Install that version or a later one.";
    NotFound "not_found" "There is nothing of that name." "List what there is and use one of those names.";
    AlreadyExists "already_exists" "The name is taken." "Choose another name, or remove the existing one first.";
    SettingsPresent "settings_present" "There are settings here already, which the file would replace." "Say that they are to be replaced, or remove them first.";
    PasswordUnclear "password_unclear" "The password in the file can be read in more than one way." "Nothing of it was taken over, and the file stays as it is: enter the password yourself, at registration or with the proxy in the settings.";
    PasswordInFile "password_in_file" "The password is taken over, but it is still in the file." "Blank it in the file yourself, or try again with rights to change the file and its folder.";
    RightsChanged "rights_changed" "The file was changed, but its access rights are no longer those from before." "Set the rights of the file yourself.";
    InUse "in_use" "Something else still needs it." "Remove or change what uses it first.";
    // Reaching a server
    ResolveFailed "resolve_failed" "The host name cannot be resolved." "Check the spelling of the host and the DNS settings of this machine.";
    ConnectRefused "connect_refused" "Nothing answers on that host and port." "Check host and port, and that a firewall lets this machine through.";
    ConnectTimeout "connect_timeout" "The host did not answer in time." "Check that the host is up and that a firewall lets this machine through.";
    ConnectionLost "connection_lost" "The connection was closed in the middle." "Try again; if it happens often, look at the server's log and at firewalls in between.";
    Timeout "timeout" "The operation did not end within its deadline." "Try again; if it happens often, look at the load of the server.";
    Cancelled "cancelled" "The operation was cancelled." "Start it again when you are ready.";
    ProtocolViolation "protocol_violation" "The other side sent something that is not allowed by its protocol." "Check that host and port belong to the right server.";
    MessageTooLarge "message_too_large" "The other side sent a message beyond the size or nesting limit." "Check that host and port belong to the right server.";
    // TLS
    TlsUnknownIssuer "tls_unknown_issuer" "The server's certificate was issued by an authority that is not trusted here." "Add your company's CA certificate, after comparing its fingerprint; account certificates shows what the server presents.";
    TlsWrongHost "tls_wrong_host" "The server's certificate is for another host name." "Use a host name that is listed in the certificate.";
    TlsExpired "tls_expired" "The server's certificate has expired." "Have the certificate renewed on the server.";
    TlsNotYetValid "tls_not_yet_valid" "The server's certificate is not valid yet." "Check the clocks of this machine and of the server.";
    TlsFailed "tls_failed" "No secure connection could be agreed on." "Check that the port speaks TLS, and that the server offers TLS 1.2 or later.";
    TlsRequired "tls_required" "The server refuses a password without TLS." "Choose ldaps or starttls as security.";
    InvalidCertificate "invalid_certificate" "The file holds no usable certificate." "Give a PEM file with the certificate of your company's CA.";
    // Directory
    WrongCredentials "wrong_credentials" "The directory refuses this name and password." "Check the bind name (a DN, user@domain or DOMAIN\\user) and the password.";
    CredentialsExpired "credentials_expired" "The password of the bind account has expired or must be changed." "Set a new password for it in the directory, then enter it here.";
    AccountLocked "account_locked" "The bind account is locked or disabled." "Unlock or enable it in the directory.";
    NoReadRights "no_read_rights" "The bind account may not read this part of the directory." "Give the account read rights below the base DN.";
    BaseNotFound "base_not_found" "The base DN does not exist." "Choose one of the base DNs that the directory offers.";
    ScopeMissing "scope_missing" "An organizational unit or group of the mapping is no longer to be seen in the directory." "Give the bind account its rights back, or choose it anew in the mapping; until then nobody of it is changed.";
    DirectoryUnavailable "directory_unavailable" "No server of the account can be reached." "Run a check of the account to see which step fails.";
    DirectoryBusy "directory_busy" "The directory is too busy to answer." "Wait a moment; the connector tries again by itself.";
    DirectoryRefused "directory_refused" "The directory refused the operation." "Look at the server's message; often a limit or a right is missing.";
    IncompleteRead "incomplete_read" "The directory did not return everything." "Raise the size limit for the bind account, or narrow the mapping; nobody who was not read is changed.";
    ChangesUnknown "changes_unknown" "The server no longer knows what changed since the last time." "Nothing; everything is read once more by itself.";
    UniqueIdMissing "unique_id_missing" "Entries have no usable unique identifier." "Set the attribute that identifies a person in the account's attribute names.";
    AmbiguousUser "ambiguous_user" "More than one person has that name." "Use a name that only one person has.";
    EmptyPassword "empty_password" "The password is empty." "Type the password.";
    // Cloud
    CloudUnavailable "cloud_unavailable" "The cloud cannot be reached." "Check the internet connection and the proxy; the connector keeps trying.";
    ProxyRefused "proxy_refused" "The proxy refused to connect." "Ask for the cloud's address to be allowed on the proxy.";
    ProxyCredentials "proxy_credentials" "The proxy asks for another user or password." "Correct the proxy's user and password.";
    ProxyUnreachable "proxy_unreachable" "The proxy cannot be reached." "Check the proxy's address and port.";
    RegistrationKeyUnknown "registration_key_unknown" "The cloud does not know this registration key." "Copy the key again, or create a new one in the cloud's console.";
    RegistrationKeyUsed "registration_key_used" "The registration key was used before." "Create a new key in the cloud's console; each key works once.";
    RegistrationKeyExpired "registration_key_expired" "The registration key has expired." "Create a new key in the cloud's console and use it soon.";
    NotRegistered "not_registered" "The connector is not registered with a cloud." "Register it with a key from the cloud's console.";
    AlreadyRegistered "already_registered" "The connector is registered already." "Unregister it first if it is to move to another cloud.";
    Revoked "revoked" "The cloud no longer accepts this connector." "Register it again with a new key; another host may have taken over its identity.";
    CloudRefused "cloud_refused" "The cloud refused the request." "Look at the cloud's message.";
    CloudThrottled "cloud_throttled" "The cloud asks to send less." "Wait; the connector goes on by itself.";
    ClockSkew "clock_skew" "The clock of this machine is wrong." "Set the clock, best by time synchronisation; sign-ins are refused until then.";
    NotCovered "not_covered" "No mapping allows this request." "Create a mapping that covers it, if it is wanted.";
    UnknownMethod "unknown_method" "The connector has no such function." "Update the connector if the cloud is newer.";
    ExpiredRequest "expired_request" "The request is past its deadline." "Try again; if it persists, compare the clocks.";
    Replayed "replayed" "The request was seen before." "Send a new request.";
    SealBroken "seal_broken" "The sealed password cannot be opened." "Sign in again; if it persists, register the connector again.";
    Throttled "throttled" "Too many attempts." "Wait some minutes before the next attempt.";
    // Sync
    ImportElsewhere "import_elsewhere" "Another connector imports this mapping." "Import on that connector or in the cloud's console; this one takes over when the other is gone.";
    SyncRunning "sync_running" "An import of this mapping is running already." "Wait for it to end.";
    ApprovalNeeded "approval_needed" "More people would be made inactive than the limit allows." "Look at the preview; approve exactly that list by its hash if it is right.";
    ApprovalStale "approval_stale" "The approved list is no longer the one that would be applied." "Look at the preview again and approve the new hash.";
    // This machine
    KeychainUnavailable "keychain_unavailable" "The system's keychain cannot be used." "Start the Secret Service (or log on), or provide a systemd credential as described in the README.";
    KeychainLocked "keychain_locked" "The keychain is locked." "Unlock it, for example by logging on, and try again.";
    SecretMissing "secret_missing" "The secret is not in the keychain." "Enter it again; secrets are kept for each user account separately.";
    StorageFailed "storage_failed" "A file of the connector cannot be read or written." "Check free disk space and the rights on the connector's home.";
    HomeLocked "home_locked" "Another connector is running on this home." "Stop it first, or use its window or command line.";
    ServiceMissing "service_missing" "The service is not installed on this machine." "Install it with: insync-connector service install.";
    ServiceStopped "service_stopped" "The service that has this home does not run." "Start it with: insync-connector service start.";
    ServiceForbidden "service_forbidden" "Only an administrator may do this." "Start the program as an administrator.";
    ServiceFailed "service_failed" "The system's service manager refused." "Look at its message; the connector's log is in its home.";
    UpdateUnavailable "update_unavailable" "This build has no key to check updates with." "Install new versions by hand, from where this one came from.";
    UpdateUntrusted "update_untrusted" "The update is not signed with the key that this program trusts." "Nothing was installed; tell whoever provides the updates, and do not install it by hand.";
    UpdateInvalid "update_invalid" "The offer of an update cannot be used." "Tell whoever provides the updates; this version goes on.";
    UpdateOutdated "update_outdated" "The update is not later than what is installed." "Nothing needs to be done; older versions are never installed over later ones.";
    UpdateNone "update_none" "No update is offered." "Look again later, or with: insync-connector update check.";
    UpdateFailed "update_failed" "The update was not installed; the version before it goes on." "Look at the message; try again once its cause is mended, or install it by hand.";
    EngineUnreachable "engine_unreachable" "The running connector does not answer." "Restart it; its log says why.";
    Internal "internal" "Something unexpected happened inside the connector." "Send a support bundle (diagnose) to support.";
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_text_form_a_sentence_and_an_action() {
        let mut seen = std::collections::HashSet::new();
        for &code in Code::ALL {
            let json = serde_json::to_string(&code).unwrap();
            assert_eq!(json, format!("\"{}\"", code.as_str()), "serde and as_str must agree");
            assert!(seen.insert(code.as_str()), "{code} is there twice");
            for text in [code.summary(), code.action()] {
                assert!(text.len() > 15 && text.ends_with('.'), "{code}: {text}");
                assert!(text.starts_with(char::is_uppercase), "{code}: {text}");
            }
            assert_ne!(code.summary(), code.action());
        }
    }
}
