//! What an answer to a change proves. The status alone is not enough: a proxy in between says `200` as well.

use crate::scim::wire::Body;

/// What was to come of a change.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) identity: &'a str,
    pub(crate) user_name: &'a str,
    /// Whose change it was; `None` for somebody new.
    pub(crate) id: Option<&'a str>,
    pub(crate) active: bool,
}

/// What an answer shows of it.
#[derive(Debug, PartialEq)]
pub(crate) enum Proof {
    /// The person as they should be, and their id.
    Shown(String),
    /// The person of that id, and no word of whether they are active.
    Named(String),
    /// Nothing but a success.
    Silent,
    /// The person of that id, and they are active who should not be, or the other way round.
    Otherwise(String),
    /// Something else: no user, or another one.
    Nothing,
}

/// What the body of a successful answer shows.
pub(crate) fn proof(body: &[u8], wanted: Wanted<'_>) -> Proof {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Proof::Silent;
    }
    Body::read(body).map_or(Proof::Nothing, |body| shown(&body, wanted))
}

/// The same of a body that was read.
pub(crate) fn shown(body: &Body, wanted: Wanted<'_>) -> Proof {
    let Some(id) = body.id.clone() else { return Proof::Nothing };
    if wanted.id.is_some_and(|wanted| wanted != id) || is_another(body, wanted) {
        return Proof::Nothing;
    }
    match body.active {
        Some(active) if active != wanted.active => Proof::Otherwise(id),
        Some(_) => Proof::Shown(id),
        None => Proof::Named(id),
    }
}

/// Whether a user is somebody else: neither identity nor name are the person's, as far as they are told.
fn is_another(body: &Body, wanted: Wanted<'_>) -> bool {
    let told = [
        body.external_id.as_deref().map(|id| id == wanted.identity),
        body.user_name.as_ref().map(|name| name.to_lowercase() == wanted.user_name.to_lowercase()),
    ];
    told.contains(&Some(false)) && !told.contains(&Some(true))
}

/// The id at the end of a `location`. Ids of services are URL-safe in practice; others come in the body.
pub(crate) fn id_of(location: &str) -> Option<String> {
    let path = location.split(['?', '#']).next()?.trim_end_matches('/');
    let (_, id) = path.rsplit_once("/Users/")?;
    (!id.is_empty() && !id.contains(['/', '%'])).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_success_is_what_it_shows() {
        let wanted = Wanted { identity: "id-ida", user_name: "Ida", id: Some("7"), active: false };
        let read = |text: &str| proof(text.as_bytes(), wanted);
        for text in ["", " \r\n"] {
            assert_eq!(read(text), Proof::Silent, "{text:?}");
        }
        for text in
            [r#"{"id":7,"active":"False"}"#, r#"{"id":"7","active":false,"userName":"IDA"}"#]
        {
            assert_eq!(read(text), Proof::Shown("7".into()), "{text}");
        }
        assert_eq!(read(r#"{"id":"7","userName":"IDA"}"#), Proof::Named("7".into()));
        assert_eq!(read(r#"{"id":"7","active":true}"#), Proof::Otherwise("7".into()));
        for text in [
            "<html>Accept our terms</html>",
            "{}",
            "[]",
            "null",
            r#"{"id":"8"}"#,
            r#"{"id":"7","userName":"max"}"#,
            r#"{"id":"7","userName":"max","externalId":"id-max"}"#,
        ] {
            assert_eq!(read(text), Proof::Nothing, "{text}");
        }
        let renamed = r#"{"id":"7","userName":"max","externalId":"id-ida","active":false}"#;
        assert_eq!(read(renamed), Proof::Shown("7".into()), "the identity decides");
    }

    #[test]
    fn the_id_of_a_location() {
        assert_eq!(id_of("https://c.example/scim/v2/Users/ab-1").as_deref(), Some("ab-1"));
        assert_eq!(id_of("/Users/7").as_deref(), Some("7"));
        for none in ["", "/Users/", "/Groups/7", "/Users/a/b", "/Users/a%2Fb"] {
            assert_eq!(id_of(none), None, "{none}");
        }
    }
}
