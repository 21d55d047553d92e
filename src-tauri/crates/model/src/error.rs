//! One error shape for every door: `{ code, message, action, field? }`.

use crate::terminal::commands_a_terminal;
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
        let message = for_people(message.into());
        Self { code, message, action: code.action().to_owned(), field: None }
    }

    /// An error that says no more than its code does.
    pub fn of(code: Code) -> Self {
        Self::new(code, code.summary())
    }

    /// Replaces the standard action by a more exact one.
    #[must_use]
    pub fn with_action(mut self, action: impl Into<String>) -> Self {
        self.action = for_people(action.into());
        self
    }

    /// Names the input that the error belongs to.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(for_people(field.into()));
        self
    }
}

/// What a file or a server brought in may be quoted in an error: nothing of it commands a terminal.
fn for_people(text: String) -> String {
    let commands = |c: char| commands_a_terminal(c) && c != '\n';
    if text.contains(commands) { text.replace(commands, "\u{fffd}") } else { text }
}

/// An error of which nothing is known.
impl Default for Error {
    fn default() -> Self {
        Self::of(Code::Internal)
    }
}

macro_rules! codes {
    ($($name:ident $text:literal $summary:literal $action:literal;)+) => {
        /// Every way to fail, with a stable text form in `snake_case`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Code { $(#[doc = $summary] #[serde(rename = $text)] $name,)+ }

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
    InvalidInput "invalid_input" "A value cannot be used." "Correct the value and try again.";
    InvalidDn "invalid_dn" "The text is not a distinguished name (DN)." "Write it like OU=Sales,DC=example,DC=com, with a backslash before each comma inside a value.";
    InvalidFilter "invalid_filter" "The text is not an LDAP filter." "Write it as in RFC 4515, for example (&(objectClass=person)(l=Berlin)).";
    InvalidMapping "invalid_mapping" "The mapping file has a value that cannot be used." "Correct the named key and apply the file again.";
    InvalidSettings "invalid_settings" "The settings file cannot be read." "Correct the named line, or move the file away to start over.";
    SettingsLost "settings_lost" "The settings file is missing, empty or cut off, although this home was set up." "Nothing was changed. Copy settings.last.toml, which is beside it, over settings.toml, or restore it from a backup. To start over, remove both.";
    SettingsTooNew "settings_too_new" "The settings were written by a newer version." "Install that version or a later one.";
    NotFound "not_found" "Nothing with this name exists." "List what exists and use one of those names.";
    AlreadyExists "already_exists" "The name is already in use." "Choose another name, or remove what has it first.";
    SettingsPresent "settings_present" "Settings already exist here, and the file would replace them." "Confirm that you want to replace them, or remove them first.";
    PasswordUnclear "password_unclear" "The password in the file can be read in more than one way." "The password was not taken over and the file is unchanged: enter the password yourself when you register, or in the proxy settings.";
    PasswordInFile "password_in_file" "The password was taken over, but it is still in the file." "Delete it from the file yourself, or try again with rights to change the file and its folder.";
    RightsChanged "rights_changed" "The file was changed, but its access rights are no longer the same as before." "Set the rights of the file yourself.";
    NotText "not_text" "The file is not a text file." "Save it as text in UTF-8 or UTF-16.";
    InUse "in_use" "Something else still uses it." "Remove or change what uses it first.";
    // Reaching a server
    ResolveFailed "resolve_failed" "The host name cannot be resolved." "Check the spelling of the host name and the DNS settings of this computer.";
    ConnectRefused "connect_refused" "Nothing answers on this host and port." "Check the host and the port, and that no firewall blocks this computer.";
    ConnectTimeout "connect_timeout" "The host did not answer in time." "Check that the host is running and that no firewall blocks this computer.";
    ConnectionLost "connection_lost" "The connection closed unexpectedly." "Try again. If it happens often, check the server's log and the firewalls in between.";
    Timeout "timeout" "The operation did not finish in time." "Try again. If it happens often, check the load on the server.";
    Cancelled "cancelled" "The operation was cancelled." "Start it again when you are ready.";
    ProtocolViolation "protocol_violation" "The server sent something that its protocol does not allow." "Check that the host and the port belong to the right server.";
    MessageTooLarge "message_too_large" "The server sent a message that exceeds the size or nesting limit." "Check that the host and the port belong to the right server.";
    // TLS
    TlsUnknownIssuer "tls_unknown_issuer" "The server's certificate was issued by an authority that this computer does not trust." "Add your company's CA certificate after you compare its fingerprint. On the command line, account certificates shows what the server presents.";
    TlsWrongHost "tls_wrong_host" "The server's certificate is for a different host name." "Use a host name that the certificate lists.";
    TlsExpired "tls_expired" "The server's certificate has expired." "Renew the certificate on the server.";
    TlsNotYetValid "tls_not_yet_valid" "The server's certificate is not valid yet." "Check the clocks of this computer and of the server.";
    TlsNoHostName "tls_no_host_name" "The server's certificate lists no host name." "Have a new certificate issued with the host name as a subject alternative name (SAN). The common name (CN) does not count.";
    TlsCaAsServer "tls_ca_as_server" "The server presents the certificate of a CA as its own." "Have a certificate issued for this server that is not a CA's (basicConstraints CA:FALSE), with the host name as a subject alternative name (SAN).";
    TlsOldCertificate "tls_old_certificate" "The server's certificate is of X.509 version 1 or 2." "Have a new certificate of version 3 issued, with the host name as a subject alternative name (SAN).";
    TlsUnsupportedSignature "tls_unsupported_signature" "A certificate of the server is signed in a way that is not accepted, such as with SHA-1." "Have a new certificate issued that is signed with RSA and SHA-256 or stronger, or with ECDSA on P-256 or P-384.";
    TlsShortKey "tls_short_key" "The key of a certificate of the server is too short." "Have a new certificate issued with an RSA key of at least 2,048 bits, or with an elliptic-curve key (P-256 or P-384).";
    TlsWrongPurpose "tls_wrong_purpose" "The server's certificate is not meant for servers." "Have a new certificate issued for server authentication (extended key usage serverAuth).";
    TlsUnknownExtension "tls_unknown_extension" "A certificate of the server has a critical extension that this program does not know." "Have a new certificate issued without this critical extension.";
    TlsNotPermitted "tls_not_permitted" "A CA of the server's certificate may not issue it." "Ask your CA's administrators for a certificate that the CA's name constraints, path length and key usage allow.";
    TlsRevoked "tls_revoked" "The server's certificate has been revoked." "Have a new certificate issued and install it on the server.";
    TlsBadCertificate "tls_bad_certificate" "The server's certificate cannot be used." "Have a new certificate issued, and install it on the server together with its key and the certificates of the CAs in between.";
    TlsTooOld "tls_too_old" "The server offers no version or cipher of TLS that is secure." "Turn on TLS 1.2 or 1.3 on the server, with its usual ciphers (AES-GCM or ChaCha20 with ECDHE).";
    TlsClientCertificate "tls_client_certificate" "The server accepts only computers that present a certificate." "On the server, make client certificates optional. The connector signs in with a name and a password.";
    TlsFailed "tls_failed" "A secure connection could not be established." "Check that the port uses TLS and that the server offers TLS 1.2 or later.";
    TlsRequired "tls_required" "The server does not accept a password without TLS." "Choose LDAPS or StartTLS as the security of the account.";
    InvalidCertificate "invalid_certificate" "The file contains no usable certificate." "Provide the certificate of your company's CA as a .pem, .crt, .cer or .p7b file.";
    // Directory
    WrongCredentials "wrong_credentials" "The directory does not accept this name and password." "Check the bind name (a DN, user@domain or DOMAIN\\user) and the password.";
    CredentialsExpired "credentials_expired" "The password of the bind account has expired or must be changed." "Set a new password in the directory, then enter it here.";
    GraceSignIns "grace_sign_ins" "A password has expired, and the directory accepts it only a few times more." "Have it changed in the directory. The password of a bind account is then entered here as well.";
    AccountLocked "account_locked" "The bind account is locked or disabled." "Unlock or enable it in the directory.";
    NoReadRights "no_read_rights" "The bind account cannot read this part of the directory." "Give the account read rights below the base DN.";
    BaseNotFound "base_not_found" "The base DN does not exist." "Choose one of the base DNs that the directory offers.";
    ScopeMissing "scope_missing" "An organizational unit or group of the mapping cannot be found in the directory." "Give the bind account read rights on it, or choose another one in the mapping. Until then its people stay unchanged.";
    WrongScope "wrong_scope" "An entry that the mapping names is not what it is used as." "Choose a group where members are asked for, and a base DN or an organizational unit elsewhere.";
    GroupNotListed "group_not_listed" "The server does not list the members of this group." "Choose a group whose members the server lists, or use the group's rule as the filter of the mapping.";
    DirectoryUnavailable "directory_unavailable" "No server of the account can be reached." "Test the account to see which step fails.";
    DirectoryBusy "directory_busy" "The directory is too busy to answer." "Wait a moment; the connector tries again automatically.";
    DirectoryRefused "directory_refused" "The directory refused the operation." "Check the server's message. Often a limit is too low or a right is missing.";
    IncompleteRead "incomplete_read" "The directory did not return everything." "Raise the size limit for the bind account, or narrow the mapping. People who were not read stay unchanged.";
    ChangesUnknown "changes_unknown" "The server no longer knows what changed since the last time." "You do not need to do anything: the connector reads everything again.";
    UniqueIdMissing "unique_id_missing" "Entries have no usable unique identifier." "In the account's attribute names, set the attribute that identifies a person.";
    AmbiguousUser "ambiguous_user" "More than one user matches this name." "Use a name that only one user has.";
    EmptyPassword "empty_password" "The password is empty." "Enter the password.";
    // Cloud
    CloudUnavailable "cloud_unavailable" "The cloud cannot be reached." "Check the internet connection and the proxy. The connector keeps trying.";
    ProxyRefused "proxy_refused" "The proxy refused the connection." "Ask for the cloud's address to be allowed on the proxy.";
    ProxyCredentials "proxy_credentials" "The proxy does not accept the user name or password." "Correct the user name and password of the proxy.";
    ProxyMethod "proxy_method" "The proxy signs in in ways that the connector does not have." "Have the proxy allow Basic sign-in for the connector, or let this computer through without one. NTLM, Negotiate (Kerberos) and Digest need a forwarding proxy of your own in between.";
    ProxyUnreachable "proxy_unreachable" "The proxy cannot be reached." "Check the address and port of the proxy.";
    RegistrationKeyUnknown "registration_key_unknown" "The cloud does not recognize this registration key." "Copy the key again, or create a new one in the cloud's console.";
    RegistrationKeyUsed "registration_key_used" "The registration key has already been used." "Create a new key in the cloud's console. Each key works once.";
    RegistrationKeyExpired "registration_key_expired" "The registration key has expired." "Create a new key in the cloud's console and use it soon.";
    NotRegistered "not_registered" "The connector is not registered with a cloud." "Register it with a key from the cloud's console.";
    AlreadyRegistered "already_registered" "The connector is already registered." "To move it to another cloud, unregister it first.";
    Revoked "revoked" "The cloud no longer accepts this connector." "Register it again with a new key. Another computer may have replaced it.";
    CloudRefused "cloud_refused" "The cloud refused the request." "Check the cloud's message.";
    CloudThrottled "cloud_throttled" "The cloud is rate-limiting this connector." "Wait; the connector continues automatically.";
    ClockSkew "clock_skew" "The clock of this computer is wrong." "Set the clock, preferably by time synchronization. Until then, sign-ins are refused.";
    NotCovered "not_covered" "No mapping allows this request." "If you want to allow it, create a mapping that covers it.";
    UnknownMethod "unknown_method" "The connector does not know this request." "Update the connector if the cloud is newer.";
    ExpiredRequest "expired_request" "The request is past its deadline." "Try again. If it happens again, compare the clocks.";
    Replayed "replayed" "The request was used before." "Send a new request.";
    SealBroken "seal_broken" "The sealed password cannot be opened." "Sign in again. If it happens again, register the connector again.";
    Throttled "throttled" "There were too many attempts." "Wait a few minutes before you try again.";
    // Sync
    ImportElsewhere "import_elsewhere" "Another connector imports this mapping." "Import on that connector or in the cloud's console. This connector takes over when that one is gone.";
    ImportsPaused "imports_paused" "An administrator of the connector paused its imports." "Resume them on the connector, in the window or with: insync-connector resume.";
    ImportRunning "sync_running" "An import of this mapping is already running." "Wait for it to finish.";
    ApprovalNeeded "approval_needed" "More people would be deactivated (data preserved) than the limit allows." "Look at the preview. If the list is right, approve exactly that list by its hash.";
    ApprovalStale "approval_stale" "The list that you approved is no longer the one that would be applied." "Look at the preview again and approve the new hash.";
    // This machine
    KeychainUnavailable "keychain_unavailable" "The system's keychain cannot be used." "Start the Secret Service (for example by signing in), or run the connector as a service, which gets a systemd credential for its secrets.";
    KeychainLocked "keychain_locked" "The keychain is locked." "Unlock it, for example by signing in, and try again.";
    SecretMissing "secret_missing" "The secret is not in the keychain." "Enter it again. Each user account of this computer has secrets of its own.";
    IdentityMissing "identity_missing" "The token and the keys of the registration are not in the keychain here." "If this home was moved, move it back to where it was. Otherwise end the registration here with unregister --here, and register again with a key that replaces this connector.";
    IdentityTwice "identity_twice" "Another computer uses the registration of this connector." "Keep it on one of the two. Register the copy with a key of its own, after this on it: insync-connector unregister --here.";
    StorageFailed "storage_failed" "A file of the connector cannot be read or written." "Check the free disk space and the rights on the connector's home.";
    DatabaseLost "database_lost" "The file connector.db, which holds whom the cloud has, is lost or damaged." "Look at the preview of each mapping and import it: everybody is then compared with the cloud again. Sign-ins go on meanwhile.";
    HomeLocked "home_locked" "Another connector is already running on this home." "Stop it first, or use its window or command line.";
    ServiceMissing "service_missing" "The service is not installed on this computer." "Install it with: insync-connector service install.";
    ServiceStopped "service_stopped" "The connector is not running." "Open its window, or start it with: insync-connector service start.";
    ServiceForbidden "service_forbidden" "Only an administrator can do this." "Start the program as an administrator.";
    ServiceFailed "service_failed" "The system's service manager refused." "Check its message. The connector's log is in its home.";
    UpdateUnavailable "update_unavailable" "This build has no key to check updates with." "Install new versions manually, from where you got this one.";
    UpdateUntrusted "update_untrusted" "The update is not signed with the key that this program trusts." "Nothing was installed. Tell whoever provides your updates, and do not install this one manually.";
    UpdateInvalid "update_invalid" "The offered update cannot be used." "Tell whoever provides your updates. The current version keeps running.";
    UpdateOutdated "update_outdated" "The update is not newer than the installed version." "You do not need to do anything: an older version never replaces a newer one.";
    UpdateNone "update_none" "No update is offered." "Check again later, or with: insync-connector update check.";
    UpdateFailed "update_failed" "The update was not installed; the current version keeps running." "Check the message. Fix the cause and try again, or install the update manually.";
    EngineUnreachable "engine_unreachable" "The running connector does not answer." "Restart it. Its log says why.";
    Internal "internal" "An unexpected error occurred inside the connector." "Create a support bundle (diagnose) and send it to support.";
}

impl Code {
    /// Whether the certificate of a server is refused: neither another port nor another attempt helps.
    pub fn is_about_certificate(self) -> bool {
        matches!(
            self,
            Self::TlsUnknownIssuer
                | Self::TlsWrongHost
                | Self::TlsExpired
                | Self::TlsNotYetValid
                | Self::TlsNoHostName
                | Self::TlsCaAsServer
                | Self::TlsOldCertificate
                | Self::TlsUnsupportedSignature
                | Self::TlsShortKey
                | Self::TlsWrongPurpose
                | Self::TlsUnknownExtension
                | Self::TlsNotPermitted
                | Self::TlsRevoked
                | Self::TlsBadCertificate
        )
    }

    /// Whether the other side was away or overloaded: the same may succeed a little later, with nobody's help.
    pub fn passes_by_itself(self) -> bool {
        matches!(
            self,
            Self::ResolveFailed
                | Self::ConnectRefused
                | Self::ConnectTimeout
                | Self::ConnectionLost
                | Self::Timeout
                | Self::DirectoryUnavailable
                | Self::DirectoryBusy
                | Self::CloudUnavailable
                | Self::CloudThrottled
                | Self::ProxyUnreachable
        )
    }

    /// Whether no secure connection comes about.
    pub fn is_about_tls(self) -> bool {
        let others =
            [Self::TlsTooOld, Self::TlsClientCertificate, Self::TlsFailed, Self::TlsRequired];
        self.is_about_certificate() || others.contains(&self)
    }
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
    fn nothing_that_is_quoted_commands_a_terminal() {
        let error = Error::new(Code::InvalidSettings, "\"\u{1b}[2J\u{9b}\0a\"\nb");
        let error = error.with_action("\u{7}").at("a\u{1b}");
        assert_eq!(error.message, "\"\u{fffd}[2J\u{fffd}\u{fffd}a\"\nb");
        assert_eq!(
            (error.action.as_str(), error.field.as_deref()),
            ("\u{fffd}", Some("a\u{fffd}"))
        );
    }

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
