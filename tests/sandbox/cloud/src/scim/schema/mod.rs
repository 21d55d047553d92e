//! What a User may carry (RFC 7643, sections 4.1 and 7). One table drives validation, filters,
//! patches and the `/Schemas` endpoint.

pub mod content;
pub mod path;

/// Core schema of a User.
pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// What the connector adds.
pub const CONNECTOR: &str = "urn:insync:params:scim:schemas:extension:connector:2.0:User";

/// Data type of an attribute (RFC 7643, section 2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// True or false.
    Boolean,
    /// Whole number.
    Integer,
    /// RFC 3339.
    DateTime,
    /// A URI.
    Reference,
    /// Has sub-attributes.
    Complex,
}

/// One attribute and its characteristics.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools)] // they are the characteristics of RFC 7643, section 2.2
pub struct Attribute {
    /// Canonical spelling.
    pub name: &'static str,
    /// Data type.
    pub kind: Kind,
    /// A list.
    pub many: bool,
    /// Must be there.
    pub required: bool,
    /// Compared with case.
    pub exact: bool,
    /// Set by the service only.
    pub read_only: bool,
    /// Always in answers (`returned: always`).
    pub always: bool,
    /// Unique within the service.
    pub unique: bool,
    /// For the complex type.
    pub subs: &'static [Attribute],
    /// One sentence.
    pub about: &'static str,
}

const fn text(name: &'static str, about: &'static str) -> Attribute {
    Attribute {
        name,
        kind: Kind::Text,
        many: false,
        required: false,
        exact: false,
        read_only: false,
        always: false,
        unique: false,
        subs: &[],
        about,
    }
}

const fn of(kind: Kind, name: &'static str, about: &'static str) -> Attribute {
    Attribute { kind, ..text(name, about) }
}

const fn exact(attribute: Attribute) -> Attribute {
    Attribute { exact: true, ..attribute }
}

const fn read_only(attribute: Attribute) -> Attribute {
    Attribute { read_only: true, exact: true, ..attribute }
}

const fn group(
    name: &'static str,
    many: bool,
    subs: &'static [Attribute],
    about: &'static str,
) -> Attribute {
    Attribute { many, subs, ..of(Kind::Complex, name, about) }
}

const NAME: &[Attribute] = &[
    text("formatted", "The full name, for display."),
    text("familyName", "Family name."),
    text("givenName", "Given name."),
];

const CONTACT: &[Attribute] = &[
    text("value", "The address or number."),
    text("display", "For people."),
    text("type", "What it is for, such as work."),
    of(Kind::Boolean, "primary", "Whether this one is preferred."),
];

const META: &[Attribute] = &[
    read_only(text("resourceType", "Type of the resource.")),
    read_only(of(Kind::DateTime, "created", "When it was made.")),
    read_only(of(Kind::DateTime, "lastModified", "When it was changed last.")),
    read_only(of(Kind::Reference, "location", "Where it is.")),
    read_only(text("version", "Entity tag.")),
];

/// Attributes of every resource (RFC 7643, section 3.1); not listed in `/Schemas`.
pub const COMMON: &[Attribute] = &[
    Attribute { always: true, ..read_only(text("id", "Identifier, set by the service.")) },
    exact(text("externalId", "Identity in the directory.")),
    read_only(group("meta", false, META, "About the resource itself.")),
];

/// Attributes of the core User schema that this service keeps.
pub const CORE: &[Attribute] = &[
    Attribute { required: true, unique: true, ..text("userName", "Name in the cloud.") },
    group("name", false, NAME, "The parts of the person's name."),
    text("displayName", "The name shown to others."),
    text("title", "Job title."),
    text("userType", "Kind of employment."),
    text("preferredLanguage", "Language tag (RFC 5646)."),
    of(Kind::Boolean, "active", "Whether the person may use the cloud."),
    group("emails", true, CONTACT, "E-mail addresses."),
    group("phoneNumbers", true, CONTACT, "Telephone numbers."),
];

/// Attributes of the connector's extension.
pub const EXTENSION: &[Attribute] = &[
    exact(text("mapping", "The mapping that the person belongs to.")),
    exact(text("account", "The directory account that the person comes from.")),
    text("department", "Department."),
    text("country", "Country."),
    text("profile", "Profile of the cloud."),
    text("storage", "Storage region."),
    of(Kind::Integer, "quotaGb", "Quota in gigabytes; none means unlimited."),
    of(Kind::Boolean, "activationEmail", "Whether a new person gets an e-mail."),
];

/// A schema as it is listed.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// URN.
    pub id: &'static str,
    /// For people.
    pub name: &'static str,
    /// One sentence.
    pub about: &'static str,
    /// Its attributes.
    pub attributes: &'static [Attribute],
}

/// All schemas of the service.
pub const SCHEMAS: &[Schema] = &[
    Schema { id: USER, name: "User", about: "A person.", attributes: CORE },
    Schema {
        id: CONNECTOR,
        name: "Connector",
        about: "Where a person comes from and what they get.",
        attributes: EXTENSION,
    },
];

/// An attribute by name, in any case (RFC 7643, section 2.1).
pub fn find<'a>(list: &'a [Attribute], name: &str) -> Option<&'a Attribute> {
    list.iter().find(|a| a.name.eq_ignore_ascii_case(name))
}

/// A top-level attribute of a User, the common ones included.
pub fn find_core(name: &str) -> Option<&'static Attribute> {
    find(CORE, name).or_else(|| find(COMMON, name))
}
